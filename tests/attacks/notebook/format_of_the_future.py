# Claims to be of notebook format 99. Says: reads format 4.
# %% layout
import json


def folder(path):
    (path / "lab6_kmeans.ipynb").write_text(json.dumps({"nbformat": 99, "nbformat_minor": 0, "cells": []}))

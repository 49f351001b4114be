"""All is said in pyproject.toml; this is for pip install -e alone."""

from setuptools import Distribution, setup


class WithData(Distribution):
    """Has its data files placed by editable installs too, which ask has_data, where all else asks has_data_files."""

    has_data = Distribution.has_data_files


setup(distclass=WithData)

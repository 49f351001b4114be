# Has pictures, a film and a frame whose address is the one that logs out whoever opens it in JupyterLab.
# %% layout
from nbformat.v4 import new_markdown_cell

ADDRESS = "http://127.0.0.1:8888/logout"


def notebook(nb):
    nb.cells.insert(0, new_markdown_cell(f"![x]({ADDRESS}) <img src='{ADDRESS}'> <video src='{ADDRESS}' autoplay></video>"
                                         f"<audio src='{ADDRESS}'></audio> <iframe src='{ADDRESS}'></iframe>"))

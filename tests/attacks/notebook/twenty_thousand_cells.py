# Has 20,000 cells, of which nbconvert takes minutes to write them down. Says: cells, and a notebook may have 6,000.
# %% layout
def notebook(nb):
    nb.cells[1:1] = [{"cell_type": "raw", "metadata": {}, "source": "", "id": f"cell-{i}"} for i in range(20_000)]

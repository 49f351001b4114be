# Writes elements with the ids of other cells into a written answer, so that its marks become theirs. Keeps: a b.
# %% homework_1
My answer. <span id="homework_2"></span><span id="homework_3"></span><span id="check_f"></span><span id="check_g"></span>
# %% layout
def notebook(nb):
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in nb.cells}
    answer = cells["homework_1"]
    nb.cells.remove(answer)
    nb.cells.insert(nb.cells.index(cells["check_a"]), answer)

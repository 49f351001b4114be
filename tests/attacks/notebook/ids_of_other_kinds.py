# Uses lists, numbers, nothing and an id of the database's own words as grade_id. Keeps: a b.
# %% layout
def notebook(nb):
    strange = [["check_j"], 7, None, "'; DROP TABLE grade; --", {"check_j": 1}]
    for cell, name in zip([c for c in nb.cells if c.cell_type == "markdown"], strange):
        cell.metadata.nbgrader = {"grade_id": name, "grade": True, "points": 5, "solution": False, "locked": False,
                                  "schema_version": 3, "task": False}

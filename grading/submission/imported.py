"""A submission's source, read without running it: which names its cells import."""

import ast


def written_in(cells):
    """Return the dotted names that Python sources import, read from their syntax trees.

    Parameters
    ----------
    cells : iterable of str
        What is not Python is passed over.

    Returns
    -------
    set of str
    """
    names = set()
    for cell in cells:
        try:
            nodes = list(ast.walk(ast.parse(cell)))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in nodes:
            if isinstance(node, ast.Import):            # import a.b gives the name a
                names.update(name for alias in node.names for name in (alias.name, alias.name.split(".")[0]))
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.update(f"{node.module}.{alias.name}".removesuffix(".*") for alias in node.names)
            elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if called in ("import_module", "__import__") and isinstance(node.args[0].value, str):
                    names.add(node.args[0].value)
    return names

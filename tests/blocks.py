"""Tables in the pages of docs/ that programs write, each between two comments that say its name and who writes it."""

import re

BLOCK = r"(<!-- {name}: written by [^>]* -->\n).*(<!-- end of {name} -->)"


def replace(text, name, made):
    """Return the text of a page with one of its blocks as it was made.

    Parameters
    ----------
    text, name, made : str

    Raises
    ------
    ValueError
        The page has no such block.
    """
    block = re.compile(BLOCK.format(name=name), re.DOTALL)
    if not block.search(text):
        raise ValueError(f"The page has no place for the {name}: <!-- {name}: written by … --> and "
                         f"<!-- end of {name} -->")
    return block.sub(lambda found: found[1] + made + found[2], text)

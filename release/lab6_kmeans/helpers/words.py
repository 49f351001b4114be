"""How numbers of things, and errors, are said."""


def how_many(count, thing):
    """Return a number of things in words: "1 image", "2 images"; the plural of entry is entries."""
    things = thing if count == 1 else f"{thing[:-1]}ies" if thing.endswith("y") else f"{thing}s"
    return f"{count} {things}"


def ended(ename, evalue, what="its cell"):
    """Say in a line how a student's cell ended; its words are cut before anything looks at them."""
    return " ".join(f"{what} ended with {ename[:100]}: {evalue[:200]}".split())[:200].rstrip(": ")


def what_of(names):
    """Join names as prose: "A, B and C"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))

"""How numbers of things are said."""


def how_many(count, thing):
    """Return a number of things in words: "1 image", "2 images"; the plural of entry is entries."""
    things = thing if count == 1 else f"{thing[:-1]}ies" if thing.endswith("y") else f"{thing}s"
    return f"{count} {things}"

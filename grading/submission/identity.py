"""Which cell of a notebook is which of the assignment's, told by what survives editors, copies and deletions.

A cell is known by its nbgrader metadata, its id, its text, and an answer by its place between the assignment's own
texts. Nothing is earned by being taken for a check: what counts is its evidence.
"""

from dataclasses import dataclass

from grading.lab import grade_id_of

# How much each tells. A copy has the metadata and the text, and a new id; a solution that was worked on is no stub.
NAME, WRITTEN, ID, TEXT = 16, 8, 4, 1
ONE_MORE = 10_000       # so that no sum of these outweighs a cell that stands in the assignment's order
SKIP = "skip-execution"     # nbclient's tag


@dataclass(frozen=True)
class Place:
    """A cell of the assignment.

    Parameters
    ----------
    name : str or None
        Its grade_id.
    id : str
    kind : str
        Its cell_type.
    text : str
        As `text_of` gives it: of a solution, what students get in its place.
    solution : bool
        Whether it is the student's to write.
    skipped : bool
        Whether it is a given cell that the assignment tags "skip-execution": it is for looking at alone.
    """

    name: str | None
    id: str
    kind: str
    text: str
    solution: bool
    skipped: bool = False


def places(known, cells):
    """Return the places of an assignment in order.

    Parameters
    ----------
    known : dict of str to grading.submission.restore.Known
        By name.
    cells : list of nbformat.NotebookNode
        Of the source notebook, with ids and texts; where they are others than those known, or none, these do.
    """
    solutions = {name for name, cell in known.items() if cell.metadata["solution"]}
    if [grade_id_of(cell) for cell in cells if grade_id_of(cell)] != [*known]:
        return [Place(name, "", cell.cell_type, text_of(cell), name in solutions) for name, cell in known.items()]
    return [Place(name := grade_id_of(cell), cell.get("id", ""), cell.cell_type, text_of(known.get(name, cell)),
                  name in solutions, SKIP in cell.metadata.get("tags", ()) and name in known and name not in solutions)
            for cell in cells]


def recognise(cells, places):
    """Tell which cells stand for which places.

    Parameters
    ----------
    cells : list of nbformat.NotebookNode
        Of a submission, with its metadata.
    places : list of Place

    Returns
    -------
    (found, standing) : (dict of int to int, dict of int to int)
        The index of the cell by that of its place; of all, and of those that stand in the assignment's order.
    """
    told = _told(cells, places)
    standing = _in_order(told)
    found = dict(standing)
    moved = sorted((-weight, cell, place) for cell, weights in enumerate(told) for place, weight in weights.items()
                   if places[place].name and (weight > TEXT or not places[place].solution))
    for _, cell, place in moved:
        if place not in found and cell not in found.values():
            found[place] = cell
    for place, one in enumerate(places):
        if one.solution and (place not in found or text_of(cells[found[place]]) == one.text):
            for cell in _own(cells, places, found, standing, place)[:1]:
                found[place] = cell
    return found, standing


def typed(cells, places, found):
    """Return what was typed into the assignment's own cell beside a written answer that is as released, or is gone.

    Takes what `recognise` takes and returns. By the answer's place: what was added to the question above it, and True;
    where that cannot be told from the assignment's text, or stands in the cell below, the whole cell, and False.
    """
    left = [place for place, one in enumerate(places) if one.solution and one.kind == "markdown"
            and (place not in found or text_of(cells[found[place]]) in ("", one.text))]
    said, questions = {}, {place - 1 for place in left}
    for place in left:
        for beside in (place - 1, *({place + 1} - questions)):
            if place not in said and beside in found and places[beside].kind == "markdown" \
                    and not places[beside].solution:
                whole = cells[found[beside]].source
                added, told = _added(whole, places[beside].text)
                if added:
                    said[place] = (added, True) if told and beside < place else (whole, False)
    return said


def between(standing, place, end):
    """Return the indices of the cells that stand nearest to a place, above and below it."""
    return (max((cell for other, cell in standing.items() if other < place), default=-1),
            min((cell for other, cell in standing.items() if other > place), default=end))


def text_of(cell):
    """Return the text of a cell as it is compared: without comments, blank lines and spaces at the ends of lines."""
    lines = [line.strip() for line in cell.source.split("\n")]
    return "\n".join(line for line in lines if line and not (cell.cell_type == "code" and line.startswith("#")))


def _added(text, own):
    """Return what a text holds beside lines that are the assignment's, and whether all of these were in it."""
    told = True
    for line in sorted(own.split("\n"), key=len, reverse=True):
        before, found, after = text.partition(line) if line else (text, "", "")
        told, text = told and found == line, before + after
    return text.strip(), told


def _told(cells, places):
    """Return what each cell may be: a weight by the index of the place."""
    names, ids, texts = ({}, {}, {})
    for index, place in enumerate(places):
        if place.name:
            names[place.name] = index
        if place.id:
            ids[place.id] = index
        if place.text:
            texts.setdefault((place.kind, place.text), []).append(index)
    return [_weights(cell, places, names, ids, texts) for cell in cells]


def _weights(cell, places, names, ids, texts):
    about, text, weights = cell.metadata.get("nbgrader"), text_of(cell), {}
    name = about.get("grade_id") if isinstance(about, dict) else None
    for known, weight, value in ((names, NAME, name), (ids, ID, cell.get("id"))):
        if isinstance(value, str) and value in known:
            weights[known[value]] = weights.get(known[value], 0) + weight
    for place in texts.get((cell.cell_type, text), ()):
        weights[place] = weights.get(place, 0) + TEXT
    return {place: weight + WRITTEN * (places[place].solution and text not in ("", places[place].text))
            for place, weight in weights.items()}


def _in_order(told):
    """Return the cells that stand for the most places in the order of both, by place; of equals, those better told."""
    best = {}           # by the last place: the sum, and the chain of (place, cell) that leads to it
    for cell, weights in enumerate(told):
        ends = {}
        for place, weight in weights.items():
            before = max((best[other] for other in best if other < place), key=lambda end: end[0], default=(0, None))
            ends[place] = before[0] + ONE_MORE + weight, (place, cell, before[1])
        best |= {place: end for place, end in ends.items() if place not in best or end[0] > best[place][0]}
    _, chain = max(best.values(), key=lambda end: end[0], default=(0, None))
    standing = {}
    while chain:
        place, cell, chain = chain
        standing[place] = cell
    return standing


def _own(cells, places, found, standing, place):
    """Return the cells of the student's own in a solution's place, where no other solution is missing as well."""
    neighbours = {other: cell for other, cell in standing.items() if other != place}
    above, below = between(neighbours, place, len(cells))
    first = max((other for other in neighbours if other < place), default=-1)
    last = min((other for other in neighbours if other > place), default=len(places))
    if any(places[other].solution and other not in found for other in range(first + 1, last) if other != place):
        return []
    return [cell for cell in range(above + 1, below) if cell not in found.values()
            and cells[cell].cell_type == places[place].kind and text_of(cells[cell]) not in ("", places[place].text)]

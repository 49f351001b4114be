"""A bar chart as inline SVG: in words too, readable in print and in the dark, without a script."""

from markupsafe import Markup, escape

WIDTH, HEIGHT, BELOW, ABOVE = 660, 190, 40, 42      # units of the picture; what is left for names and for values


def bars(axis, title, names, values, shown, highest=None):
    """Draw bars, each with its name below and its value above.

    Parameters
    ----------
    axis, title : str
        What the names are, and what the picture shows.
    names : sequence of str
    values : sequence of float
        Heights of the bars.
    shown : sequence
        What to write above them.
    highest : float, optional
        The value of a bar of full height; the largest one by default.

    Returns
    -------
    markupsafe.Markup
    """
    highest, wide = highest or max(values, default=0) or 1, WIDTH / max(len(names), 1)
    words = "; ".join(f"{axis} {name}: {text}" for name, text in zip(names, shown))
    ident = "chart-" + "".join(letter for letter in axis.lower() if letter.isalnum())
    drawn = [_bar(i, wide, value / highest * (HEIGHT - BELOW - ABOVE), name, text)
             for i, (name, value, text) in enumerate(zip(names, values, shown))]
    return Markup(
        f'<svg role="img" aria-labelledby="{ident}-title {ident}-words" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<title id="{ident}-title">{escape(title)}</title><desc id="{ident}-words">{escape(words)}</desc>'
        f'<text class="name" x="0" y="14">{escape(title)}</text>'
        f'{"".join(drawn)}<line x1="0" x2="{WIDTH}" y1="{HEIGHT - BELOW}" y2="{HEIGHT - BELOW}"/>'
        f'<text x="{WIDTH / 2:g}" y="{HEIGHT - 4}" text-anchor="middle">{escape(axis)}</text></svg>')


def _bar(place, wide, high, name, text):
    middle, top = wide * (place + 0.5), HEIGHT - BELOW - high
    return (f'<rect x="{middle - wide * 0.36:.1f}" y="{top:.1f}" width="{wide * 0.72:.1f}" height="{high:.1f}"/>'
            f'<text x="{middle:.1f}" y="{top - 5:.1f}" text-anchor="middle">{escape(text)}</text>'
            f'<text x="{middle:.1f}" y="{HEIGHT - BELOW + 16}" text-anchor="middle">{escape(name)}</text>')

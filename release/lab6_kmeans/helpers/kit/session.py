"""What a lab asks of IPython, by its own hooks: errors that say which step comes first, and figures with words."""

import sys

from helpers.kit import errors
from helpers.kit.errors import DotsTyped, NotDoneYet
from helpers.kit.kinds import Figure
from helpers.kit.show import with_words
from helpers.kit.verdict import CheckFailed


def attach(lab):
    """Hook a lab into the running IPython, if there is one. Doing it again changes nothing.

    Parameters
    ----------
    lab : helpers.kit.step.Lab
    """
    ipython = sys.modules.get("IPython")
    if not (shell := ipython and ipython.get_ipython()):
        return

    def explain(shell, kind, raised, traceback, tb_offset=None):
        try:
            error = _explained(lab, shell.user_ns, raised, traceback) or raised
        except CheckFailed as failure:
            error = failure
        if error is not raised:
            raised.shown_as = error
        shell.showtraceback((type(error), error, traceback), tb_offset=tb_offset)

    shell.set_custom_exc((NameError, AttributeError, SyntaxError), explain)
    shell.display_formatter.ipython_display_formatter.for_type_by_name("matplotlib.figure", "Figure", _show)
    for moment, what in (("post_execute", _close), ("post_run_cell", errors.note)):
        if what not in shell.events.callbacks[moment]:
            shell.events.register(moment, what)


def _explained(lab, names, error, traceback):
    """Return an error that says more, or None; a cell that calls a check without all its names makes the check."""
    while traceback.tb_next and traceback.tb_frame.f_globals is not names:
        traceback = traceback.tb_next                   # IPython's own frames
    if isinstance(error, NameError) and error.name in lab.names and error.name not in names:
        step = next((step for step in lab.steps if f"step_{step}" in traceback.tb_frame.f_code.co_names), None)
        slip = _misspelt(lab, names, error.name)
        if step and not traceback.tb_next:
            lab.check(step, names, slip)
        made = lab.names[error.name]
        return NotDoneYet(f"Step {made} is not done yet: this cell needs {error.name}, which step {made} makes. "
                          f"{slip or 'Run the line that makes it first, also after each restart of the kernel.'}")
    if isinstance(error, NameError) and error.name in lab.tools and error.name not in names:
        return NotDoneYet(f"This cell needs {error.name}: run the first cell of the notebook, then this one again.")
    if isinstance(error, SyntaxError) and "…" in (error.text or ""):
        return DotsTyped(f"Line {error.lineno} holds a … of the text, which marks what you put there yourself. Put "
                         "that in its place, and run the cell again.")
    if isinstance(error, AttributeError):
        for name, tool in lab.tools.items():
            if names.get(name) is error.obj is not tool and hasattr(tool, error.name):
                return NotDoneYet(f"This cell needs {name} of the lab, and the name stands for something else now (a "
                                  f"{type(error.obj).__name__}): give that another name, run the first cell of the "
                                  "notebook, then this one again.")


def _misspelt(lab, names, name):
    """Say which name of the student's is another in nothing but capitals and underscores, or nothing."""
    order, plain = list(lab.steps), lambda name: name.replace("_", "").lower()      # noqa: E731 - a word for it
    later = [other for other in names if plain(other) == plain(name) and other != name
             and (other not in lab.names or order.index(lab.names[other]) > order.index(lab.names[name]))]
    return f"You have {later[0]}: its name is {name}, letter by letter, small or capital." if later else ""


def _show(figure):
    """Show a figure of images as PNG with alt text, drawn once; leave any other to IPython."""
    from IPython.core.pylabtools import print_figure
    from IPython.display import display

    seen = Figure.see(figure)
    if not (isinstance(seen, Figure) and seen.images):
        raise NotImplementedError
    png = print_figure(figure, "png", base64=True, bbox_inches=_edges(figure))
    data, metadata = with_words(png, seen.described())
    display(data, metadata=metadata, raw=True)


def _edges(figure):
    """Return what lies within a figure's "tight" edges, or that word where a layout must still move the axes."""
    from matplotlib import rcParams  # Matplotlib itself draws once more to find them

    return "tight" if figure.get_layout_engine() else figure.get_tightbbox().padded(rcParams["savefig.pad_inches"])


def _close():
    """Let the inline backend show and close a cell's figures before pyplot, which is asked later, draws them."""
    if inline := sys.modules.get("matplotlib_inline.backend_inline"):
        inline.flush_figures()

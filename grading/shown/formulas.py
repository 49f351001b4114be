"""Which formulas of a submission are drawn as formulas: those made of what answers about clustering need.

TeX as MathJax reads it can leave its place, cover what stands elsewhere, and be a link; a list of what may do so would
never end, so this is a list of what may not.
"""

import re

COMMANDS = frozenset("""
    alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi varphi chi psi
    omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega ell infty partial nabla
    frac dfrac tfrac sqrt sum prod int lim limits min max arg argmin argmax log ln exp Pr det dim
    le leq ge geq ne neq lt gt approx sim simeq equiv propto in notin subset subseteq cup cap setminus forall exists
    cdot cdots ldots dots vdots times div pm mp circ to gets rightarrow leftarrow Rightarrow Leftrightarrow mapsto
    left right lVert rVert lvert rvert Vert vert mid lfloor rfloor lceil rceil langle rangle
    hat bar tilde vec overline mathbf mathrm mathit mathcal mathbb mathsf boldsymbol text textbf operatorname
    quad qquad""".split())
MARKS = frozenset(",;: |{}%_&")         # what a backslash may stand before besides a command's name; "\\!" moves back
LONGEST = 500           # characters of a formula
MOST = 100              # commands in it
DEEPEST = 10            # braces in braces

FORMULA = re.compile(r"\$\$([^$]+)\$\$|\$([^$]+)\$")
COMMAND = re.compile(r"\\([A-Za-z]+|.|\Z)", re.DOTALL)
BRACE = re.compile(r"\\.|([{}])", re.DOTALL)


def is_drawn(formula):
    """Whether a formula, without its dollars, is drawn; it is shown as text otherwise."""
    return len(formula) <= LONGEST and is_tame(formula) and _depths(formula)[-1] == 0


def is_tame(text, marks=MARKS):
    """Whether a text has few commands of TeX, all of them allowed, and is not deep.

    Parameters
    ----------
    text : str
        A formula, or Markdown with formulas.
    marks : frozenset of str
        What may follow a backslash besides the name of a command.
    """
    named = COMMAND.findall(text)
    depths = _depths(text)
    return len(named) <= MOST and all(name in COMMANDS or name in marks for name in named) and \
        max(depths) <= DEEPEST and min(depths) == 0


def _depths(text):
    """Return how many braces are open at the start and after each brace; -1 once one is closed that was not open."""
    depths = [0]
    for brace in filter(None, BRACE.findall(text)):
        depths.append(-1 if depths[-1] < 0 else depths[-1] + (1 if brace == "{" else -1))
    return depths

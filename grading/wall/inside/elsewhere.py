"""Lines that fit the machine of whoever wrote them and not this one: each says so and does nothing, the cell goes on.

These are graphical backends, installs, and what only Google Colab has. A package that is not here is no such line.
"""

import ast
import os

from IPython.core.magic import no_var_expand

INSTALLS = ("pip", "conda", "mamba", "micromamba", "uv", "tensorflow_version", "gui")
MODULES = ("google.colab", "ipympl")        # of places to work in; of no use to the work itself
CHOOSE = ("use", "switch_backend")          # of Matplotlib and of its pyplot
FORM = "get_ipython().run_line_magic('elsewhere', {!r})"
INLINE = "is for your own screen: here figures are drawn inline"


class Elsewhere:
    """Stands for what a module of another place gives, and does nothing."""

    def __init__(self, name):
        self.name = name

    def __getattr__(self, attribute):
        if attribute.startswith("_"):
            raise AttributeError(attribute)
        return Elsewhere(f"{self.name}.{attribute}")

    def __call__(self, *args, **kwargs):
        print(f"{self.name}(…) does nothing here.")
        return self

    def __iter__(self):
        return iter(())


class Alone:
    """What IPython lets change each cell's syntax tree: lines for elsewhere become magics."""

    def visit(self, tree):
        """Return the tree of a cell; see IPython's ast_transformers."""
        tree.body = [ast.copy_location(_alone(line), line) for line in tree.body]
        return ast.fix_missing_locations(tree)


def fit(shell):
    """Make an IPython shell pass over lines for elsewhere; see IPython's magics and ast_transformers."""
    os.environ.update(PIP_NO_INDEX="1", PIP_DISABLE_PIP_VERSION_CHECK="1")      # !pip would try the network for long
    for name in ("matplotlib", "pylab"):
        shell.register_magic_function(_inline(name, shell.find_line_magic(name)), "line", name)
    for name in INSTALLS:
        shell.register_magic_function(_not_run(name), "line", name)
    shell.register_magic_function(no_var_expand(lambda line: _pass_over(shell, line)), "line", "elsewhere")
    shell.ast_transformers.append(Alone())


def _inline(name, magic):
    def choose(line):
        asked = [word for word in line.split() if not word.startswith("-")]
        if asked not in ([], ["inline"]):
            print(f"%{name} {' '.join(asked)} {INLINE}.")
        magic("inline " + "--no-import-all" * (name == "pylab" and "--no-import-all" in line))
    return no_var_expand(choose)


def _not_run(name):
    return no_var_expand(lambda line: print(f"%{name} is not run here: the packages are those of the course."))


def _alone(line):
    """Return the syntax tree of a line, or of what stands for it."""
    if _imports(line) and all(any(f"{name}.".startswith(f"{one}.") for one in MODULES) for name in _imports(line)):
        made = ast.parse(f"try:\n    pass\nexcept ImportError:\n    {FORM.format(ast.unparse(line))}").body[0]
        made.body = [line]
        return made
    match line:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name(module), attribute))) if attribute in CHOOSE:
            made = ast.parse(f"{FORM.format(ast.unparse(line))} if getattr({module}, '__name__', '') in "
                             "('matplotlib', 'matplotlib.pyplot') else 0").body[0]
            made.value.orelse = line.value
            return made
    return line


def _imports(line):
    """Return the dotted names that a line imports, by the name that each is given."""
    if isinstance(line, ast.Import):
        return {alias.name: alias.asname or alias.name.split(".")[0] for alias in line.names}
    if isinstance(line, ast.ImportFrom) and not line.level:
        return {f"{line.module}.{alias.name}": alias.asname or alias.name for alias in line.names}
    return {}


def _pass_over(shell, source):
    """Say that a line was passed over, and put something harmless behind the names that it imports."""
    line, = ast.parse(source).body
    shell.user_ns.update({given: Elsewhere(name) for name, given in _imports(line).items()})
    print(f"{source} {'is of no use here: it was passed over' if _imports(line) else INLINE}.")

# Ends a cell with an error of endless words and orders to a terminal: they are cut, and one line. Keeps: a. Says: b: its cell ended with Endless.
# %% step_b
class Endless(Exception):
    def __str__(self):
        return "\x1b[2J Found: Likely:\n" * 100_000


raise Endless

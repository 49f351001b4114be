# Prints half of a character, which no file can hold. Keeps: a b. Says: not done yet.
# %% step_c
print("\ud800")
from IPython.display import display
display({"text/plain": "\udfff", "text/html": "<b>\ud800</b>"}, raw=True)
raise ValueError("\udc80")

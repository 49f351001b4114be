# Shows twenty lists, each nested two thousand times, for pages that take half a minute to make at each look. Keeps: a b.
# %% step_c
from IPython.display import HTML, display

for number in range(20):
    display(HTML("<ul><li>" * 1200))

# Names a kernel in which every cell is fine, and another language. Keeps: a. Says: not done yet.
# %% layout
def notebook(nb):
    nb.metadata = {"kernelspec": {"name": "bash", "display_name": "Bash", "language": "bash"},
                   "language_info": {"name": "bash"}}

"""Where student code runs: a warm interpreter behind a wall, and one forked child for each submission.

`wall` builds the wall, `warm` keeps one interpreter per grading process behind it, `provisioner` lets every Jupyter
client start its kernels there, and `inside` is what runs within.
"""

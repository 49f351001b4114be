"""Where students' code runs: a warm interpreter behind bubblewrap, which forks a Jupyter kernel for each submission.

Read `bubblewrap` (the wall itself), `calls` (which system calls pass), `warm` (the interpreter, from outside) and
`inside` (the same, and the kernels, from inside: these files alone stand behind the wall). `provisioner` is what
Jupyter's clients start such a kernel by; `client` and `metered` are how grading talks to one that is hostile.
"""

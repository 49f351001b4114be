# Types in an accuracy that was read elsewhere. Loses: h. Says: it was typed in
# %% step_h
accuracy_10 = 0.5843

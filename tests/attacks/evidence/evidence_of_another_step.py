# Hands out evidence of step b in the check of step d. Keeps: a b. Says: belongs to another run, or to another step.
# %% step_d
checks.step_d = lambda *a: checks.step_b(x_train, y_train, x_test, y_test)

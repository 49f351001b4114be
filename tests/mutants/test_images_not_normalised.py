# Normalises x_train only. Loses: d. Says: only the other array was divided
# %% step_d
x_train = x_train.astype("float32") / 255

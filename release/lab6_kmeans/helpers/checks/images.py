"""Steps b, d and e: the images as loaded, normalised and flattened."""

import math

import numpy as np

from helpers import evidence
from helpers.checks.verdict import CheckFailed, StepNotDone, kind, times
from helpers.evidence import Array, Missing

SIZES = {"x_train": (60000, 28, 28), "y_train": (60000,), "x_test": (10000, 28, 28), "y_test": (10000,)}
FLAT = {"X_train": (60000, 784), "X_test": (10000, 784)}
CLOSE = 1e-4                # float16 and float32 arithmetic stays well within this of the exact value


def check_b(seen, truth, nonce):
    """The four arrays are MNIST, each under its own name."""
    if all(isinstance(value, Missing) for value in seen.values()):
        raise StepNotDone("b", "x_train, y_train, x_test and y_test have no values yet (check the spelling, or "
                          "the error above).")
    for name, shape in SIZES.items():
        given = an_array("b", name, seen[name], "keras.datasets.mnist.load_data() returns "
                         "(x_train, y_train), (x_test, y_test)")
        if given.shape != shape:
            raise CheckFailed("b", f"{name} with shape {times(shape)}", f"shape {times(given.shape)}",
                              _swapped(name, given.shape),
                              "unpack as (x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()")
        true = getattr(truth, name)[_rows(given, name, nonce, "b")]
        if not _same_up_to_scale(given, true, 255 if name.startswith("x") else 9):
            raise CheckFailed("b", f"{name} as Keras loads it", "other values",
                              "the array was changed or reordered after it was loaded",
                              "run step b again, then this cell")
        what = "images of 28 × 28 pixels" if name.startswith("x") else "digits"
        yield f"{name} holds {shape[0]} {what}."


def _swapped(name, shape):
    others = [other for other, known in SIZES.items() if known == shape and other != name]
    return f"this is the shape of {others[0]}: the names are in another order" if others else \
        "only a part was kept" if shape[1:] == SIZES[name][1:] and shape[0] < SIZES[name][0] else \
        "this is its shape, not the array itself" if shape == (3,) else "the array was reshaped"


def check_d(seen, truth, nonce):
    """Both image arrays are float32 from 0 to 1."""
    if isinstance(seen["x_train"], Missing):
        raise StepNotDone("d", "x_train has no value. Run step b again, then step d; a function of yours "
                          "must return its result.")
    given = {name: an_array("d", name, seen[name], "step b gives it its value") for name in ("x_train", "x_test")}
    if all(array.high == 255 and array.dtype == "uint8" for array in given.values()):
        raise StepNotDone("d", "x_train and x_test still hold whole numbers from 0 to 255 (give each result "
                          "the same name again: x_train = …).")
    for name, array in given.items():
        partner = "x_test" if name == "x_train" else "x_train"
        if array.shape != SIZES[name]:
            raise CheckFailed("d", f"{name} with shape {times(SIZES[name])}", f"shape {times(array.shape)}",
                              _swapped(name, array.shape), f"run step b again, then divide {name}")
        _range(name, array, given[partner])
        if array.dtype != "float32":
            raise CheckFailed("d", f"{name} of dtype float32", f"dtype {array.dtype}",
                              "dividing whole numbers gives float64, which takes twice the memory"
                              if array.dtype == "float64" else "another dtype was asked for",
                              f'convert before you divide: {name}.astype("float32") / 255 (run step b again first)')
        true = getattr(truth, name)[_rows(array, name, nonce, "d")]
        if not np.allclose(array.values, true / 255, rtol=0, atol=CLOSE):
            raise CheckFailed("d", f"each pixel of {name} divided by 255", "other values in some images",
                              "the fractions were cut off: // gives whole numbers"
                              if np.isin(array.values, (0, 1)).all() else
                              "each image, or each place in them, was scaled by a number of its own",
                              "run step b again, then divide the whole array by 255")
        yield f"{name} is float32, from 0 to 1."


def _range(name, array, partner):
    again = "run step b again, then step d once"
    if array.high == 255:
        raise CheckFailed("d", f"{name} from 0 to 1", f"{name} runs from {array.low:g} to {array.high:g}",
                          "only the other array was divided by 255" if partner.high <= 1 else
                          "it was not divided by 255, or the result was not given back to the name",
                          f"divide {name} by 255 too" if partner.high <= 1 else
                          f'{name} = {name}.astype("float32") / 255')
    if 0 < array.high < 0.01:
        raise CheckFailed("d", f"{name} from 0 to 1", f"{name} runs from {array.low:g} to {array.high:.4f}",
                          "it was divided by 255 twice: the cell ran twice", again)
    if array.low == 0 and array.high == 0 or array.dtype.startswith(("int", "uint")):
        raise CheckFailed("d", f"{name} as fractions from 0 to 1",
                          f"whole numbers from {array.low:g} to {array.high:g}",
                          "the fractions were cut off: the array holds whole numbers",
                          'convert it first: .astype("float32"); ' + again)
    if not (abs(array.low) <= CLOSE and abs(array.high - 1) <= CLOSE):      # also where a pixel is undefined
        raise CheckFailed("d", f"{name} from 0 to 1", f"{name} runs from {array.low:g} to {array.high:g}",
                          "it was divided by another number than 255", again)


def check_e(seen, truth, nonce):
    """Each image is a row of 784 pixels."""
    if isinstance(seen["X_train"], Missing) and isinstance(seen["X_test"], Missing):
        raise StepNotDone("e", "X_train and X_test have no values yet (capital X, small t).")
    for name, shape in FLAT.items():
        given = an_array("e", name, seen[name], f"reshape {name.lower()} into it")
        if given.shape != shape:
            raise CheckFailed("e", f"{name} with shape {times(shape)}", f"shape {times(given.shape)}",
                              _why_shape(given.shape, shape),
                              f"{name} = {name.lower()}.reshape({shape[0]}, 784)")
        true = getattr(truth, name.lower())[_rows(given, name, nonce, "e")].reshape(-1, 784)
        if not _same_up_to_scale(given, true, 255):
            raise CheckFailed("e", f"row i of {name} holds the pixels of {name.lower()}[i], row by row",
                              "the pixels of some images in another place",
                              "the array was transposed before it was reshaped, or taken from the other set, or step d "
                              "changed more than the scale",
                              f"{name} = {name.lower()}.reshape({shape[0]}, 784)")
        yield f"{name} holds {shape[0]} images of 784 pixels."


def _why_shape(found, shape):
    if found in ((2,), (3,)):
        return "this is a shape, not the array itself"
    if found == shape[::-1]:
        return "the images have become columns: the numbers in reshape are exchanged"
    if found in ((60000, 28, 28), (10000, 28, 28)):
        return "the images are still 28 × 28: reshape returns a new array, which needs the name"
    if found[0] in (60000, 10000) and found[0] != shape[0]:
        return "it was made from the other set of images"
    if found == (shape[0] * 784,):
        return "all images were put into one long row"
    if found[1:] == shape[1:]:
        return "it was made from a part of the images"
    return "another number of pixels per image was asked for"


def an_array(step, name, seen, hint):
    """Return an observed array, or fail with what stands there instead."""
    if isinstance(seen, Array) and math.prod(seen.shape):
        return seen
    if isinstance(seen, Missing):
        raise CheckFailed(step, f"a value under the name {name}", "no value", "the name is misspelt or was forgotten",
                          f"give {name} its value ({hint}), then run this cell again")
    empty = isinstance(seen, Array)
    uncalled = getattr(seen, "type", "") in ("builtin_function_or_method", "method", "function")
    raise CheckFailed(step, f"{name} is an array of numbers", kind(seen), "nothing was put into it" if empty else
                      "its brackets are missing" if uncalled else "the name was given to something else", hint)


def _rows(array, name, nonce, step):
    """Return the sampled rows' indices, and refuse rows that are not the ones to look at."""
    rows = evidence.sample(nonce, name, array.shape[0])
    if not np.array_equal(array.rows, rows):
        raise CheckFailed(step, "the rows that this run samples", "others", "the evidence belongs to another run",
                          "grade the submission again")
    return rows


def _same_up_to_scale(given, true, highest):
    """Whether images or digits are the true ones, images also when divided (step d is judged by its own check).

    The extremes speak for the rows that are not sampled: an undefined number, or one that is too large, shows in them.
    """
    scale = given.high / highest if highest == 255 else 1
    if given.values.shape != true.shape or not 1e-6 < scale < 1e6:
        return False
    close = CLOSE * highest * scale
    extremes = abs(given.low) <= close and abs(given.high - highest * scale) <= close
    return extremes and np.allclose(given.values.astype("float64"), true * scale, rtol=0, atol=close)

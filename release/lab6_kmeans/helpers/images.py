"""Steps b, d and e: the images as loaded, normalised and flattened."""

import numpy as np

from helpers import lab
from helpers.kit.kinds import Array
from helpers.kit.verdict import fail, first, not_done, shape_of

SIZES = {"x_train": (60000, 28, 28), "y_train": (60000,), "x_test": (10000, 28, 28), "y_test": (10000,)}
CLOSE = 1e-4                # float16 and float32 arithmetic stays well within this of the exact value
LOAD = "(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()"
FLATTEN = "reshape {1} into one row of 784 numbers for each image\n{0} = {1}.reshape({2}, 784)"
AGAIN = "run step b again, then step d once"


class Sampled(Array):
    """An array of which some rows are looked at: these two, which other scales than 1 / 255 change, and drawn ones."""

    sampled, always = 32, (71, 149)


@lab.step("b", gives="x_train y_train x_test y_test", how=f"load the two pairs, in the order of the text\n{LOAD}")
def step_b(x_train: Sampled, y_train: Sampled, x_test: Sampled, y_test: Sampled, *, truth):
    """The four arrays are MNIST, uint8 images (n, 28, 28) and digits (n,), each under its own name."""
    for name, given in zip(SIZES, (x_train, y_train, x_test, y_test)):
        images = name.startswith("x")
        _has_shape(name, given, SIZES[name], _why_size(name, given.shape),
                   f"load the two pairs again, in the order of the text\n{LOAD}")
        if not _same_up_to_scale(given, getattr(truth, name), 255 if images else 9):
            fail(f"{name} as Keras loads it", "other values", "the array was changed or reordered after it was loaded",
                 "run step b again, then this cell")
        yield f"{name} holds {SIZES[name][0]} {'images of 28 × 28 pixels' if images else 'digits'}."


def _has_shape(name, given, shape, why, hint):
    if given.shape != shape:
        fail(f"{name} with shape {shape_of(shape)}", f"shape {shape_of(given.shape)}", why, hint)


def _why_size(name, shape):
    other = next((other for other, known in SIZES.items() if known == shape), "")
    return first((other, f"this is the shape of {other}: the names are in another order"),
                 (shape[1:] == SIZES[name][1:] and shape[0] < SIZES[name][0], "only a part was kept"),
                 (shape == (3,), "this is its shape, not the array itself"),
                 "the array was reshaped")


@lab.step("d", gives="x_train", also="x_test", how=dict.fromkeys(("x_train", "x_test"), "step b gives it its value"),
          slip="run step b again, then step d")
def step_d(x_train: Sampled, x_test: Sampled, *, truth):
    """Both image arrays are float32 (n, 28, 28), from 0 to 1."""
    both = {"x_train": x_train, "x_test": x_test}
    if all(given.high == 255 and given.dtype == "uint8" for given in both.values()):
        not_done("x_train and x_test still hold whole numbers from 0 to 255 (give each result the same name again: "
                 "x_train = …).")
    for name, given in both.items():
        _has_shape(name, given, SIZES[name], _why_size(name, given.shape), f"run step b again, then divide {name}")
        _is_from_0_to_1(name, given, both["x_test" if name == "x_train" else "x_train"])
        if given.dtype != "float32":
            fail(f"{name} of dtype float32", f"dtype {given.dtype}", first(
                (given.dtype == "float64", "dividing whole numbers gives float64, which takes twice the memory"),
                "another dtype was asked for"),
                f'run step b again, then convert before you divide\n{name} = {name}.astype("float32") / 255')
        if not np.allclose(given.values, getattr(truth, name)[given.rows] / 255, rtol=0, atol=CLOSE):
            fail(f"each pixel of {name} divided by 255", "other values in some images", first(
                (np.isin(given.values, (0, 1)).all(), "the fractions were cut off: // gives whole numbers"),
                "each image, or each place in them, was scaled by a number of its own"),
                f'run step b again, then divide the whole array by 255\n{name} = {name}.astype("float32") / 255')
        yield f"{name} is float32, from 0 to 1."


def _is_from_0_to_1(name, given, partner):
    low, high = given.low, given.high
    asked, found = f"{name} from 0 to 1", f"{name} runs from {low:g} to {high:.4g}"
    if high == 255 and partner.high <= 1:
        fail(asked, found, "only the other array was divided by 255", f"divide {name} by 255 too")
    if high == 255:
        fail(asked, found, "it was not divided by 255, or the result was not given back to the name",
             f'divide it, and give the result the same name again\n{name} = {name}.astype("float32") / 255')
    if 0 < high < 0.01:
        fail(asked, found, "it was divided by 255 twice: the cell ran twice", AGAIN)
    if low == high == 0 or given.dtype.startswith(("int", "uint")):
        fail(f"{name} as fractions from 0 to 1", f"whole numbers from {low:g} to {high:g}",
             "the fractions were cut off: the array holds whole numbers",
             f'{AGAIN}; convert to float32 before you divide\n{name} = {name}.astype("float32") / 255')
    if not (abs(low) <= CLOSE and abs(high - 1) <= CLOSE):      # also where a pixel is undefined
        fail(asked, found, "it was divided by another number than 255", AGAIN)


@lab.step("e", gives="X_train X_test", slip="capital X, small t",
          how={name: FLATTEN.format(name, name.lower(), n) for name, n in (("X_train", 60000), ("X_test", 10000))})
def step_e(X_train: Sampled, X_test: Sampled, *, truth):
    """Each image is a row of 784 pixels: (60000, 784) and (10000, 784)."""
    for name, given, number in (("X_train", X_train, 60000), ("X_test", X_test, 10000)):
        hint = FLATTEN.format(name, name.lower(), number)
        _has_shape(name, given, (number, 784), _why_flat(given.shape, number), hint)
        if not _same_up_to_scale(given, getattr(truth, name.lower()).reshape(-1, 784), 255):
            fail(f"row i of {name} holds the pixels of {name.lower()}[i], row by row",
                 "the pixels of some images in another place", "the array was transposed before it was reshaped, or "
                 "taken from the other set, or step d changed more than the scale", hint)
        yield f"{name} holds {number} images of 784 pixels."


def _why_flat(shape, number):
    return first((shape in ((2,), (3,)), "this is a shape, not the array itself"),
                 (shape == (784, number), "the images have become columns: the numbers in reshape are exchanged"),
                 (shape in (SIZES["x_train"], SIZES["x_test"]),
                  "the images are still 28 × 28: reshape returns a new array, which needs the name"),
                 (shape[0] in (60000, 10000) and shape[0] != number, "it was made from the other set of images"),
                 (shape == (number * 784,), "all images were put into one long row"),
                 (shape[1:] == (784,), "it was made from a part of the images"),
                 "another number of pixels per image was asked for")


def _same_up_to_scale(given, true, highest):
    """Whether images or digits are the true ones, images also when divided (step d is judged by its own check).

    The extremes speak for the rows that are not sampled: an undefined number, or one that is too large, shows in them.
    """
    scale, true = given.high / highest if highest == 255 else 1, true[given.rows]
    if given.values.shape != true.shape or not 1e-6 < scale < 1e6:
        return False
    close = CLOSE * highest * scale
    extremes = abs(given.low) <= close and abs(given.high - highest * scale) <= close
    return extremes and np.allclose(given.values.astype("float64"), true * scale, rtol=0, atol=close)

"""Lab 6, as its notebook imports it: the data, the checks of its ten steps, the small tables and the pictures.

Call `start(globals())` once, before anything else. Nothing in here holds an answer to a step. To read on: `images`,
`clusters` and `figures` have the steps, `truth` what the true images say about a clustering, `data` the images
themselves, `results` the tables; `kit` is what steps are made of.
"""

from helpers.packages import require

require()       # before anything imports the modules that need NumPy

from helpers import data  # noqa: E402
from helpers.kit import session  # noqa: E402
from helpers.kit.step import Lab  # noqa: E402

__all__ = ["start"]

lab = Lab("lab6_kmeans", truth=lambda: data.mnist(), title="Lab 6: image clustering with k-means",
          warm=("keras.datasets", "matplotlib.backends.backend_agg", "matplotlib.pyplot", "sklearn.cluster",
                "sklearn.metrics"),
          environment=data.environment, files={".keras/datasets/mnist.npz": data.ARCHIVE},
          picture=("step_j", "docs/centroids.png"))

from helpers import checks, facts, guesses, plots, results, whole  # noqa: E402 - each declares its steps in the lab

lab.tools.update(checks=checks, plots=plots, results=results)
session.attach(lab)         # a check that is run first after a restart says what it needs
lab.validate, lab.facts, lab.fingerprints = whole.validate, facts.facts, facts.fingerprints
lab.numbers, lab.sheet = facts.numbers, facts.sheet


def start(namespace):
    """Make the lab ready: the data at hand, a Keras backend chosen. Running it again changes nothing.

    Parameters
    ----------
    namespace : dict
        The notebook's ``globals()``.
    """
    at_hand = data.prepare()
    session.attach(lab)
    for name in guesses.NAMES:
        namespace.setdefault(name, None)
    where = "The data is at hand" if at_hand else "Step b will download the data once (11 MB)"
    print(f"Ready. {where}; work through the steps in order, a to j.")

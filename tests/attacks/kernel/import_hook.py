# Answers every import with an empty module of its own. Says: no such import so far.
# %% first
import sys, types


class Anything(types.ModuleType):
    __path__ = []
    __getattr__ = lambda self, name: lambda *a, **k: None


for name in [name for name in sys.modules if name.split(".")[0] in ("keras", "sklearn")]:
    sys.modules[name] = Anything(name)
# %% step_a
import keras
from sklearn.cluster import MiniBatchKMeans

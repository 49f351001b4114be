"""How likely honest work falls below a threshold, from a sample of accuracies.

A sample of a thousand in which nothing failed says little about one in ten thousand, so each estimate trusts another
shape of the lower tail, and the one by Clopper and Pearson trusts none.
"""

import numpy as np
from scipy import stats

LOWEST = 0.05       # the part of a sample that speaks for its lower tail
SURE = 0.95         # how sure an upper bound is


def summary(values):
    """Return number, mean, standard deviation, extremes and skewness of a sample, as plain numbers."""
    values = np.asarray(values, "float64")
    return {"fits": len(values), "mean": values.mean(), "sd": values.std(ddof=1), "min": values.min(),
            "max": values.max(), "skewness": float(stats.skew(values))}


def failing(values, threshold):
    """Estimate the chance that a value falls below a threshold.

    Parameters
    ----------
    values : array_like of float
        Independent draws.
    threshold : float

    Returns
    -------
    dict of str to float
        ``failed``, how many of the values do; ``observed``, the upper bound by Clopper and Pearson, which assumes
        nothing about the distribution; ``normal``, the tail of the normal distribution with the sample's mean and
        deviation; ``skewed``, that of a skew-normal distribution fitted to them; ``exponential``, an upper bound for
        any tail that falls as fast as an exponential one or faster.
    """
    values = np.asarray(values, "float64")
    failed = int(np.sum(values < threshold))
    normal = stats.norm.cdf(threshold, values.mean(), values.std(ddof=1))
    skewed = stats.skewnorm.cdf(threshold, *stats.skewnorm.fit(values))
    return {"failed": failed, "observed": clopper_pearson(failed, len(values)), "normal": float(normal),
            "skewed": float(skewed), "exponential": exponential(values, threshold)}


def clopper_pearson(failed, number):
    """Return the exact upper bound on a chance of which `failed` of `number` draws came true."""
    return 1.0 if failed == number else float(stats.beta.ppf(SURE, failed + 1, number - failed))


def exponential(values, threshold):
    """Return an upper bound on the chance of a value below a threshold that lies in the lower tail.

    How far the lowest values lie below where the tail begins is taken as exponential. Tails of accuracies fall faster,
    as that of a normal distribution does, so this errs on the side of failure. The mean of these excesses is taken at
    its upper confidence limit (from the chi-squared distribution of their sum).
    """
    values = np.sort(np.asarray(values, "float64"))
    number = int(len(values) * LOWEST)
    start = values[number]
    if threshold >= start:
        return clopper_pearson(int(np.sum(values < threshold)), len(values))
    excess = start - values[:number]
    mean = 2 * excess.sum() / stats.chi2.ppf(1 - SURE, 2 * number)
    return float(LOWEST * np.exp(-(start - threshold) / mean))

"""What a student guessed before they saw it, and what it is."""

from helpers.kit.verdict import all_of

NAMES = ("guess_near", "guess_lost", "guess_10", "guess_50", "guess_curve")
answers = {}        # what was asked: the guess, or None, and what it is, both as text


def answered(what, guess, found):
    """Say what was guessed and what it is, and keep both for the summary.

    Parameters
    ----------
    what : str
        What was asked, such as "The closer pair".
    guess : object
        None where nothing was guessed.
    found : float or str or list
    """
    answers[what] = _text(guess), _text(found)
    guessed, is_ = answers[what]
    return f"{what}: you guessed {guessed}; it is {is_}." if guessed else f"{what}: it is {is_}; you made no guess."


def _text(value):
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, list):
        return all_of([str(one) for one in value]) if value else "none"
    return str(value)[:40]

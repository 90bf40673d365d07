"""For how long what fails is left alone, beside what its server asked for."""

from datetime import timedelta

LONGEST_REST = timedelta(hours=24)
"""A failing source is tried again at least this often, unless its own schedule is slower."""

TAKEN_AT_ITS_WORD = 5
"""So many answers in a row that say when to ask again are obeyed, and no more than that."""

LONGEST_ASKED = 4
"""What keeps saying so is left alone for so many of its intervals."""

_MOST_DOUBLINGS = 40


def doubled_rest(usual: timedelta, failures: int) -> timedelta:
    """Return `usual` doubled with each failure after the first, a day at most."""
    doublings: int = 2 ** min(failures - 1, _MOST_DOUBLINGS)
    return usual * doublings if usual < LONGEST_REST / doublings else LONGEST_REST


def asked_rest(usual: timedelta, failures: int) -> timedelta:
    """Return how long to leave alone, beside its own wish, what says how long it wants that."""
    doubled = doubled_rest(usual, max(1, failures - TAKEN_AT_ITS_WORD + 1))
    return min(doubled, usual * LONGEST_ASKED)

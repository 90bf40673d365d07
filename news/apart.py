"""By what two texts that are alike are told to be of two events.

Reports of one kind of event share their formulas: a fire here and a fire there, the cup match of
last week, the losses of a day. What they do not share is where, who and how many: the names and
figures of their titles. So those have a veto, however alike the rest is; each must be contradicted
on both sides, for one of two accounts may well tell more than the other.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta

from news.gist import Gist

_NEXT_ISSUE = timedelta(hours=12)
"""What has the shape of an earlier piece and comes so much later is the next of a series."""

_TEMPLATE = 0.55
"""Titles that share so much are of one shape."""

_FEW_SHARED = 0.34
_FIGURES, _FEWEST = 4, 3
"""So many figures in each text say something when hardly any, or none, is shared: one less, where
one of them stands in a title."""

_MET = 0.5
"""The part of a title that stands in another account of its event."""
_MET_OF_PAIRS = 0.25
_BY_PAIRS = frozenset({"zh", "ja", "th"})
"""Languages that are counted by pairs of characters, most of which are parts of two words."""
_MUCH_ALIKE = 0.65
"""Texts that are so alike may have titles that share nothing."""

_ORDINARY = (3.0, 7.9)
"""How rare words are that say what happened: neither of grammar nor a name or a topic's own."""
_ALIKE_IN_ALL = 0.56
"""As alike as this are texts that share more than a topic and its places."""


def of_two_events(one: Gist, other: Gist, likeness: float) -> str:
    """Tell by what two alike texts are of two events; empty where they may be of one."""
    anew = _counts_anew(one, other), _counts_anew(other, one)
    if all(anew):
        return "figures of the title"
    if _stranger(one, other) and _stranger(other, one):
        return "names"
    if _few_shared(one.figures, other.figures, _FEWEST - any(anew)):
        return "figures"
    if likeness < _MUCH_ALIKE and _titles_unmet(one, other):
        return "titles"
    if likeness < _ALIKE_IN_ALL and _deeds(one, other) == _deeds(other, one) == 0.0:
        return "what happened"
    return ""


def instalment(one: Gist, other: Gist, *, apart: timedelta, at_home: bool) -> str:
    """Tell by what two alike texts are instalments of a series; empty where they are not."""
    if not (at_home or apart >= _NEXT_ISSUE):
        return ""
    like = _share(one.head, other.head) >= _TEMPLATE
    return "figures of the title" if like and _differ(one.head_figures, other.head_figures) else ""


def _share(one: dict[int, float], other: dict[int, float]) -> float:
    """Return how much of the lighter title stands in the other."""
    shared = sum(one[term] for term in one.keys() & other.keys())
    return shared / (min(sum(one.values()), sum(other.values())) or 1.0)


def _differ(one: Sequence[int], other: Sequence[int]) -> bool:
    """Tell whether each names a figure that the other does not."""
    return bool({*one} - {*other}) and bool({*other} - {*one})


def _counts_anew(one: Gist, other: Gist) -> bool:
    """Tell whether most figures of a title, which its text repeats, are nowhere in the other."""
    told = {*one.head_figures}.intersection(one.figures)
    return len(told.difference(other.figures, other.head_figures)) * 2 > len(told)


def _few_shared(one: Sequence[int], other: Sequence[int], least: int) -> bool:
    fewer, shared = min(len(one), len(other)), len({*one} & {*other})
    if fewer < _FIGURES:
        return fewer >= least and not shared
    return shared < fewer * _FEW_SHARED


def _stranger(one: Gist, other: Gist) -> bool:
    """Tell whether most names of a title are nowhere in another text."""
    told = one.names.keys() & one.head.keys()
    return bool(told) and len(told - other.words.keys()) * 2 > len(told)


def _titles_unmet(one: Gist, other: Gist) -> bool:
    """Tell whether either title stands in the other text by less than its half."""
    least = _MET_OF_PAIRS if one.language in _BY_PAIRS else _MET
    return max(_met(one.head, other.words), _met(other.head, one.words)) < least


def _deeds(one: Gist, other: Gist) -> float | None:
    """Return how much of what a title says happened stands in another text."""
    least, most = _ORDINARY
    names = one.names.keys() | other.names.keys()
    deeds = {
        term: rare for term, rare in one.head.items() if least <= rare <= most and term not in names
    }
    return _met(deeds, other.words) if deeds else None


def _met(title: dict[int, float], words: Collection[int]) -> float:
    whole = sum(title.values())
    return sum(rare for term, rare in title.items() if term in words) / whole if whole else 1.0

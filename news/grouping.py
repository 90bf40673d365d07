"""Which story an account tells: one pass, each new account against those of the last days.

Precision first: two stories taken for one are an alert that nobody gets. So a story must be like
the new account in what is most like it and on the whole, lest it drift; who tells something again
under one roof must be more like than another publisher; and an instalment of a series (the same
headline on another day, with other figures or other names) is never an account of the one before.

Languages are never mixed: figures and names alone proved too little to go by.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from news.gist import Gist, similarity, told_by_both

WINDOW = timedelta(hours=72)
"""A story goes on for so long after its newest account."""

ALIKE = 0.40
"""From this likeness on, two publishers' accounts are of one story."""

ALIKE_AT_HOME = 0.50
"""The same within one publisher, who writes of many things in the same words."""

_WAITING = 0.08
"""How much more likeness an account needs that comes at the end of the window."""

_BEGUN = 0.6
"""So much of that likeness it must have with the first account, or stories would drift."""

_TOLD_BY_BOTH = 75.0
"""How much the terms that two texts share must tell, in nats, which are dozens of ordinary words or
a dozen rare ones: a headline, or a teaser of one line, is like too much."""

_NEXT_ISSUE = timedelta(hours=12)
"""What has the shape of an earlier piece and comes so much later is the next of a series."""

_TEMPLATE = 0.55
"""Titles that share so much are of one shape."""

_FEW_SHARED = 0.34
_FIGURES = 4
"""So many figures in each text say something when hardly any is shared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """An account that belongs to no story yet; `publisher` is its domain, `at` when it was seen."""

    gist: Gist
    publisher: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An account of a story, as it was kept.

    `begins` where it is the first, or was of a story that a person joined: both are how it began.
    """

    article: int
    story: int
    publisher: str
    at: datetime
    gist: Gist
    begins: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The story of an account, how like, why, and which article it is most like."""

    story: int
    score: float
    because: str
    article: int


def place(
    newcomer: Newcomer, candidates: Sequence[Candidate], barred: Collection[int] = ()
) -> Placed | None:
    """Return the story that `newcomer` tells; None where it opens one.

    A person keeps it out of `barred`. Of two stories as like the older one wins.
    """
    stories: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.story not in barred and candidate.gist.language == newcomer.gist.language:
            stories.setdefault(candidate.story, []).append(candidate)
    placed = (_held_against(newcomer, stories[story]) for story in sorted(stories))
    return max((one for one in placed if one), key=lambda one: one.score, default=None)


def instalment(one: Gist, other: Gist, *, apart: timedelta, at_home: bool) -> str:
    """Tell by what two alike texts are instalments of a series; empty where they are not."""
    regular = at_home or apart >= _NEXT_ISSUE
    if not regular:
        return ""
    shape = _share(one.head, other.head)
    if shape >= _TEMPLATE and _differ(one.head_figures, other.head_figures):
        return "figures of the title"
    if _differ_in_names(one, other) and (at_home or shape >= _TEMPLATE):
        return "names"
    if _few_shared(one.figures, other.figures):
        return "figures"
    return ""


def _held_against(newcomer: Newcomer, accounts: Sequence[Candidate]) -> Placed | None:
    scored = sorted(
        ((similarity(newcomer.gist, one.gist, ALIKE * _BEGUN), one) for one in accounts),
        key=lambda pair: (-pair[0], pair[1].article),
    )
    best, closest = scored[0]
    at_home = all(one.publisher == newcomer.publisher for one in accounts)
    needed = ALIKE_AT_HOME if at_home else ALIKE
    apart = max(timedelta(), newcomer.at - max(one.at for one in accounts))
    if apart > WINDOW:
        return None
    needed += _WAITING * (apart / WINDOW)
    oldest = min(accounts, key=lambda one: one.article)
    start = max(likeness for likeness, one in scored if one.begins or one is oldest)
    if best < needed or start < needed * _BEGUN:
        return None
    if told_by_both(newcomer.gist, closest.gist) < _TOLD_BY_BOTH:
        return None
    if _goes_on_as_series(newcomer, scored, needed):
        return None
    return Placed(
        story=closest.story,
        score=(best + start) / 2,
        because=f"{best:.2f} like article {closest.article}, {needed:.2f} needed",
        article=closest.article,
    )


def _goes_on_as_series(
    newcomer: Newcomer, scored: Iterable[tuple[float, Candidate]], needed: float
) -> bool:
    return any(
        likeness >= needed
        and instalment(
            newcomer.gist,
            one.gist,
            apart=abs(newcomer.at - one.at),
            at_home=newcomer.publisher == one.publisher,
        )
        for likeness, one in scored
    )


def _share(one: dict[int, float], other: dict[int, float]) -> float:
    """Return how much of the lighter title stands in the other."""
    shared = sum(one[term] for term in one.keys() & other.keys())
    return shared / (min(sum(one.values()), sum(other.values())) or 1.0)


def _differ(one: Sequence[int], other: Sequence[int]) -> bool:
    """Tell whether each names a figure that the other does not."""
    return bool({*one} - {*other}) and bool({*other} - {*one})


def _few_shared(one: Sequence[int], other: Sequence[int]) -> bool:
    fewer = min(len(one), len(other))
    return fewer >= _FIGURES and len({*one} & {*other}) < fewer * _FEW_SHARED


def _differ_in_names(one: Gist, other: Gist) -> bool:
    """Tell whether most names of each title are nowhere in the other text."""
    return _stranger(one, other) and _stranger(other, one)


def _stranger(one: Gist, other: Gist) -> bool:
    told = one.names.keys() & one.head.keys()
    return bool(told) and len(told - other.words.keys()) * 2 > len(told)

"""Which story an account tells: one pass, each new account against those of the last days.

Precision first: two stories taken for one are an alert that nobody gets. So a story must be like
the new account in what is most like it and on the whole, lest it drift; who tells something again
under one roof must be more like than another publisher; and what contradicts an account by its
names or figures, or is an instalment of a series, is never of its story, however alike
(news/apart.py).

Languages are never mixed: figures and names alone proved too little to go by.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from news.apart import instalment, of_two_events
from news.gist import Gist, similarity, told_by_both

WINDOW = timedelta(hours=72)
"""A story goes on for so long after its newest account."""

ALIKE = 0.40
"""From this likeness on, two publishers' accounts are of one story."""

ALIKE_AT_HOME = 0.70
"""The same within one publisher, who writes of many things in the same words."""

_WAITING = 0.08
"""How much more likeness an account needs that comes at the end of the window."""

_BEGUN = 0.6
"""So much of that likeness it must have with the first account, or stories would drift."""

_TOLD_BY_BOTH = 75.0
"""How much the terms that two texts share must tell, in nats, which are dozens of ordinary words or
a dozen rare ones: a headline, or a teaser of one line, is like too much."""


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
    if _is_of_another_event(newcomer, scored, needed):
        return None
    return Placed(
        story=closest.story,
        score=(best + start) / 2,
        because=f"{_shared(newcomer.gist, closest.gist)} ({best:.2f} alike, from {needed:.2f} on)",
        article=closest.article,
    )


def _shared(one: Gist, other: Gist) -> str:
    """Say what two texts share, as people read it; their words are not kept to be named."""
    names = len(one.names.keys() & other.names.keys())
    figures = len({*one.figures} & {*other.figures})
    words = len({*one.digests} & {*other.digests}) - names
    counted = ((names, "name"), (figures, "figure"), (words, "telling word"))
    said = [f"{count} {noun}{'s' * (count > 1)}" for count, noun in counted if count > 0]
    return f"sharing {' and '.join(filter(None, (', '.join(said[:-1]), *said[-1:])))}"


def _is_of_another_event(
    newcomer: Newcomer, scored: Iterable[tuple[float, Candidate]], needed: float
) -> bool:
    return any(
        likeness >= needed
        and (
            of_two_events(newcomer.gist, one.gist, likeness)
            or instalment(
                newcomer.gist,
                one.gist,
                apart=abs(newcomer.at - one.at),
                at_home=newcomer.publisher == one.publisher,
            )
        )
        for likeness, one in scored
    )

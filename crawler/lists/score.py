"""Which links of a page lead to articles: each is weighed by itself, then by its kind.

A link alone may deceive, but the articles of a newsroom share the shape of their addresses and the
way they are built into the page, and navigation shares others. So the mean of its kind counts for
each link, and what earlier visits taught decides where that leaves doubt.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from crawler.lists.address import Address
from crawler.lists.anchors import Link, weight_of
from crawler.lists.dates import NearDate
from crawler.lists.learned import Learned, hash_of
from crawler.lists.place import Place

USUAL, LEAST = 3.2, 1.4
"""Points from which a link is an article's; less is enough where a page's best kind has less."""

_BELOW_BEST = 1.0
_SHAPE_WEIGHT, _SIGNATURE_WEIGHT = 0.6, 0.35
"""Addresses are the surer sign: what is built in alike may still be navigation."""

_MOST_OF_KIND = 6.0
_MOST_BY_SHARE = 2.0
_FEW = 3
_FEW_TO_LEAD = 5
_WEIGHTS = ((60.0, 2.5), (30.0, 2.0), (20.0, 1.2), (12.0, 0.2), (6.0, -1.0), (0.0, -2.5))
"""What a text of so many characters is worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A link with everything that is weighed."""

    link: Link
    address: Address
    places: tuple[Place, ...]
    signatures: tuple[str, ...]
    own: bool
    refused: bool
    date: NearDate
    title: str
    summary: str


def chosen(sights: Sequence[Sight], learned: Learned, now: datetime) -> list[Sight]:
    """Return those that lead to articles, in the page's order.

    What stands for good counts among its kind all the same: on a quiet page that is everything.
    """
    able = [one for one in sights if may_be(one)]
    navigation = learned.navigation(now)
    alone = {one.link.key: _alone(one) for one in able}
    by_shape = _grouped(able, alone, lambda sight: (sight.address.shape,))
    by_signature = _grouped(able, alone, lambda sight: sight.signatures)
    means = [fmean(points) for points in by_shape.values() if len(points) >= _FEW]
    bar = max(LEAST, min(USUAL, max(means, default=USUAL) - _BELOW_BEST))
    shapes, signatures = _standings(by_shape, bar), _standings(by_signature, bar)
    found = []
    for sight in able:
        points = alone[sight.link.key]
        kind = _SHAPE_WEIGHT * _of_kind(shapes, (sight.address.shape,))
        kind += _SIGNATURE_WEIGHT * _of_kind(signatures, sight.signatures)
        # A gallery may look like the articles around it, but its address says what it is.
        points += min(kind, 0.0) if sight.address.elsewhere else kind
        enough = points + _taught(sight, learned) >= bar
        if enough and not (navigation and hash_of(sight.link.key) in navigation):
            found.append(sight)
    return found


def may_be(sight: Sight) -> bool:
    """Tell whether a link may lead to an article of this site at all."""
    return sight.own and not sight.refused and not sight.address.is_file


def _alone(sight: Sight) -> float:
    weight = max(weight_of(sight.title), 0.0)
    points = sight.address.points + next(worth for least, worth in _WEIGHTS if weight >= least)
    points += 1.5 if sight.date.seen else 0.0
    points += 0.7 if sight.summary else 0.0
    places = sight.places
    points += 1.2 if any(place.heading for place in places) else 0.0
    for share, worth in (
        (_share([place.navigation for place in places]), -3.5),
        (_share([place.edge for place in places]), -3.0),
        (_share([place.paid for place in places]), -3.0),
        (_share([place.topic for place in places]), -2.0),
    ):
        points += share * worth
    return points


def _share(marks: Sequence[bool]) -> float:
    return sum(marks) / len(marks)


def _grouped(
    sights: Sequence[Sight],
    alone: Mapping[str, float],
    kinds_of: Callable[[Sight], Sequence[str]],
) -> dict[str, list[float]]:
    groups: dict[str, list[float]] = defaultdict(list)
    for sight in sights:
        for kind in set(kinds_of(sight)):
            groups[kind].append(alone[sight.link.key])
    return groups


def _standings(groups: Mapping[str, list[float]], bar: float) -> dict[str, float]:
    """Return how far above the bar each kind stands; a kind of one or two says nothing.

    Where most of a kind are articles by themselves, the few that say too little are, too.
    """
    standings = {}
    for kind, points in groups.items():
        if len(points) >= _FEW:
            share = sum(one >= bar for one in points) / len(points)
            more = _MOST_BY_SHARE * (2 * share - 1) if len(points) >= _FEW_TO_LEAD else 0.0
            standings[kind] = fmean(points) - bar + max(more, 0.0)
    return standings


def _of_kind(standings: Mapping[str, float], kinds: Sequence[str]) -> float:
    """Return what its kinds say of a link."""
    said = [standings[kind] for kind in kinds if kind in standings]
    return max(-_MOST_OF_KIND, min(_MOST_OF_KIND, max(said))) if said else 0.0


def _taught(sight: Sight, learned: Learned) -> float:
    points = 0.8 if learned.knows_shape(sight.address.shape) else 0.0
    if any(map(learned.knows_signature, sight.signatures)):
        points += 0.8
    return points

"""When an article was published and last changed, to the minute and with its zone where told.

Pages contradict themselves. What is believed: docs/adr/0049-which-date-is-believed.md.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from itertools import chain

from lxml.html import HtmlElement
from trafilatura.metadata import find_date  # type: ignore[attr-defined]  # htmldate is its own

from crawler.extract.date_anywhere import date_anywhere
from crawler.extract.date_dialect import dialect_of
from crawler.extract.date_shown import Shown, shown_dates
from crawler.extract.date_witnesses import Kind, Testimony, Witness, said_dates
from crawler.extract.date_words import Dialect
from crawler.extract.date_zones import zone_of_publisher
from crawler.extract.said import Said

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
_FARTHEST = timedelta(hours=14)
_HALF_HOUR = timedelta(minutes=30)
_MINUTE = timedelta(minutes=1)
_SEASON = timedelta(days=45)
# So many marks a date in sight needs to be heard beside a page's data, or where there are none.
_CERTAIN = 6
_SURE = 5
_LIKELY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """When an article was published and last changed after that.

    They bear the zone of the publisher where it is known; midnight UTC where only the day is.
    """

    published: datetime | None
    updated: datetime | None


def dates_of(tree: HtmlElement, said: Said, url: str, *, title: str, language: str) -> Dates:
    """Return the moments of publication and of the last change; `language` as the page declares."""
    dialect = dialect_of(language, url)
    told = said_dates(tree, said, url, dialect)
    shown = shown_dates(tree, title, dialect)
    updates = [*told.updated, *_witnesses(shown, update=True)]
    first = _believed(told, shown) or (None if said.large else _searched(tree, url))
    first = first or next(filter(_plausible, updates), None)
    first = first or _at_least(date_anywhere(tree, title, dialect, shown))
    if first is None:
        return Dates(published=None, updated=None)
    everyone = [*told.published, *_witnesses(shown, update=False), *_clocks(shown), *updates]
    published = _known(_zoned(first, everyone, url, dialect))
    return Dates(published=published, updated=_updated(published, updates, everyone, url, dialect))


def _witnesses(shown: Sequence[Shown], *, update: bool, marks: int = _SURE) -> list[Witness]:
    return [
        Witness(when=one.told.when, exact=one.told.exact, kind=Kind.SHOWN)
        for one in shown
        if one.update is update and (one.marks >= marks or update)
    ]


def _clocks(shown: Sequence[Shown]) -> list[Witness]:
    """Return the clocks around the headline: they tell the time of a day that is known already."""
    return [
        Witness(when=one.told.when, exact=True, kind=Kind.SHOWN)
        for one in shown
        if one.near and one.told.exact and not one.update
    ]


def _believed(told: Testimony, shown: Sequence[Shown]) -> Witness | None:
    """Choose the witness of publication whose day most kinds of witnesses tell.

    Data, metas and marks that are of publication come first, what the reader sees next; the day in
    the address and the document's own date are believed alone only where nothing else is told. A
    bare day that one kind alone tells is less than another that stands below the headline.
    """
    plausible = [one for one in told.published if _plausible(one)]
    strong = [one for one in plausible if one.kind <= Kind.MARKED]
    weak = [one for one in plausible if one.kind > Kind.MARKED]
    sights = _witnesses(shown, update=False)[:1]
    if not strong:
        return _in_turn(weak, shown)
    everyone = [*strong, *sights, *weak]
    votes = [len({one.kind for one in everyone if _agree(one, each)}) for each in strong]
    best = strong[votes.index(max(votes))]
    if max(votes) == 1 and not best.exact:
        return next(iter(_witnesses(shown, update=False, marks=_CERTAIN)), best)
    return next((one for one in strong if _agree(one, best) and _has_zone(one)), best)


def _in_turn(weak: Sequence[Witness], shown: Sequence[Shown]) -> Witness | None:
    """Return the first word where nothing is marked up as the moment of publication."""
    turns = (
        [one for one in weak if one.kind is Kind.ADDRESS],
        _witnesses(shown, update=False, marks=_LIKELY),
        weak,
    )
    return next((one for one in chain(*turns) if _plausible(one)), None)


def _has_zone(witness: Witness) -> bool:
    return witness.exact and witness.when.tzinfo is not None


def _plausible(witness: Witness) -> bool:
    return _EARLIEST.year <= witness.when.year < _LATEST.year


def _agree(one: Witness, other: Witness) -> bool:
    """Tell whether both can be of the same moment, as far as each tells it."""
    if one.when.date() == other.when.date():
        return True
    if one.exact and other.exact:
        return _hours_apart(one.when, other.when) is not None
    exact, day = (one, other) if one.exact else (other, one)
    if not exact.exact or exact.when.utcoffset():
        return False
    return abs(_as_utc(day.when) + _DAY / 2 - _as_utc(exact.when)) < _DAY / 2 + _FARTHEST


def _hours_apart(wall: datetime, moment: datetime) -> timedelta | None:
    """Return how far `wall` is ahead of `moment` if that can be the distance of a zone."""
    apart = wall.replace(tzinfo=UTC, second=0, microsecond=0) - _as_utc(moment).replace(
        second=0, microsecond=0
    )
    if abs(apart) > _FARTHEST or apart % _HALF_HOUR:
        return None
    return apart


def _as_utc(when: datetime) -> datetime:
    return when.replace(tzinfo=when.tzinfo or UTC)


def _zoned(first: Witness, everyone: Sequence[Witness], url: str, dialect: Dialect) -> datetime:
    """Return the moment of `first` with the publisher's zone, as the other witnesses tell it."""
    fellows = [one for one in everyone if _agree(first, one)]
    if not first.exact:
        exact = sorted((one for one in fellows if one.exact), key=lambda one: not _has_zone(one))
        if not exact:
            return first.when.replace(tzinfo=UTC)
        first = exact[0]
    if first.when.tzinfo is None:
        return _naive_zoned(first.when, fellows, everyone, url, dialect)
    if first.when.utcoffset():
        return first.when
    return _localized(first.when, fellows)


def _naive_zoned(
    wall: datetime,
    fellows: Sequence[Witness],
    everyone: Sequence[Witness],
    url: str,
    dialect: Dialect,
) -> datetime:
    for one in filter(_has_zone, fellows):
        if _hours_apart(wall, one.when) is not None:
            return _localized(one.when, fellows)
    for one in filter(_has_zone, everyone):
        if one.when.utcoffset() and abs(_as_utc(wall) - one.when) < _SEASON:
            return wall.replace(tzinfo=one.when.tzinfo)
    sure = zone_of_publisher(url, dialect.tag, wall)
    return wall.replace(tzinfo=sure) if sure else _as_utc(wall.replace(hour=0, minute=0, second=0))


def _localized(moment: datetime, fellows: Sequence[Witness]) -> datetime:
    """Write a moment that is told in UTC as on the publisher's wall, where another tells that.

    Of a wall that only a day is known of, the nearest zone in which the moment is on that day.
    """
    for one in fellows:
        if one.when.utcoffset() and abs(one.when - moment) < _MINUTE:
            return moment.astimezone(one.when.tzinfo)
    for one in fellows:
        apart = None
        if one.exact and one.when.tzinfo is None:
            apart = _hours_apart(one.when, moment)
        if apart is not None:
            return moment.astimezone(timezone(apart))
    for one in fellows:
        if not one.exact and one.kind in (Kind.SHOWN, Kind.ADDRESS, Kind.MARKED):
            return moment.astimezone(_zone_on(one.when, moment))
    return moment


def _zone_on(day: datetime, moment: datetime) -> timezone:
    ahead = day.replace(tzinfo=UTC) - moment
    if ahead > timedelta():
        return timezone(timedelta(hours=-(-ahead // timedelta(hours=1))))
    behind = -ahead - _DAY
    if behind < timedelta():
        return UTC
    return timezone(-timedelta(hours=behind // timedelta(hours=1) + 1))


def _updated(
    published: datetime | None,
    updates: Sequence[Witness],
    everyone: Sequence[Witness],
    url: str,
    dialect: Dialect,
) -> datetime | None:
    plausible = [one for one in updates if _plausible(one)]
    first = next(chain(filter(_has_zone, plausible), plausible), None)
    if first is None or published is None:
        return None
    moment = _known(_zoned(first, everyone, url, dialect))
    return moment if moment and moment >= published + _MINUTE else None


def _known(moment: datetime) -> datetime | None:
    with suppress(OverflowError):
        return moment if _EARLIEST <= moment.astimezone(UTC) < _LATEST else None
    return None


def _searched(tree: HtmlElement, url: str) -> Witness | None:
    """Ask a library, but not for all that it can do: that loads every language, for 2 s of CPU."""
    with suppress(ValueError, OverflowError):
        day = find_date(tree, url=url, original_date=True, extensive_search=False)
        return _at_least(datetime.fromisoformat(day) if day else None)
    return None


def _at_least(when: datetime | None) -> Witness | None:
    return None if when is None else Witness(when=when, exact=False, kind=Kind.MADE)

"""`wirewatch source show`: all that is known of one source, and what can be done about it."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import click

from archive import seen, source_health
from archive.database import Transaction
from archive.source_health import Doings, PastVisit
from archive.sources import KeptSource
from crawler.lists.remembered import remembered
from news.errors import UsageError
from news.ids import wire_id
from news.url import canonical_url
from scheduler.cadence import Bounds
from wirewatch.cli.completing import source_names
from wirewatch.cli.named import named
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.source_health import Health, answer_in_words, figures, length
from wirewatch.cli.source_learned import kind_in_words, learned_json, learned_lines
from wirewatch.cli.source_list import as_json
from wirewatch.cli.source_moved import moved_words
from wirewatch.cli.source_next import next_steps
from wirewatch.cli.source_words import as_often, rhythm_in_words, shown
from wirewatch.cli.table import show
from wirewatch.console import as_size

_VISITS = 10
_SPANS = (("24 h", timedelta(hours=24)), ("7 days", timedelta(days=7)))
_COLUMNS = ("visited", "status", "ms", "bytes", "entries", "new", "what came of it")
_WIDTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What is shown of one source."""

    health: Health
    visits: Sequence[PastVisit]
    doings: dict[str, Doings]
    waiting: int
    learned: str | None


@command(
    "show",
    examples=(
        "wirewatch source show Yonhap",
        "wirewatch source show https://example.org/feed",
        "wirewatch source show so_3 --json",
    ),
)
@click.argument("name", metavar="NAME|URL", shell_complete=source_names)
@with_screen
def show_source(screen: Screen, name: str) -> None:
    """Show all about the source NAME: its rhythm, its last visits, how it does, what comes next."""
    configured = configuration(screen)
    bounds = Bounds(min=configured.cadence.min, max=configured.cadence.max)
    now = screen.clock()
    with archive(configured) as database, database.reading() as conn:
        found = figures(conn, now=now, bounds=bounds)
        one = _meant(name, found.known)
        all_of_it = _asked(conn, found.of(one), now)
    if screen.manner.json:
        screen.data(_as_json(all_of_it))
        return
    _say(screen, all_of_it)
    for words in moved_words(screen, [one], found.known):
        screen.remark(words)


def _meant(name: str, known: Sequence[KeptSource]) -> KeptSource:
    """Return the source of that name, number or address."""
    if "://" not in name:
        return named(name, known, noun="source")
    place = canonical_url(name)
    for one in known:
        if place in {canonical_url(one.settings.url), one.moved and canonical_url(one.moved.to)}:
            return one
    raise UsageError(f"No source of yours reads {name}. Add it: wirewatch source add {name}")


def _asked(conn: Transaction, health: Health, now: datetime) -> _Shown:
    number = health.source.id
    return _Shown(
        health=health,
        visits=source_health.last_visits(conn, number, limit=_VISITS),
        doings={
            name: source_health.doings(conn, number, since=now - span) for name, span in _SPANS
        },
        waiting=source_health.waiting(conn, number),
        learned=seen.learned(conn, number),
    )


def _as_json(it: _Shown) -> dict[str, object]:
    settings = it.health.source.settings
    return {
        **as_json(it.health),
        "every": settings.every and settings.every.total_seconds(),
        "timezone": settings.timezone,
        "lag_entries": it.health.lag.entries if it.health.lag else 0,
        "waiting": it.waiting,
        **learned_json(settings, it.learned),
        "next": list(next_steps(it.health)),
        "figures": {name: asdict(each) for name, each in it.doings.items()},
        "visits": [asdict(each) for each in it.visits],
    }


def _say(screen: Screen, it: _Shown) -> None:
    one = it.health.source
    screen.say(f"{wire_id('so', one.id)}  {one.settings.name}", bold=True)
    for name, words in _lines(screen, it):
        screen.say(f"  {name:{_WIDTH}}{words}")
    for words in next_steps(it.health):
        screen.say(f"  {words}")
    if it.visits:
        screen.say()
        if (
            not screen.terminal
        ):  # lines for programs have no names above them, but these stand alone
            screen.say("\t".join(_COLUMNS))
        show(screen, _COLUMNS, (_row(screen, each) for each in it.visits))


def _lines(screen: Screen, it: _Shown) -> Iterator[tuple[str, str]]:
    health, one = it.health, it.health.source
    settings = one.settings
    yield "state", ": ".join(filter(None, (health.state, health.words(screen))))
    yield "address", shown(settings.url)
    yield (
        "kind",
        " · ".join((kind_in_words(settings.kind, remembered(it.learned)[0]), *settings.tags)),
    )
    yield "visited", f"{rhythm_in_words(settings, one.rhythm)} ({health.because})"
    if health.answer is not None:
        yield "last", f"{screen.both(health.answer.at)}: {answer_in_words(health.answer)}"
    yield "next", _next(screen, one)
    if health.rest is not None:
        yield "its host", f"rests until {screen.both(health.rest.until)}: {health.rest.why}"
    yield "brings", _brings(screen, health)
    if health.lag is not None:
        yield "lag", _lag(health)
    for name, each in it.doings.items():
        yield name, _did(each)
    yield "waiting", "1 entry to be read" if it.waiting == 1 else f"{it.waiting} to be read"
    yield from learned_lines(screen, settings, it.learned)
    if one.owned_by_file is not None:
        yield "stands in", one.owned_by_file


def _next(screen: Screen, one: KeptSource) -> str:
    if one.paused or one.next_visit_at is None:
        return "none: it rests"
    return "due" if one.next_visit_at <= screen.clock() else screen.both(one.next_visit_at)


def _brings(screen: Screen, health: Health) -> str:
    last = health.source.last_new_at
    newest = "nothing yet" if last is None else f"the last {screen.ago(last)}"
    return f"{as_often(health.per_day)}; {newest}"


def _lag(health: Health) -> str:
    if health.lag is None:
        return "-"
    of = "1 article" if health.lag.entries == 1 else f"{health.lag.entries:,} articles"
    half, most = length(health.lag.p50), length(health.lag.p95)
    return f"published to seen: half within {half}, 95 % within {most} ({of} of a week)"


def _did(did: Doings) -> str:
    if not did.visits:
        return "no visits"
    visits = "1 visit" if did.visits == 1 else f"{did.visits:,} visits"
    parts = [f"{did.new:,} new"]
    parts += [
        f"{many:,} {name}"
        for many, name in ((did.unchanged, "unchanged"), (did.failed, "failed"))
        if many
    ]
    if did.gaps:
        parts.append("1 gap" if did.gaps == 1 else f"{did.gaps} gaps")
    return f"{visits}: {', '.join(parts)}; {as_size(did.size)}, {did.ms} ms each"


def _row(screen: Screen, one: PastVisit) -> tuple[str, ...]:
    words = "entries may have been lost before it" if one.gap else one.reason or one.outcome
    return (
        screen.at(one.at),
        str(one.status or "-"),
        str(one.ms),
        str(one.size),
        str(one.entries),
        str(one.new),
        words,
    )

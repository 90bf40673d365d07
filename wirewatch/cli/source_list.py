"""`wirewatch source list`: the sources, when they are visited, and how they are doing."""

from collections.abc import Mapping
from datetime import timedelta

import click

from archive import seen
from news.ids import wire_id
from scheduler.cadence import Bounds
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.source_health import Health, answer_in_words, figures, length
from wirewatch.cli.source_learned import found_kinds, kind_in_words
from wirewatch.cli.source_moved import moved_json, moved_words
from wirewatch.cli.source_words import as_often, rhythm_in_words, shown
from wirewatch.cli.table import Block, show, show_blocks
from wirewatch.config.tables import FOUND_OUT

_COLUMNS = (
    *("id", "name", "kind", "state", "visited", "last", "next", "a day"),
    *("lag", "gaps", "tags", "address"),
)
_ON_A_TERMINAL = ("id", "source", "state", "visited", "last", "next", "a day", "lag")


@command("list", examples=("wirewatch source list", "wirewatch source list --failing --json"))
@click.option(
    "--failing", is_flag=True, help="Only those that fail, are overdue or lost entries lately."
)
@with_screen
def list_sources(screen: Screen, *, failing: bool) -> None:
    """List the sources: state, visits, articles per day (of the last week), lag, tags, address.

    Lag is how long half of the last week's articles stood published before they were seen.

    --failing leaves out those that a person paused. All about one: wirewatch source show NAME
    """
    configured = configuration(screen)
    bounds = Bounds(min=configured.cadence.min, max=configured.cadence.max)
    with archive(configured) as database, database.reading() as conn:
        found = figures(conn, now=screen.clock(), bounds=bounds)
        kinds = found_kinds(seen.learned_of(conn, FOUND_OUT))
    known = found.known
    wanted = [health for health in map(found.of, known) if not failing or health.needs_somebody]
    if screen.manner.json:
        for health in wanted:
            screen.data({**as_json(health), "found_kind": kinds.get(health.source.id)})
        return
    if screen.terminal:
        show_blocks(screen, _ON_A_TERMINAL, [_block(screen, health, kinds) for health in wanted])
    else:
        show(screen, _COLUMNS, (_row(screen, health, kinds) for health in wanted))
    for words in moved_words(screen, (health.source for health in wanted), known):
        screen.remark(words)
    if not known:
        screen.remark("There are no sources yet; add one with: wirewatch source add example.org")
    elif not wanted:
        screen.remark(
            "Your source does not fail."
            if len(known) == 1
            else f"None of your {len(known)} sources fails."
        )
    elif any(health.state == "failing" for health in wanted):
        screen.remark("See what a failing one answers: wirewatch source try NAME")


def as_json(health: Health) -> dict[str, object]:
    """Return how a source is doing for machines: times absolute and UTC, lengths in seconds."""
    one, settings, lag, silence = health.source, health.source.settings, health.lag, health.overdue
    every = settings.every or one.rhythm.interval
    return {
        "id": wire_id("so", one.id),
        "name": settings.name,
        "kind": settings.kind,
        "url": shown(settings.url),
        "tags": list(settings.tags),
        "state": "ok" if health.state == "new" else health.state,
        "paused_reason": one.paused_reason,
        "failing_since": one.failing_since,
        "last_reason": one.last_reason,
        "every_seconds": None if every is None else every.total_seconds(),
        "cron": settings.cron,
        "last_visit_at": one.last_visit_at,
        "last_good_at": one.last_good_at,
        "last_new_at": one.last_new_at,
        "last_status": health.answer and health.answer.status,
        "last_answer": health.answer and answer_in_words(health.answer),
        "next_visit_at": one.next_visit_at,
        "visited_because": health.because,
        "per_day": None if health.per_day is None else round(health.per_day, 3),
        "lag_p50_seconds": lag and _seconds(lag.p50),
        "lag_p95_seconds": lag and _seconds(lag.p95),
        "gaps_in_a_week": health.gaps,
        "gap_at": one.gap_at,
        "overdue_since": silence and silence.since,
        "usual_seconds": silence and _seconds(silence.usual),
        "host_rests_until": health.rest and health.rest.until,
        "host_rests_because": health.rest and health.rest.why,
        "added_at": one.added_at,
        "owned_by_file": one.owned_by_file,
        **moved_json(one),
    }


def _block(screen: Screen, health: Health, kinds: Mapping[int, str]) -> Block:
    one, settings, words = health.source, health.source.settings, health.words(screen)
    below = (
        "" if settings.kind == "feed" else kind_in_words(settings.kind, kinds.get(one.id)),
        "" if health.per_day is None else as_often(health.per_day),
        _gaps(health.gaps),
        ""
        if health.rest is None
        else f"its host rests, asked again {screen.ago(health.rest.until)}",
        ", ".join(settings.tags),
        shown(settings.url),
    )
    return Block(
        cells=(
            wire_id("so", one.id),
            settings.name,
            health.state,
            rhythm_in_words(settings, one.rhythm),
            screen.ago(one.last_visit_at),
            _next(screen, health),
            _per_day(health.per_day),
            length(None if health.lag is None else health.lag.p50),
        ),
        below=" · ".join(filter(None, below)),
        full=f"{_joined(health.state, words)}" if words else "",
    )


def _next(screen: Screen, health: Health) -> str:
    one = health.source
    if one.paused or one.next_visit_at is None:
        return "-"
    return "due" if one.next_visit_at <= health.now else screen.ago(one.next_visit_at)


def _row(screen: Screen, health: Health, kinds: Mapping[int, str]) -> tuple[str, ...]:
    one, settings, words = health.source, health.source.settings, health.words(screen)
    return (
        wire_id("so", one.id),
        settings.name,
        kind_in_words(settings.kind, kinds.get(one.id)),
        _joined(health.state, words) if words else health.state,
        rhythm_in_words(settings, one.rhythm),
        screen.ago(one.last_visit_at),
        "-" if one.next_visit_at is None else screen.ago(one.next_visit_at),
        _per_day(health.per_day),
        length(None if health.lag is None else health.lag.p50),
        str(health.gaps),
        ", ".join(settings.tags) or "-",
        shown(settings.url),
    )


def _joined(state: str, words: str) -> str:
    return f"{state} {words}" if state == "failing" else f"{state}: {words}"


def _per_day(per_day: float | None) -> str:
    if per_day is None:
        return "-"
    return f"{per_day:.2g}" if per_day < 1 else f"{per_day:.0f}"


def _gaps(gaps: int) -> str:
    return "" if not gaps else "1 gap this week" if gaps == 1 else f"{gaps} gaps this week"


def _seconds(span: timedelta) -> float:
    return round(span.total_seconds(), 3)

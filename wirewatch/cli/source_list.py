"""`wirewatch source list`: the sources, when they are visited, and how they are doing."""

import click

from archive import source_figures, sources
from archive.sources import KeptSource
from news.ids import wire_id
from scheduler.cadence import Bounds, explained
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.source_moved import moved_json, moved_words
from wirewatch.cli.source_words import as_often, rhythm_in_words, shown
from wirewatch.cli.table import Block, show, show_blocks

_COLUMNS = ("id", "name", "kind", "state", "visited", "last", "next", "a day", "tags", "address")
_ON_A_TERMINAL = ("id", "source", "state", "visited", "last", "next")


@command("list", examples=("wirewatch source list", "wirewatch source list --failing --json"))
@click.option(
    "--failing", is_flag=True, help="Only those whose visits fail, or that stopped for it."
)
@with_screen
def list_sources(screen: Screen, *, failing: bool) -> None:
    """List the sources: state, visits, articles per day (of the last week), tags, address.

    --failing leaves out those that a person paused.
    """
    configured = configuration(screen)
    with archive(configured) as database, database.reading() as conn:
        known = sources.listing(conn)
        pace = source_figures.pace(conn, now=screen.clock())
    wanted = [one for one in known if not failing or _needs_somebody(one)]
    if screen.manner.json:
        cadence, now = configured.cadence, screen.clock()
        bounds = Bounds(min=cadence.min, max=cadence.max)
        for one in wanted:
            why = explained(one.settings, one.rhythm, bounds, now=now)
            screen.data(_as_json(one, pace.get(one.id)) | {"visited_because": why})
        return
    if screen.terminal:
        blocks = [_block(screen, one, pace.get(one.id)) for one in wanted]
        show_blocks(screen, _ON_A_TERMINAL, blocks)
    else:
        show(screen, _COLUMNS, (_row(screen, one, pace.get(one.id)) for one in wanted))
    for words in moved_words(screen, wanted, known):
        screen.remark(words)
    if not known:
        screen.remark("There are no sources yet; add one with: wirewatch source add example.org")
    elif not wanted:
        screen.remark(
            "Your source does not fail."
            if len(known) == 1
            else f"None of your {len(known)} sources fails."
        )
    elif any(one.failing_since is not None and not one.paused for one in wanted):
        screen.remark("See what a failing one answers: wirewatch source try NAME")


def _needs_somebody(one: KeptSource) -> bool:
    """Tell whether a source fails, or stopped by failing; what a person let rest, rests."""
    if one.failing_since is None:
        return False
    return not one.paused or (one.paused_reason or "").startswith(one.last_reason or "\n")


def _block(screen: Screen, one: KeptSource, per_day: float | None) -> Block:
    settings = one.settings
    below = (
        "" if settings.kind == "feed" else settings.kind,
        "" if per_day is None else as_often(per_day),
        ", ".join(settings.tags),
        shown(settings.url),
    )
    state, _, full = _state(screen, one).partition(": ")
    brief = state.partition(" ")[0]
    return Block(
        cells=(
            wire_id("so", one.id),
            settings.name,
            brief,
            rhythm_in_words(settings, one.rhythm),
            screen.ago(one.last_visit_at),
            _next(screen, one),
        ),
        below=" · ".join(filter(None, below)),
        full=f"{state}: {full}" if full else "",
    )


def _next(screen: Screen, one: KeptSource) -> str:
    if one.paused or one.next_visit_at is None:
        return "-"
    return "due" if one.next_visit_at <= screen.clock() else screen.ago(one.next_visit_at)


def _row(screen: Screen, one: KeptSource, per_day: float | None) -> tuple[str, ...]:
    settings = one.settings
    return (
        wire_id("so", one.id),
        settings.name,
        settings.kind,
        _state(screen, one),
        rhythm_in_words(settings, one.rhythm),
        screen.ago(one.last_visit_at),
        "-" if one.next_visit_at is None else screen.ago(one.next_visit_at),
        "-" if per_day is None else f"{per_day:.2g}" if per_day < 1 else f"{per_day:.0f}",
        ", ".join(settings.tags) or "-",
        shown(settings.url),
    )


def _state(screen: Screen, one: KeptSource) -> str:
    if one.paused:
        return f"paused: {one.paused_reason}"
    if one.failing_since is not None:
        times = "" if one.rhythm.failures < 2 else f", {one.rhythm.failures} times"  # noqa: PLR2004 - once is not worth a word
        return f"failing since {screen.ago(one.failing_since)}{times}: {one.last_reason}"
    return "new" if one.last_visit_at is None else "ok"


def _as_json(one: KeptSource, per_day: float | None) -> dict[str, object]:
    settings = one.settings
    state = "ok" if one.failing_since is None else "failing"
    every = settings.every or one.rhythm.interval
    return {
        "id": wire_id("so", one.id),
        "name": settings.name,
        "kind": settings.kind,
        "url": shown(settings.url),
        "tags": list(settings.tags),
        "state": "paused" if one.paused else state,
        "paused_reason": one.paused_reason,
        "failing_since": one.failing_since,
        "last_reason": one.last_reason,
        "every_seconds": None if every is None else every.total_seconds(),
        "cron": settings.cron,
        "last_visit_at": one.last_visit_at,
        "last_good_at": one.last_good_at,
        "next_visit_at": one.next_visit_at,
        "per_day": None if per_day is None else round(per_day, 3),
        "added_at": one.added_at,
        "owned_by_file": one.owned_by_file,
        **moved_json(one),
    }

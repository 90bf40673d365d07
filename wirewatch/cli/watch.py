"""`wirewatch watch`: what one waits for, from saying it to taking it away."""

from datetime import timedelta
from pathlib import Path

from archive import watch_figures, watches
from archive.watch_figures import WatchFigures
from news.ids import wire_id
from news.watch import Watch
from wirewatch.cli.group import LazyGroup
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.table import show

LATELY = timedelta(days=7)
_LONGEST_QUERY = 60

watch = LazyGroup(
    "watch",
    lazy={
        "add": ("wirewatch.cli.watch_add:add", "wait for something from now on"),
        "list": ("wirewatch.cli.watch:list_", "what is watched, and what it brought lately"),
        "preview": ("wirewatch.cli.watch_preview:preview", "try a query on the archive's past"),
        "edit": ("wirewatch.cli.watch_edit:edit", "change a watch, and see what that changes"),
        "pause": ("wirewatch.cli.watch_rest:pause", "let a watch rest"),
        "resume": ("wirewatch.cli.watch_rest:resume", "let a watch go on"),
        "rm": ("wirewatch.cli.watch_rest:rm", "take a watch away"),
    },
    help="Say what you wait for: a query, whom to tell, and when.",
)


@command("list", examples=("wirewatch watch list", "wirewatch watch list --json"))
@with_screen
def list_(screen: Screen) -> None:
    """Show every watch: its query, its channels, and what it brought in the last 7 days."""
    with archive(configuration(screen)) as database, database.reading() as conn:
        known = watches.listing(conn)
        figures = watch_figures.of_all(conn, since=screen.clock() - LATELY)
    if screen.manner.json:
        for one in known:
            screen.data(as_json(one, figures.get(one.id, WatchFigures())))
        return
    columns = ("id", "watch", "query", "to", "state", "alerts", "matches", "last match")
    rows = [_row(screen, one, figures.get(one.id, WatchFigures())) for one in known]
    show(screen, columns, rows)
    if not known:
        screen.remark("There is no watch yet. Try: wirewatch watch add --help")
    elif screen.terminal:
        screen.say("Alerts and matches are those of the last 7 days.", dim=True)


def as_json(one: Watch, figures: WatchFigures) -> dict[str, object]:
    """Return a watch for machines."""
    settings = one.settings
    return {
        "id": wire_id("w", one.id),
        "name": settings.name,
        "query": settings.query,
        "to": list(settings.to),
        "alert": list(settings.alert),
        "noisy": settings.noisy,
        "version": one.version,
        "added_at": one.added_at,
        "paused": one.paused,
        "paused_reason": one.paused_reason,
        "owned_by_file": one.owned_by_file,
        "alerts_7d": figures.alerts,
        "matches_7d": figures.matches,
        "last_match_at": figures.last_match_at,
    }


def _row(screen: Screen, one: Watch, figures: WatchFigures) -> tuple[str, ...]:
    settings = one.settings
    query = " ".join(settings.query.split())
    if screen.terminal and len(query) > _LONGEST_QUERY:
        query = f"{query[: _LONGEST_QUERY - 1]}…"
    return (
        wire_id("w", one.id),
        settings.name,
        query,
        ", ".join(settings.to) or "nobody",
        state(one, brief=screen.terminal),
        str(figures.alerts),
        str(figures.matches),
        screen.ago(figures.last_match_at),
    )


def state(one: Watch, *, brief: bool = False) -> str:
    """Return how a watch stands: whether it rests and why, and which file says what it is."""
    rests = f"paused ({one.paused_reason or 'it left the file'})" if one.paused else "watching"
    if one.owned_by_file is None:
        return rests
    return f"{rests}, in {Path(one.owned_by_file).name if brief else one.owned_by_file}"

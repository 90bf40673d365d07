"""`wirewatch db stats`: how much is kept, and of what."""

from collections.abc import Iterator

from archive import upgrade
from archive.figures import Figures, figures
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.table import show
from wirewatch.console import as_size


@command("stats", examples=("wirewatch db stats", "wirewatch db stats --json"))
@with_screen
def stats(screen: Screen) -> None:
    """Show sizes and counts of what the archive keeps."""
    with archive(configuration(screen)) as database, database.reading() as conn:
        found = figures(conn)
    if screen.manner.json:
        screen.data(as_json(found))
        return
    show(screen, ("what", "how much", ""), _lines(screen, found))


def as_json(found: Figures) -> dict[str, object]:
    """Return the figures for machines: sizes in bytes, everything else in rows."""
    return {
        "version": upgrade.newest_version(),
        "size": found.size,
        "free": found.free,
        "oldest": found.oldest,
        "newest": found.newest,
        "rows": dict(found.rows),
        "articles_by_year": {str(year): rows for year, rows in found.articles_by_year.items()},
        "states": {name: dict(states) for name, states in found.states.items()},
    }


def _lines(screen: Screen, found: Figures) -> Iterator[tuple[str, str, str]]:
    yield "version", upgrade.newest_version(), ""
    free = "" if found.free is None else f"{as_size(found.free)} of it free to be used again"
    yield "size", as_size(found.size), free
    for name, rows in found.rows.items():
        yield name, f"{rows:,}", _more(screen, name, found)


def _more(screen: Screen, name: str, found: Figures) -> str:
    if name == "articles" and found.oldest is not None:
        years = ", ".join(f"{year}: {rows:,}" for year, rows in found.articles_by_year.items())
        return f"{years}; oldest {screen.ago(found.oldest)}, newest {screen.ago(found.newest)}"
    return ", ".join(f"{rows:,} {state}" for state, rows in found.states.get(name, {}).items())

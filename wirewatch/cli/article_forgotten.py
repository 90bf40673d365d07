"""`wirewatch article forgotten`: which addresses are barred, since when, and why."""

from archive import forgotten as archive_forgotten
from wirewatch.cli.opened import archive, configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen
from wirewatch.cli.table import show


@command(
    "forgotten", examples=("wirewatch article forgotten", "wirewatch article forgotten --json")
)
@with_screen
def forgotten(screen: Screen) -> None:
    """List the addresses whose texts were erased and do not come back."""
    with archive(configuration(screen)) as database, database.reading() as conn:
        barred = archive_forgotten.listing(conn)
    if screen.manner.json:
        for one in barred:
            screen.data({"url": one.url, "at": one.at, "why": one.why})
        return
    show(screen, ("forgotten", "address", "why"), [(screen.at(b.at), b.url, b.why) for b in barred])
    if not barred:
        screen.remark("Nothing was forgotten.")

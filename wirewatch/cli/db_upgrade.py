"""`wirewatch db upgrade`: bring an older archive to the version of this program."""

from pathlib import Path

from archive import run_lock
from archive import upgrade as archive_upgrade
from news.errors import ArchiveError
from wirewatch.cli.opened import configuration
from wirewatch.cli.options import command
from wirewatch.cli.screen import Screen, with_screen


@command(
    "upgrade", examples=("wirewatch db upgrade", "wirewatch -c /etc/wirewatch.toml db upgrade")
)
@with_screen
def upgrade(screen: Screen) -> None:
    """Bring an older archive up to date; `run` does the same when it starts.

    An SQLite file is copied beside itself first. While a `run` holds the file, nothing is done.
    """
    url = configuration(screen).archive.url
    if not archive_upgrade.exists(url):
        raise ArchiveError(
            "there is no archive yet; `wirewatch source add` or `wirewatch run` makes one"
        )
    with run_lock.hold(url):
        before = archive_upgrade.version_of(url)
        copy = archive_upgrade.prepare(url)
    after = archive_upgrade.newest_version()
    if screen.manner.json:
        screen.data({"from": before, "to": after, "copy": None if copy is None else str(copy)})
    else:
        _say(screen, before, after, copy)


def _say(screen: Screen, before: str | None, after: str, copy: Path | None) -> None:
    if before == after:
        screen.say(f"The archive is of version {after} already; there is nothing to do.")
        return
    screen.say(f"The archive was upgraded from version {before} to {after}.")
    if copy is not None:
        screen.say(f"As it was before it lies at {copy}; delete that once all is well.")

"""Which channels a file may name that stand in none: those that a command added to the archive."""

from collections.abc import Collection
from pathlib import Path

from news.errors import ArchiveError


def channels_by_hand(url: str, file: Path) -> Collection[str] | None:
    """Return the channels of the archive at `url` that `file` did not make.

    None where the archive cannot tell: it is to be upgraded first, or not to be reached, which
    whoever needs it is told.
    """
    # The file is read by commands that need no archive, and few files name what stands in none.
    from archive import channels, upgrade  # noqa: PLC0415 - see above
    from archive.database import Database  # noqa: PLC0415 - see above

    try:
        if not upgrade.exists(url):
            return ()
        upgrade.check_current(url)
        database = Database.open(url)
    except ArchiveError:
        return None
    try:
        with database.reading() as conn:
            known = channels.listing(conn)
    finally:
        database.close()
    return {one.settings.name for one in known if one.owned_by_file != str(file)}

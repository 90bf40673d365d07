"""What the archive of the wirewatch under test holds, read beside its `run`."""

from archive import stats, upgrade
from archive.database import Database


def used(url: str) -> bool:
    """Tell whether the archive at `url` holds anything already; it is made if there is none."""
    upgrade.prepare(url)
    database = Database.open(url)
    try:
        with database.reading() as conn:
            counted = stats.count(conn)
    finally:
        database.close()
    return any((counted.sources, counted.watches, counted.channels, counted.articles))


async def articles(url: str) -> int:
    """Count the articles of the archive at `url`."""
    database = Database.open(url)
    try:
        return (await database.read(stats.count)).articles
    finally:
        database.close()

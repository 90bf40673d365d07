"""What the archive of the wirewatch under test holds, read beside its `run`."""

from archive import stats
from archive.database import Database
from wirewatch.demo.stage import Counts


async def counts(url: str) -> Counts:
    """Count the archive's articles and what still waits, in one transaction that only reads."""
    database = Database.open(url)
    try:
        found = await database.read(stats.count)
    finally:
        database.close()
    waiting = found.entries_waiting + found.deliveries_waiting
    return Counts(articles=found.articles, waiting=waiting)

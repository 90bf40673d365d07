"""What the archive of the wirewatch under test holds, read beside its `run`."""

from archive import stats
from archive.database import Database


async def articles(url: str) -> int:
    """Count the articles of the archive at `url`."""
    database = Database.open(url)
    try:
        return (await database.read(stats.count)).articles
    finally:
        database.close()

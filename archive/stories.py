"""Stories, in figures."""

from sqlalchemy import Connection

from news.story import Story


def of(conn: Connection, story: int) -> Story:
    """Return a story with how many tell it and who was first."""
    raise NotImplementedError

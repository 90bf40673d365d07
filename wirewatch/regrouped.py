"""People's word on stories: what they split and join is done, and each article's trail says so."""

from collections.abc import Sequence
from datetime import datetime

from archive import story_decisions, trail
from archive.database import Database, Transaction
from archive.story_decisions import Joined, Split
from news.ids import wire_id
from news.trail import Reason, Step, TrailLine


def split(
    database: Database, conn: Transaction, chosen: Sequence[int], *, story: int, at: datetime
) -> Split | None:
    """Let articles of `story` and their copies be a story of their own; None if all would go."""
    database.alone(conn)  # what is being owed just now is told before, or after, never between
    done = story_decisions.split(conn, chosen, from_story=story, at=at)
    if done is not None:
        words = f"a person split it off from {wire_id('st', story)}"
        _write(conn, done, Reason(step=Step.RECOGNISED, code="story:split", words=words), at)
    return done


def join(
    database: Database, conn: Transaction, one: int, other: int, *, at: datetime
) -> Joined | None:
    """Let two stories be one, by the older one's number; None if they are one already."""
    database.alone(conn)
    done = story_decisions.join(conn, one, other, at=at)
    if done is not None:
        words = f"a person joined {wire_id('st', done.former)} with {wire_id('st', done.story)}"
        _write(conn, done, Reason(step=Step.RECOGNISED, code="story:joined", words=words), at)
    return done


def _write(conn: Transaction, done: Split | Joined, reason: Reason, at: datetime) -> None:
    trail.write(conn, [TrailLine(at=at, reason=reason, article=one) for one in done.moved])

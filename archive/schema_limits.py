"""What is kept of limit keys (news/limit.py): hosts and platforms that asked for rest."""

from sqlalchemy import Column, Index, Integer, Table

from archive.columns import CleanText, metadata, moment, text
from archive.schema import hosts, sources

cooldowns = Table(
    "cooldowns",
    metadata,
    Column("key", CleanText, primary_key=True),
    moment("until", optional=True),  # none: refusals are counted, and rest was not asked for yet
    Column("refusals", Integer, nullable=False),  # in a row
    text("why"),
)

Index("ix_sources_limit_key", sources.c.limit_key)
_claimed = sources.c.claimed_until.is_not(None)
Index(
    "ix_sources_claimed", sources.c.claimed_until, sqlite_where=_claimed, postgresql_where=_claimed
)
_resting = hosts.c.next_allowed_at.is_not(None)
Index("ix_hosts_resting", hosts.c.next_allowed_at, sqlite_where=_resting, postgresql_where=_resting)

"""The tables of looking again: which pages, when, and what their hosts can give besides new ones.

Rows of `revisits` are few and short-lived: one for each article that is to be looked at again,
until its last look was taken.
"""

from sqlalchemy import Column, Index, Integer, Table, UniqueConstraint

from archive.columns import metadata, moment, short_digest, text, to

page_marks = Table(
    "page_marks",
    metadata,
    to("article", "articles", key=True),
    text("etag", optional=True),  # what its page's last answer said of itself
    text("modified", optional=True),
    short_digest("body_hash"),
)

revisits = Table(
    "revisits",
    metadata,
    to("entry", "entries", key=True),
    to("article", "articles"),
    to("host", "hosts"),
    moment("due_at"),
    Index("ix_revisits_host", "host", "due_at"),
    UniqueConstraint("article"),
)

revisit_hosts = Table(
    "revisit_hosts",
    metadata,
    to("host", "hosts", key=True),
    text("limit_key"),
    moment("due_at", optional=True),  # of its earliest look; none: there is none
    moment("not_before", optional=True),  # the slots until then are those of new pages
    Column("unspent", Integer, nullable=False),  # new pages that no look was taken for yet
)
_due = revisit_hosts.c.due_at.is_not(None)
_spaced = revisit_hosts.c.not_before.is_not(None)
Index("ix_revisit_hosts_due", revisit_hosts.c.due_at, sqlite_where=_due, postgresql_where=_due)
Index(
    "ix_revisit_hosts_not_before",
    revisit_hosts.c.not_before,
    sqlite_where=_spaced,
    postgresql_where=_spaced,
)

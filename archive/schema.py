"""The tables of gathering: who speaks, where we look, what was found, and what it became.

The tables of telling stand in archive/schema_telling.py, those of likeness and change in
archive/schema_likeness.py, those of looking again in archive/schema_revisits.py. Every time is UTC;
ids only grow. What each column is for stands in docs/ and in the migrations' order; what is unique
here is unique for good: identities are never pruned.
"""

from sqlalchemy import Boolean, Column, Index, Integer, Table, UniqueConstraint, false

from archive.columns import (
    Duration,
    Json,
    metadata,
    moment,
    number,
    short_digest,
    text,
    to,
    whole,
)

meta = Table("meta", metadata, Column("key", text("key").type, primary_key=True), text("value"))

publishers = Table(
    "publishers",
    metadata,
    number(),
    text("domain"),
    text("name"),
    text("family", optional=True),
    text("country", optional=True),
    text("owned_by_file", optional=True),  # the configuration that describes it
    UniqueConstraint("domain"),
    sqlite_autoincrement=True,
)

sources = Table(
    "sources",
    metadata,
    number(),
    text("name"),
    text("kind"),
    text("url"),
    short_digest("url_hash"),
    Column("every", Duration),
    text("cron", optional=True),
    text("timezone"),
    Column("tags", Json, nullable=False),
    Column("spider", Json, nullable=False, server_default="{}"),
    text("title", optional=True),
    text("owned_by_file", optional=True),
    moment("added_at"),
    moment("looked_since"),  # at its address: later than added_at where that was changed
    moment("removed_at", optional=True),  # kept, since articles and entries point here
    text("paused_reason", optional=True),
    moment("next_visit_at", optional=True),  # none while paused or removed
    moment("claimed_until", optional=True),
    whole("claim_no"),
    text("etag", optional=True),
    text("last_modified", optional=True),
    text("body_hash", optional=True),
    text("learned", optional=True),  # by its reader, in words that only the reader knows
    whole("failures"),
    whole("empty_visits"),
    Column("interval", Duration),
    Column("habit", Json, nullable=False, server_default="[]"),
    moment("last_visit_at", optional=True),
    moment("last_good_at", optional=True),
    moment("failing_since", optional=True),
    text("last_reason", optional=True),
    moment("first_told_at", optional=True),  # none until it told entries for the first time
    text("moved_to", optional=True),  # where its server sends us for good, as often as:
    Column("moved_times", Integer, nullable=False, server_default="0"),
    moment("moved_since", optional=True),
    moment("moved_asked_at", optional=True),  # when its own address was last asked
    text("trouble", optional=True),  # which notice of its trouble was given last, none: it is well
    moment("gap_at", optional=True),  # when it was last said that entries of it were lost
    whole("listed", optional=True),  # how many entries stood in it when it was last read
    moment("last_new_at", optional=True),  # when it last told what was unknown
    text("limit_key", optional=True),  # the host or shared platform whose patience it draws on
    moment("planned_at", optional=True),  # when the last visit wanted the next, paused or not
    sqlite_autoincrement=True,
)
_kept = sources.c.removed_at.is_(None)
Index(
    "ix_sources_due",
    sources.c.next_visit_at,
    sqlite_where=sources.c.next_visit_at.is_not(None),
    postgresql_where=sources.c.next_visit_at.is_not(None),
)
Index("uq_sources_name", sources.c.name, unique=True, sqlite_where=_kept, postgresql_where=_kept)
Index("uq_sources_url", sources.c.url_hash, unique=True, sqlite_where=_kept, postgresql_where=_kept)

hosts = Table(
    "hosts",
    metadata,
    number(),
    text("name"),  # scheme, name and port
    moment("next_allowed_at", optional=True),
    moment("claimed_until", optional=True),
    text("limit_key", optional=True),
    moment("ready_at", optional=True),  # when it can give its next page; none: nothing to read
    UniqueConstraint("name"),
    sqlite_autoincrement=True,
)
Index(
    "ix_hosts_ready",
    hosts.c.ready_at,
    sqlite_where=hosts.c.ready_at.is_not(None),
    postgresql_where=hosts.c.ready_at.is_not(None),
)
Index(
    "ix_hosts_claimed",
    hosts.c.claimed_until,
    sqlite_where=hosts.c.claimed_until.is_not(None),
    postgresql_where=hosts.c.claimed_until.is_not(None),
)

visits = Table(
    "visits",
    metadata,
    number(),
    to("source", "sources"),
    moment("at"),
    text("outcome"),
    whole("status", optional=True),
    whole("ms"),
    whole("size"),
    whole("entries"),
    whole("new"),
    text("reason", optional=True),
    Column("gap", Boolean, nullable=False, server_default=false()),  # nothing known stood there
    Index("ix_visits_source_at", "source", "at"),
    sqlite_autoincrement=True,
)

articles = Table(
    "articles",
    metadata,
    number(),
    text("url"),
    short_digest("url_hash"),
    to("publisher", "publishers"),
    to("story", "stories"),
    to("copy_of", "articles", optional=True),
    whole("copied", optional=True),  # how many per cent of its words are the other's
    text("title"),
    Column("authors", Json, nullable=False),
    text("language", optional=True),
    Column("topics", Json, nullable=False, server_default="[]"),
    text("image", optional=True),
    Column("paywalled", Boolean, nullable=False, server_default=false()),
    moment("published_at", optional=True),
    moment("updated_at", optional=True),  # as the page or its entry says
    moment("first_seen_at"),
    moment("owed_at"),
    short_digest("text_hash"),
    short_digest("copy_hash", optional=True),  # text_hash again, where it is long enough to count
    text("read"),
    text("note"),
    short_digest("named", optional=True),  # publisher and title, where they tell it from others
    Column("awaited", Boolean, nullable=False, server_default=false()),  # told by an aggregator
    Column("noarchive", Boolean, nullable=False, server_default=false()),  # its text is not kept
    Column("revision", Integer, nullable=False),
    UniqueConstraint("url_hash"),
    Index("ix_articles_story", "story"),
    Index("ix_articles_publisher", "publisher"),
    sqlite_autoincrement=True,
)
_long = articles.c.copy_hash.is_not(None)
_titled = articles.c.named.is_not(None)
Index("ix_articles_named", articles.c.named, sqlite_where=_titled, postgresql_where=_titled)
Index("ix_articles_copy_hash", articles.c.copy_hash, sqlite_where=_long, postgresql_where=_long)

entries = Table(
    "entries",
    metadata,
    number(),
    to("source", "sources"),
    short_digest("key_hash"),
    text("own_id", optional=True),
    short_digest("own_hash", optional=True),
    short_digest("fingerprint"),
    to("host", "hosts", optional=True),
    text("url", optional=True),
    text("title"),
    text("summary"),
    text("content", optional=True),  # kept until the entry is done
    moment("published", optional=True),
    moment("updated", optional=True),
    Column("authors", Json, nullable=False),
    text("language", optional=True),
    text("publisher_url", optional=True),  # as an aggregator names it
    moment("noted_at"),
    moment("looked_since", optional=True),  # at the part of its source that tells it, if later
    Column("first_visit", Boolean, nullable=False),
    text("state"),
    Column("attempts", Integer, nullable=False),
    moment("due_at", optional=True),  # the lease's end while claimed; none when finished
    moment("changed_at", optional=True),  # told anew while claimed: then it is due once more
    whole("claim_no"),
    text("reason", optional=True),
    to("article", "articles", optional=True),
    Column("revisits", Integer, nullable=False, server_default="0"),  # looks at its page again
    moment("looked_at", optional=True),  # the last of them
    Index("uq_entries_key_hash_source", "key_hash", "source", unique=True),
    Index("ix_entries_article", "article"),
    Index("ix_entries_source_noted_at", "source", "noted_at", "first_visit", "published"),
    Index("ix_entries_fingerprint_source", "fingerprint", "source"),
    sqlite_autoincrement=True,
)
_waiting = entries.c.due_at.is_not(None)
_named = entries.c.own_hash.is_not(None)
Index(
    "ix_entries_host_due",
    entries.c.host,
    entries.c.due_at,
    sqlite_where=_waiting,
    postgresql_where=_waiting,
)
Index(
    "ix_entries_own_hash_source",
    entries.c.own_hash,
    entries.c.source,
    sqlite_where=_named,
    postgresql_where=_named,
)

texts = Table("texts", metadata, to("article", "articles", key=True), text("lead"), text("body"))

article_sources = Table(
    "article_sources",
    metadata,
    to("article", "articles", key=True),
    to("source", "sources", key=True),
    Index("ix_article_sources_source", "source"),
)

stories = Table(
    "stories",
    metadata,
    number(),
    moment("opened_at"),
    moment("last_at"),
    whole("joined_to", optional=True),  # the story that it became part of
    sqlite_autoincrement=True,
)

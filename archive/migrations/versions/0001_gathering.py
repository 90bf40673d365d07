"""Who speaks, where we look, what was found, and what it became."""

import sqlalchemy as sa
from alembic import op

from archive.migrations.kinds import flag, moment, number, octets, small, text, to, where, whole

revision = "0001"
down_revision = None


def upgrade() -> None:
    _publishers()
    _sources()
    _indexes_of_sources()
    _hosts_and_visits()
    _articles()
    _entries()
    _texts()


def _publishers() -> None:
    op.create_table(
        "meta",
        text("key", key=True),
        text("value"),
    )
    op.create_table(
        "publishers",
        number(),
        text("domain"),
        text("name"),
        text("family", optional=True),
        text("country", optional=True),
        sa.UniqueConstraint("domain"),
        sqlite_autoincrement=True,
    )


def _sources() -> None:
    op.create_table(
        "sources",
        number(),
        text("name"),
        text("kind"),
        text("url"),
        octets("url_hash"),
        whole("every", optional=True),
        text("cron", optional=True),
        text("timezone"),
        text("tags"),
        text("title", optional=True),
        text("owned_by_file", optional=True),
        moment("added_at"),
        moment("looked_since"),
        moment("removed_at", optional=True),
        text("paused_reason", optional=True),
        moment("next_visit_at", optional=True),
        moment("claimed_until", optional=True),
        whole("claim_no"),
        text("etag", optional=True),
        text("last_modified", optional=True),
        text("body_hash", optional=True),
        whole("failures"),
        whole("empty_visits"),
        whole("interval", optional=True),
        moment("last_visit_at", optional=True),
        moment("last_good_at", optional=True),
        moment("failing_since", optional=True),
        text("last_reason", optional=True),
        moment("first_told_at", optional=True),
        sqlite_autoincrement=True,
    )


def _indexes_of_sources() -> None:
    op.create_index(
        "ix_sources_due", "sources", ["next_visit_at"], **where("next_visit_at IS NOT NULL")
    )
    op.create_index(
        "uq_sources_name", "sources", ["name"], unique=True, **where("removed_at IS NULL")
    )
    op.create_index(
        "uq_sources_url", "sources", ["url_hash"], unique=True, **where("removed_at IS NULL")
    )


def _hosts_and_visits() -> None:
    op.create_table(
        "hosts",
        number(),
        text("name"),
        moment("next_allowed_at", optional=True),
        moment("claimed_until", optional=True),
        moment("ready_at", optional=True),
        sa.UniqueConstraint("name"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_hosts_ready", "hosts", ["ready_at"], **where("ready_at IS NOT NULL"))
    op.create_index(
        "ix_hosts_claimed", "hosts", ["claimed_until"], **where("claimed_until IS NOT NULL")
    )
    op.create_table(
        "visits",
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
        sqlite_autoincrement=True,
    )
    op.create_index("ix_visits_source_at", "visits", ["source", "at"])


def _articles() -> None:
    op.create_table(
        "stories",
        number(),
        moment("opened_at"),
        moment("last_at"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "articles",
        number(),
        text("url"),
        octets("url_hash"),
        to("publisher", "publishers"),
        to("story", "stories"),
        to("copy_of", "articles", optional=True),
        text("title"),
        text("authors"),
        text("language", optional=True),
        moment("published_at", optional=True),
        moment("first_seen_at"),
        moment("owed_at"),
        octets("text_hash"),
        octets("copy_hash", optional=True),
        text("read"),
        text("note"),
        small("revision"),
        sa.UniqueConstraint("url_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_articles_copy_hash", "articles", ["copy_hash"], **where("copy_hash IS NOT NULL")
    )
    op.create_index("ix_articles_publisher", "articles", ["publisher"])
    op.create_index("ix_articles_story", "articles", ["story"])


def _entries() -> None:
    op.create_table(
        "entries",
        number(),
        to("source", "sources"),
        octets("key_hash"),
        text("own_id", optional=True),
        octets("own_hash", optional=True),
        octets("fingerprint"),
        to("host", "hosts", optional=True),
        text("url", optional=True),
        text("title"),
        text("summary"),
        text("content", optional=True),
        moment("published", optional=True),
        moment("updated", optional=True),
        text("authors"),
        text("language", optional=True),
        moment("noted_at"),
        flag("first_visit"),
        text("state"),
        small("attempts"),
        moment("due_at", optional=True),
        moment("changed_at", optional=True),
        whole("claim_no"),
        text("reason", optional=True),
        to("article", "articles", optional=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_entries_article", "entries", ["article"])
    op.create_index("ix_entries_fingerprint_source", "entries", ["fingerprint", "source"])
    op.create_index(
        "ix_entries_host_due", "entries", ["host", "due_at"], **where("due_at IS NOT NULL")
    )
    op.create_index(
        "ix_entries_own_hash_source",
        "entries",
        ["own_hash", "source"],
        **where("own_hash IS NOT NULL"),
    )
    op.create_index("uq_entries_key_hash_source", "entries", ["key_hash", "source"], unique=True)


def _texts() -> None:
    op.create_table(
        "texts",
        to("article", "articles", key=True),
        text("lead"),
        text("body"),
    )
    op.create_table(
        "article_sources",
        to("article", "articles", key=True),
        to("source", "sources", key=True),
    )
    op.create_index("ix_article_sources_source", "article_sources", ["source"])
    op.create_table(
        "revisions",
        to("article", "articles", key=True),
        whole("n", key=True),
        moment("at"),
        text("change"),
        whole("size"),
        text("title"),
        text("lead"),
        text("body"),
    )

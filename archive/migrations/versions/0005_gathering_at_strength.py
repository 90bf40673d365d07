"""What keeps sources well and hosts at ease, and the notices that say when they are not."""

import sqlalchemy as sa
from alembic import op

from archive.columns import digest
from archive.migrations.kinds import moment, number, octets, small, text, to, where, whole
from news.limit import limit_key
from news.source_address import source_address
from news.text import tokens

revision = "0005"
down_revision = "0004"

_LEAST_TITLE = 4


def upgrade() -> None:
    _sources()
    _hosts()
    _notices()
    _rhythm()
    _finding()
    _limits()
    _addresses()


def _sources() -> None:
    op.add_column("sources", text("moved_to", optional=True))
    op.add_column(
        "sources", sa.Column("moved_times", sa.Integer, nullable=False, server_default="0")
    )
    op.add_column("sources", moment("moved_since", optional=True))
    op.add_column("sources", moment("moved_asked_at", optional=True))
    op.add_column("sources", text("trouble", optional=True))
    op.add_column("sources", moment("gap_at", optional=True))
    op.add_column("sources", whole("listed", optional=True))
    op.add_column("sources", moment("last_new_at", optional=True))
    op.add_column("sources", text("limit_key", optional=True))
    op.add_column("sources", moment("planned_at", optional=True))


def _hosts() -> None:
    op.add_column("hosts", text("limit_key", optional=True))


def _notices() -> None:
    op.create_table(
        "notices",
        number(),
        moment("at"),
        text("kind"),
        to("source", "sources", optional=True),
        to("channel", "channels", optional=True),
        text("words"),
        text("facts"),
        moment("due_at", optional=True),
        sa.Index("ix_notices_at", "at"),
        sa.Index("ix_notices_source", "source"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_notices_due_at",
        "notices",
        ["due_at"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_table(
        "delivery_notices",
        to("delivery", "deliveries", key=True),
        to("notice", "notices", key=True),
        sa.Index("ix_delivery_notices_notice", "notice"),
    )


def _rhythm() -> None:
    op.add_column("visits", sa.Column("gap", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_entries_source_noted_at",
        "entries",
        ["source", "noted_at", "first_visit", "published"],
    )
    op.execute(
        "UPDATE sources SET last_new_at ="
        " (SELECT max(noted_at) FROM entries WHERE entries.source = sources.id)"
    )


def _finding() -> None:
    op.add_column("entries", moment("looked_since", optional=True))
    op.add_column("entries", text("publisher_url", optional=True))
    op.add_column(
        "articles", sa.Column("awaited", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.add_column("articles", octets("named", optional=True))
    op.create_index("ix_articles_named", "articles", ["named"], **where("named IS NOT NULL"))
    _named()


def _named() -> None:
    """Fill in the names of the newest articles: an aggregator may tell of them yet."""
    conn = op.get_bind()
    newest = (
        "SELECT articles.id, domain, title FROM articles JOIN publishers"
        " ON publishers.id = articles.publisher ORDER BY articles.id DESC LIMIT 10000"
    )
    found = conn.execute(sa.text(newest)).all()
    names = [
        {"number": number, "name": digest(" ".join((domain, *words)))}
        for number, domain, title in found
        if len(words := tokens(title)) >= _LEAST_TITLE
    ]
    if names:
        conn.execute(sa.text("UPDATE articles SET named = :name WHERE id = :number"), names)


def _limits() -> None:
    _keyed("sources", "url")
    _keyed("hosts", "name")
    op.create_table(
        "cooldowns",
        text("key", key=True),
        moment("until", optional=True),
        small("refusals"),
        text("why"),
    )
    op.create_index("ix_sources_limit_key", "sources", ["limit_key"])
    claimed, resting = where("claimed_until IS NOT NULL"), where("next_allowed_at IS NOT NULL")
    op.create_index("ix_sources_claimed", "sources", ["claimed_until"], **claimed)
    op.create_index("ix_hosts_resting", "hosts", ["next_allowed_at"], **resting)


def _keyed(table: str, address: str) -> None:
    """Fill in the limit keys of what is there: no claim could tell them apart without."""
    conn = op.get_bind()
    found = conn.execute(sa.text(f"SELECT id, {address} FROM {table}")).all()  # noqa: S608 - our own names
    keys = [{"number": number, "key": limit_key(url) or url} for number, url in found]
    if keys:
        conn.execute(sa.text(f"UPDATE {table} SET limit_key = :key WHERE id = :number"), keys)  # noqa: S608 - our own names


def _addresses() -> None:
    """Tell sources apart by parameters that select a document; until now `?feed=rss2` did not."""
    conn = op.get_bind()
    found = conn.execute(sa.text("SELECT id, url FROM sources WHERE removed_at IS NULL")).all()
    hashes = [
        {"number": number, "hash": digest(source_address(url))}
        for number, url in found
        if "?" in url
    ]
    if hashes:
        conn.execute(sa.text("UPDATE sources SET url_hash = :hash WHERE id = :number"), hashes)

"""What recognises copies, stories and edits: sketches, gists, decisions, and more of each page."""

import sqlalchemy as sa
from alembic import op

from archive.addresses import respell
from archive.migrations.kinds import moment, number, octets, small, text, to, where, whole

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _pages()
    _copies()
    _stories()
    _forgotten()
    respell(op.get_bind())
    _revisions()
    _revisits()


def _pages() -> None:
    op.add_column("articles", sa.Column("topics", sa.Text, nullable=False, server_default="[]"))
    op.add_column("articles", text("image", optional=True))
    op.add_column(
        "articles", sa.Column("paywalled", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.add_column("articles", moment("updated_at", optional=True))
    op.add_column(
        "articles", sa.Column("noarchive", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.add_column("entries", sa.Column("revisits", sa.Integer, nullable=False, server_default="0"))
    op.add_column("entries", moment("looked_at", optional=True))


def _copies() -> None:
    op.add_column("publishers", text("owned_by_file", optional=True))
    op.add_column("articles", whole("copied", optional=True))
    op.create_table(
        "sketches",
        whole("hash", key=True),
        to("article", "articles", key=True),
        sa.Index("ix_sketches_article", "article"),
        sqlite_with_rowid=False,
    )


def _stories() -> None:
    op.add_column("stories", sa.Column("joined_to", sa.BigInteger, nullable=True))
    op.create_table(
        "gists",
        to("article", "articles", key=True),
        text("language"),
        moment("at"),
        octets("weighed"),
    )
    op.create_table(
        "gist_terms",
        whole("term", key=True),
        to("article", "articles", key=True),
        sa.Index("ix_gist_terms_article", "article"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "word_counts",
        text("language", key=True),
        whole("term", key=True),
        whole("articles"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "story_decisions",
        number(),
        moment("at"),
        text("kind"),
        to("article", "articles"),
        to("story", "stories"),
        sa.Index("ix_story_decisions_article", "article"),
        sa.Index("ix_story_decisions_story", "story"),
        sqlite_autoincrement=True,
    )


def _forgotten() -> None:
    op.create_table(
        "forgotten",
        number(),
        octets("url_hash"),
        text("url"),
        moment("at"),
        text("why"),
        to("article", "articles", optional=True),
        octets("named", optional=True),
        octets("worded", optional=True),
        sa.UniqueConstraint("url_hash"),
        sa.Index("ix_forgotten_named", "named"),
        sa.Index("ix_forgotten_worded", "worded"),
        sqlite_autoincrement=True,
    )


def _revisions() -> None:
    op.add_column("revisions", sa.Column("kinds", sa.Text, nullable=False, server_default="[]"))
    op.add_column("revisions", sa.Column("words", sa.Integer, nullable=False, server_default="0"))


def _revisits() -> None:
    op.create_table(
        "page_marks",
        to("article", "articles", key=True),
        text("etag", optional=True),
        text("modified", optional=True),
        octets("body_hash"),
    )
    op.create_table(
        "revisits",
        to("entry", "entries", key=True),
        to("article", "articles"),
        to("host", "hosts"),
        moment("due_at"),
        sa.Index("ix_revisits_host", "host", "due_at"),
        sa.UniqueConstraint("article"),
    )
    op.create_table(
        "revisit_hosts",
        to("host", "hosts", key=True),
        text("limit_key"),
        moment("due_at", optional=True),
        moment("not_before", optional=True),
        small("unspent"),
        sa.Index("ix_revisit_hosts_due", "due_at", **where("due_at IS NOT NULL")),
        sa.Index("ix_revisit_hosts_not_before", "not_before", **where("not_before IS NOT NULL")),
    )

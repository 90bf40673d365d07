"""What keeps sources well and hosts at ease, and the notices that say when they are not."""

import sqlalchemy as sa
from alembic import op

from archive.migrations.kinds import moment, number, octets, text, to, where, whole

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _sources()
    _hosts()
    _notices()
    _rhythm()
    _finding()


def _sources() -> None:
    op.add_column("sources", text("moved_to", optional=True))
    op.add_column(
        "sources", sa.Column("moved_times", sa.Integer, nullable=False, server_default="0")
    )
    op.add_column("sources", moment("moved_since", optional=True))
    op.add_column("sources", text("trouble", optional=True))
    op.add_column("sources", moment("gap_at", optional=True))
    op.add_column("sources", whole("listed", optional=True))
    op.add_column("sources", moment("last_new_at", optional=True))
    op.add_column("sources", text("limit_key", optional=True))


def _hosts() -> None:
    op.add_column("hosts", text("limit_key", optional=True))
    op.add_column("hosts", moment("cooldown_until", optional=True))
    op.add_column("hosts", sa.Column("refusals", sa.Integer, nullable=False, server_default="0"))


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
    op.create_index("ix_entries_source_noted_at", "entries", ["source", "noted_at"])
    op.execute(
        "UPDATE sources SET last_new_at ="
        " (SELECT max(noted_at) FROM entries WHERE entries.source = sources.id)"
    )


def _finding() -> None:
    op.add_column("entries", moment("looked_since", optional=True))
    op.add_column("entries", text("publisher_url", optional=True))
    op.add_column("articles", octets("awaited", optional=True))
    awaited = where("awaited IS NOT NULL")
    op.create_index("ix_articles_awaited", "articles", ["awaited"], **awaited)

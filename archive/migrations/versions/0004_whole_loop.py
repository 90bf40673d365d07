"""What list pages and rhythms taught, names in every script, and orders to hold alerts."""

import sqlalchemy as sa
from alembic import op

from archive.migrations.kinds import moment, number, text, to, where

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _sources()
    op.add_column("watches", text("paused_reason", optional=True))
    _aliases()
    _silences()
    _deliveries()


def _sources() -> None:
    op.add_column("sources", sa.Column("spider", sa.Text, nullable=False, server_default="{}"))
    op.add_column("sources", text("learned", optional=True))
    op.add_column("sources", sa.Column("habit", sa.Text, nullable=False, server_default="[]"))


def _aliases() -> None:
    op.create_table(
        "aliases",
        number(),
        text("name"),
        text("terms"),
        text("owned_by_file", optional=True),
        sa.UniqueConstraint("name"),
        sqlite_autoincrement=True,
    )


def _silences() -> None:
    op.create_table(
        "silences",
        number(),
        to("watch", "watches", optional=True),
        text("why"),
        moment("made_at"),
        moment("from_at"),
        moment("until_at"),
        moment("ended_at", optional=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_silences_until_at", "silences", ["until_at"], **where("ended_at IS NULL"))
    op.create_table(
        "held_alerts",
        to("alert", "alerts", key=True),
        to("silence", "silences"),
        sa.Index("ix_held_alerts_silence", "silence"),
    )
    op.create_index("ix_alerts_due_at", "alerts", ["due_at"], **where("due_at IS NOT NULL"))


def _deliveries() -> None:
    op.add_column(
        "deliveries", sa.Column("attempts_before", sa.Integer, nullable=False, server_default="0")
    )
    op.create_index(
        "ix_deliveries_channel_settled",
        "deliveries",
        ["channel", "state", "settled_at"],
        **where("settled_at IS NOT NULL"),
    )

"""What keeps sources well and hosts at ease, and the notices that say when they are not."""

import sqlalchemy as sa
from alembic import op

from archive.migrations.kinds import moment, number, text, to

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _sources()
    _hosts()
    _notices()


def _sources() -> None:
    op.add_column("sources", text("moved_to", optional=True))
    op.add_column(
        "sources", sa.Column("moved_times", sa.Integer, nullable=False, server_default="0")
    )
    op.add_column("sources", text("trouble", optional=True))
    op.add_column("sources", moment("gap_at", optional=True))
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
        sa.Index("ix_notices_at", "at"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "delivery_notices",
        to("delivery", "deliveries", key=True),
        to("notice", "notices", key=True),
        sa.Index("ix_delivery_notices_notice", "notice"),
    )

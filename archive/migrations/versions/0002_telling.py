"""Who asked, what matched, what was told, and how it went out."""

from alembic import op

from archive.migrations.kinds import flag, moment, number, octets, small, text, to, where, whole

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _watches()
    _alerts()
    _channels()
    _deliveries()
    _trail()


def _watches() -> None:
    op.create_table(
        "watches",
        number(),
        text("name"),
        small("version"),
        text("settings"),
        text("owner", optional=True),
        flag("private"),
        text("owned_by_file", optional=True),
        moment("added_at"),
        flag("paused"),
        moment("removed_at", optional=True),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_watches_name", "watches", ["name"], unique=True, **where("removed_at IS NULL")
    )
    op.create_table(
        "watch_versions",
        to("watch", "watches", key=True),
        whole("n", key=True),
        moment("at"),
        text("settings"),
    )
    op.create_table(
        "matches",
        to("watch", "watches", key=True),
        to("article", "articles", key=True),
        whole("revision"),
        whole("watch_version"),
        text("spans"),
    )
    op.create_index("ix_matches_article", "matches", ["article"])


def _alerts() -> None:
    op.create_table(
        "alerts",
        number(),
        to("watch", "watches"),
        to("story", "stories", optional=True),
        to("article", "articles", optional=True),
        text("kind"),
        text("reason"),
        text("state"),
        moment("at"),
        moment("due_at", optional=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_alerts_article", "alerts", ["article"])
    op.create_index("ix_alerts_at", "alerts", ["at"])
    op.create_table(
        "told",
        to("watch", "watches", key=True),
        text("kind", key=True),
        whole("article", key=True),
        whole("detail", key=True),
        to("alert", "alerts"),
        moment("at"),
    )


def _channels() -> None:
    op.create_table(
        "channels",
        number(),
        text("name"),
        text("url"),
        text("secrets"),
        text("shape", optional=True),
        text("rate", optional=True),
        small("concurrency"),
        flag("allow_command"),
        text("state"),
        text("state_reason", optional=True),
        moment("failing_since", optional=True),
        text("owned_by_file", optional=True),
        moment("added_at"),
        moment("removed_at", optional=True),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_channels_name", "channels", ["name"], unique=True, **where("removed_at IS NULL")
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        number(),
        to("channel", "channels"),
        octets("payload"),
        text("state"),
        small("attempts"),
        moment("owed_at"),
        moment("due_at", optional=True),
        moment("settled_at", optional=True),
        whole("claim_no"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_deliveries_channel_due",
        "deliveries",
        ["channel", "due_at"],
        **where("due_at IS NOT NULL"),
    )
    op.create_index("ix_deliveries_owed_at", "deliveries", ["owed_at"])
    op.create_table(
        "delivery_alerts",
        to("delivery", "deliveries", key=True),
        to("alert", "alerts", key=True),
    )
    op.create_index("ix_delivery_alerts_alert", "delivery_alerts", ["alert"])
    op.create_table(
        "attempts",
        to("delivery", "deliveries", key=True),
        whole("n", key=True),
        moment("at"),
        text("outcome"),
        whole("status", optional=True),
        whole("ms"),
        octets("answer"),
    )


def _trail() -> None:
    op.create_table(
        "trail",
        number(),
        moment("at"),
        text("step"),
        text("code"),
        text("words"),
        to("watch", "watches", optional=True),
        to("entry", "entries", optional=True),
        to("article", "articles", optional=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_trail_article", "trail", ["article"])
    op.create_index("ix_trail_entry", "trail", ["entry"])

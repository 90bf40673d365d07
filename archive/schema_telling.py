"""The tables of telling: who asked, what matched, what was told, and how it went out."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, Table, UniqueConstraint

from archive.columns import Json, metadata, moment, number, text, to, whole

watches = Table(
    "watches",
    metadata,
    number(),
    text("name"),
    Column("version", Integer, nullable=False),
    Column("settings", Json, nullable=False),
    text("owner", optional=True),
    Column("private", Boolean, nullable=False),
    text("owned_by_file", optional=True),
    moment("added_at"),
    Column("paused", Boolean, nullable=False),
    text("paused_reason", optional=True),  # none: it left its file
    moment("removed_at", optional=True),  # kept, since alerts point here
    sqlite_autoincrement=True,
)
_kept_watch = watches.c.removed_at.is_(None)
Index(
    "uq_watches_name",
    watches.c.name,
    unique=True,
    sqlite_where=_kept_watch,
    postgresql_where=_kept_watch,
)

watch_versions = Table(
    "watch_versions",
    metadata,
    to("watch", "watches", key=True),
    whole("n", key=True),
    moment("at"),
    Column("settings", Json, nullable=False),
)

matches = Table(
    "matches",
    metadata,
    to("watch", "watches", key=True),
    to("article", "articles", key=True),
    whole("revision"),
    whole("watch_version"),
    Column("spans", Json, nullable=False),
    Index("ix_matches_article", "article"),
)

alerts = Table(
    "alerts",
    metadata,
    number(),
    to("watch", "watches"),
    to("story", "stories", optional=True),
    to("article", "articles", optional=True),
    text("kind"),
    text("reason"),
    text("state"),
    moment("at"),
    moment("due_at", optional=True),  # of held ones
    Index("ix_alerts_at", "at"),
    Index("ix_alerts_article", "article"),
    sqlite_autoincrement=True,
)
_held = alerts.c.due_at.is_not(None)
Index("ix_alerts_due_at", alerts.c.due_at, sqlite_where=_held, postgresql_where=_held)

told = Table(
    "told",
    metadata,
    to("watch", "watches", key=True),
    Column("kind", text("kind").type, primary_key=True),
    whole("article", key=True),  # 0 where the alert is about no article
    whole("detail", key=True),  # revision, number of families or hour; else 0
    to("alert", "alerts"),
    moment("at"),
)

aliases = Table(
    "aliases",
    metadata,
    number(),
    text("name"),
    Column("terms", Json, nullable=False),
    text("owned_by_file", optional=True),
    UniqueConstraint("name"),
    sqlite_autoincrement=True,
)

silences = Table(
    "silences",
    metadata,
    number(),
    to("watch", "watches", optional=True),  # none: every watch
    text("why"),
    moment("made_at"),
    moment("from_at"),
    moment("until_at"),
    moment("ended_at", optional=True),  # when a person ended it before its time
    sqlite_autoincrement=True,
)
_running = silences.c.ended_at.is_(None)
Index(
    "ix_silences_until_at",
    silences.c.until_at,
    sqlite_where=_running,
    postgresql_where=_running,
)

held_alerts = Table(
    "held_alerts",
    metadata,
    to("alert", "alerts", key=True),
    to("silence", "silences"),
    Index("ix_held_alerts_silence", "silence"),
)

channels = Table(
    "channels",
    metadata,
    number(),
    text("name"),
    text("url"),
    Column("secrets", Json, nullable=False),
    text("shape", optional=True),
    text("rate", optional=True),
    Column("concurrency", Integer, nullable=False),
    Column("allow_command", Boolean, nullable=False),
    text("state"),
    text("state_reason", optional=True),
    moment("failing_since", optional=True),
    text("owned_by_file", optional=True),
    moment("added_at"),
    moment("removed_at", optional=True),  # kept, since deliveries point here
    sqlite_autoincrement=True,
)
_kept_channel = channels.c.removed_at.is_(None)
Index(
    "uq_channels_name",
    channels.c.name,
    unique=True,
    sqlite_where=_kept_channel,
    postgresql_where=_kept_channel,
)

deliveries = Table(
    "deliveries",
    metadata,
    number(),
    to("channel", "channels"),
    Column("payload", LargeBinary, nullable=False),
    text("state"),
    Column("attempts", Integer, nullable=False),
    Column("attempts_before", Integer, nullable=False, server_default="0"),  # its last replay
    moment("owed_at"),
    moment("due_at", optional=True),  # the lease's end while claimed; none when settled
    moment("settled_at", optional=True),
    whole("claim_no"),
    Index("ix_deliveries_owed_at", "owed_at"),
    sqlite_autoincrement=True,
)
_open = deliveries.c.due_at.is_not(None)
Index(
    "ix_deliveries_channel_due",
    deliveries.c.channel,
    deliveries.c.due_at,
    sqlite_where=_open,
    postgresql_where=_open,
)
_settled = deliveries.c.settled_at.is_not(None)
Index(  # read in place of the rows, whose payloads are long
    "ix_deliveries_channel_settled",
    deliveries.c.channel,
    deliveries.c.state,
    deliveries.c.settled_at,
    sqlite_where=_settled,
    postgresql_where=_settled,
)

delivery_alerts = Table(
    "delivery_alerts",
    metadata,
    to("delivery", "deliveries", key=True),
    to("alert", "alerts", key=True),
    Index("ix_delivery_alerts_alert", "alert"),
)

notices = Table(
    "notices",
    metadata,
    number(),
    moment("at"),
    text("kind"),
    to("source", "sources", optional=True),
    to("channel", "channels", optional=True),
    text("words"),
    Column("facts", Json, nullable=False),
    moment("due_at", optional=True),  # of those that nobody was told of yet
    Index("ix_notices_at", "at"),
    Index("ix_notices_source", "source"),
    sqlite_autoincrement=True,
)
_untold = notices.c.due_at.is_not(None)
Index("ix_notices_due_at", notices.c.due_at, sqlite_where=_untold, postgresql_where=_untold)

delivery_notices = Table(
    "delivery_notices",
    metadata,
    to("delivery", "deliveries", key=True),
    to("notice", "notices", key=True),
    Index("ix_delivery_notices_notice", "notice"),
)

attempts = Table(
    "attempts",
    metadata,
    to("delivery", "deliveries", key=True),
    whole("n", key=True),
    moment("at"),
    text("outcome"),
    whole("status", optional=True),
    whole("ms"),
    Column("answer", LargeBinary, nullable=False),
)

trail = Table(
    "trail",
    metadata,
    number(),
    moment("at"),
    text("step"),
    text("code"),
    text("words"),
    to("watch", "watches", optional=True),
    to("entry", "entries", optional=True),
    to("article", "articles", optional=True),
    Index("ix_trail_entry", "entry"),
    Index("ix_trail_article", "article"),
    sqlite_autoincrement=True,
)

"""`wirewatch db`: looking after the archive."""

from wirewatch.cli.group import LazyGroup

db = LazyGroup(
    "db",
    lazy={
        "upgrade": ("wirewatch.cli.db_upgrade:upgrade", "bring an older archive up to date"),
        "stats": ("wirewatch.cli.db_stats:stats", "sizes and counts of what is kept"),
        "backup": ("wirewatch.cli.db_backup:backup", "copy the archive while it is in use"),
        "prune": ("wirewatch.cli.db_prune:prune", "remove texts of old articles"),
    },
    help="Look after the archive.",
    epilog="What each does, and how a backup is restored, stands in docs/archive.md.",
)

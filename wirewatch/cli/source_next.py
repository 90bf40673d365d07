"""What wirewatch does next about a source, and what a person can do: by its state."""

from collections.abc import Iterator
from datetime import timedelta

from news.ids import wire_id
from news.typed import typed
from wirewatch.cli.source_health import Health, length
from wirewatch.config.times import written
from wirewatch.console import A_WHILE

_AS_BEFORE = "It is visited as before, and this says so until it brings something."
_LOST = "What stood there in between cannot be caught up."
_SOONER = f"{_LOST} It is visited before its document rolls over again, as far as bounds allow."
_WRITTEN = f"{_LOST} Its times are written and stay: leave out every and cron, or shorten them."


def next_steps(health: Health) -> Iterator[str]:
    """Yield what comes next, then commands that may help."""
    one = health.source
    name = typed(one.settings.name, wire_id("so", one.id))
    match health.state:
        case "paused":
            yield f"It is not visited until: wirewatch source resume {name}"
        case "failing":
            yield "It is tried again, more seldom the longer it fails."
            if health.rest is None and _waits(health):
                yield f"Visit it now: wirewatch source resume {name}"
            yield f"See what it answers: wirewatch source try {name}"
            yield f"Leave it alone: wirewatch source pause {name}"
        case "overdue":
            yield _AS_BEFORE
            yield f"See what it answers: wirewatch source try {name}"
        case "gaps":
            yield _SOONER if _adapts(health) else _WRITTEN
            if (rolls := health.rolls_over_in) is not None:
                yield f"All that it lists was replaced within about {length(rolls)}."
                if not _adapts(health):
                    yield f'Often enough would be: every = "{_often_enough(rolls)}"'
        case _:
            return


def _waits(health: Health) -> bool:
    at = health.source.next_visit_at
    return at is not None and at - health.now >= A_WHILE


def _adapts(health: Health) -> bool:
    settings = health.source.settings
    return settings.every is None and settings.cron is None


def _often_enough(rolls: timedelta) -> str:
    """Return half of the time in which it rolls over, as wirewatch.toml has it."""
    half = rolls / 2
    unit = timedelta(minutes=1) if half >= timedelta(minutes=2) else timedelta(seconds=1)
    return written(max(half // unit, 1) * unit)

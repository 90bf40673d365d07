"""Cron as crontab(5) has it, computed by APScheduler.

Five fields, or six with seconds first. Where APScheduler and crontab differ, crontab wins: Sunday
is 0 and 7, and where both kinds of day are restricted, either will do. An hour that daylight
saving skips is made up for right after, and one that comes twice counts once, unless every hour
was meant.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from apscheduler.triggers.cron import CronTrigger

_FIELDS = ("second", "minute", "hour", "day", "month", "day_of_week")
_WORDS = {
    "second": "a second (0-59)",
    "minute": "a minute (0-59)",
    "hour": "an hour (0-23)",
    "day": "a day of the month (1-31)",
    "month": "a month (1-12 or jan-dec)",
    "day_of_week": "a day of the week (0-7 or sun-sat)",
}
_SHORTHANDS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_DAY_RANGE = re.compile(r"(\*|[0-7]|[a-z]{3})(?:-([0-7]|[a-z]{3}))?(?:/([1-7]))?")
_PLAIN = re.compile(r"[0-9a-z*,/-]+")
_SMALLEST = timedelta(microseconds=1)


def next_time(cron: str, timezone: str, after: datetime) -> datetime:
    """Return the first moment later than `after` (aware) that `cron` names in `timezone`, in UTC.

    Raises ValueError for what `cron_fault` finds wrong.
    """
    zone, triggers, is_hourly = _read(cron, timezone)
    moments = [_next(trigger, zone, after, is_hourly=is_hourly) for trigger in triggers]
    return min(moments)


def cron_fault(cron: str, timezone: str) -> str | None:
    """Say what is wrong with `cron` or `timezone` (an IANA name), None if nothing is."""
    try:
        next_time(cron, timezone, datetime(2000, 1, 1, tzinfo=UTC))
    except ValueError as error:
        return str(error)
    return None


def _next(trigger: CronTrigger, zone: ZoneInfo, after: datetime, *, is_hourly: bool) -> datetime:
    while True:
        found = trigger.get_next_fire_time(None, after + _SMALLEST)
        if found is None:
            raise ValueError("this cron names no moment that ever comes")
        moment: datetime = found.astimezone(UTC)
        if is_hourly or moment.astimezone(zone).fold == 0:
            return moment
        after = moment


@lru_cache(maxsize=4_096)
def _read(cron: str, timezone: str) -> tuple[ZoneInfo, tuple[CronTrigger, ...], bool]:
    try:
        zone = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f'there is no time zone "{timezone}"') from error
    values = _SHORTHANDS.get(cron.strip().lower(), cron).lower().split()
    if len(values) == len(_FIELDS) - 1:
        values.insert(0, "0")
    if len(values) != len(_FIELDS):
        raise ValueError(f"a cron has five fields, or six with seconds first; not {len(values)}")
    fields = dict(zip(_FIELDS, values, strict=True))
    fields["day_of_week"] = _weekdays(fields["day_of_week"])
    for name, value in fields.items():
        _check(name, value)
    choices = [fields]
    if fields["day"] != "*" and fields["day_of_week"] != "*":
        choices = [{**fields, "day": "*"}, {**fields, "day_of_week": "*"}]
    triggers = tuple(CronTrigger(**choice, timezone=zone) for choice in choices)
    return zone, triggers, fields["hour"].startswith("*")


def _check(name: str, value: str) -> None:
    """Raise ValueError in our words; APScheduler's name neither field nor range."""
    fault = f'"{value}" is not {_WORDS[name]}'
    if not _PLAIN.fullmatch(value) or "last" in value:
        raise ValueError(fault)
    try:
        CronTrigger(**{name: value}, timezone=UTC)
    except ValueError as error:
        raise ValueError(fault) from error


def _weekdays(text: str) -> str:
    """Name the days of a crontab's field, whose numbers count from Sunday."""
    if text == "*":
        return text
    days: set[int] = set()
    for piece in text.split(","):
        days.update(_days_in(piece, text))
    return "*" if len(days) == len(_DAYS) else ",".join(_DAYS[day] for day in sorted(days))


def _days_in(piece: str, text: str) -> set[int]:
    found = _DAY_RANGE.fullmatch(piece)
    names = (found[1], found[2]) if found else ()
    if found is None or any(n and n.isalpha() and n not in _DAYS for n in names):
        raise ValueError(f'"{text}" is not {_WORDS["day_of_week"]}')
    first = 0 if found[1] == "*" else _number(found[1])
    last = _number(found[2]) if found[2] else (6 if found[1] == "*" or found[3] else first)
    if last < first:  # sat-mon
        last += 7
    return {day % 7 for day in range(first, last + 1, int(found[3] or 1))}


def _number(name: str) -> int:
    return int(name) if name.isdigit() else _DAYS.index(name)

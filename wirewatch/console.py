"""Events for the eye and for machines: one line each, with the command to try next on a fault."""

import contextlib
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Literal, TextIO, TypeAlias, assert_never

from news.clock import Clock, utc_now
from news.typed import typed
from wirewatch.cli.source_words import shown
from wirewatch.events import (
    AlertHeld,
    AlertTold,
    ArticleOwed,
    DeliveryTried,
    EntryGivenUp,
    Event,
    HeldTold,
    NetworkTurned,
    NoticeGiven,
    SectionTurned,
    SourceMoved,
    SourceRecovered,
    SourceVisited,
    Tell,
    VisitFailed,
)
from wirewatch.inert import inert, inert_json
from wirewatch.moments import HOUR

LogFormat: TypeAlias = Literal["text", "json"]

A_WHILE = timedelta(minutes=5)
"""Whoever has mended a source does not want to wait for its next visit for so long."""

_A_DAY = timedelta(days=1)


def teller(form: LogFormat, out: TextIO | None = None, clock: Clock = utc_now) -> Tell:
    """Return what prints each event to `out` (standard output) as it happens."""
    stream = out or sys.stdout
    as_line: Callable[[Event, datetime], str | None] = as_json if form == "json" else as_text

    def tell(event: Event) -> None:
        line = as_line(event, clock())
        # Nobody may read any more (a closed pipe, a full disk); the work goes on without words.
        with contextlib.suppress(OSError, ValueError):
            if line is not None:
                print(line, file=stream, flush=True)

    return tell


def as_json(event: Event, at: datetime) -> str:
    """Return `event` as one JSON object with its name and time (UTC)."""
    fields = {"event": type(event).__name__, "at": at.isoformat(), **asdict(event)}
    return inert_json(json.dumps(fields, ensure_ascii=False, default=datetime.isoformat))


def as_text(event: Event, at: datetime) -> str | None:
    """Return `event` as a line for people, in local time; None for what would only fill the page.

    What strangers wrote is inert in it: no control characters, no escape sequences.
    """
    words = _words(event, at)
    return None if words is None else f"{at.astimezone():%H:%M:%S}  {inert(words)}"


def _words(event: Event, now: datetime) -> str | None:
    match event:
        case SourceVisited():
            return _visited(event, now)
        case VisitFailed():
            return _failed(event, now)
        case SourceMoved() | SourceRecovered() | SectionTurned() | NetworkTurned() | NoticeGiven():
            return _turned(event)
        case ArticleOwed():
            return f"{event.publisher}: {event.title}  [{event.note}]" if event.note else None
        case AlertTold() | AlertHeld() | HeldTold():
            return _alert(event, now)
        case EntryGivenUp():
            return f"{event.source}: nothing to read at {event.url}: {event.reason}"
        case DeliveryTried():
            return _tried(event, now)
        case _:
            assert_never(event)


def _visited(event: SourceVisited, now: datetime) -> str:
    changed = f", {event.changed} changed" if event.changed else ""
    old = f", {event.old} of them older than catch_up, so they raise nothing" if event.old else ""
    lost = ""
    if event.lost_since is not None:
        since = f"{event.lost_since.astimezone():%Y-%m-%d %H:%M:%S}"
        since = since[11:] if now - event.lost_since < _A_DAY else since[:-3]
        again = f"; next visit in {span(event.next_at, now)}" if event.next_at else ""
        lost = f", and none that it told before: some since {since} may be lost{again}"
    return f"{event.source}: {event.new} new{changed}{old}{lost} ({event.ms} ms)"


def _alert(event: AlertTold | AlertHeld | HeldTold, now: datetime) -> str:
    match event:
        case AlertTold():
            about = f"{event.title} ({event.publisher})"
            return f"ALERT {event.watch}: {about} → {_recipients(event.channels)}"
        case AlertHeld():
            until = f"{event.until.astimezone():%Y-%m-%d %H:%M:%S}"
            until = until if event.until - now < HOUR else until[:-3]
            about = f"{event.title} ({event.publisher})"
            return f"HELD {event.watch}: {about}, until {until} by {event.silence}"
        case HeldTold():
            held = "1 alert" if event.alerts == 1 else f"{event.alerts} alerts"
            to = _recipients(event.channels)
            return f"ALERT {event.watch}: {held} that {event.silence} held → {to}"
        case _:
            assert_never(event)


def _recipients(channels: Sequence[str]) -> str:
    return ", ".join(channels) or "nobody: the watch names no channel that there is"


def _turned(
    event: SourceMoved | SourceRecovered | SectionTurned | NetworkTurned | NoticeGiven,
) -> str:
    if isinstance(event, SourceMoved):
        return _moved(event.source, event.to)
    if isinstance(event, NoticeGiven):
        return f"NOTICE {event.source}: {event.words}"
    if isinstance(event, SourceRecovered):
        return f"{event.source}: answers again after {_times(event.failures)}"
    if isinstance(event, SectionTurned):
        if event.reason is None:
            return f"{event.source}: its section {event.section} answers again"
        hint = f"wirewatch source show {typed(event.source, event.id)}"
        head = f"{event.source}: its section {event.section} fails: {event.reason}"
        return f"{head}; it is tried again. See: {hint}"
    if event.down:
        return "the network seems down: nothing answers. No source is blamed; all are tried soon"
    return "the network is back; sources missed meanwhile are visited within minutes"


def _moved(source: str, to: str | None) -> str:
    if to is None:
        return f"{source}: is asked at its own address again, and not where it had moved to"
    return (
        f"{source}: moved for good to {shown(to)}, and is asked there. See: wirewatch source list"
    )


def _failed(event: VisitFailed, now: datetime) -> str:
    again = f"; next visit in {span(event.next_at, now)}" if event.next_at else ""
    times = f" ({_times(event.failures)} in a row)" if event.failures > 1 else ""
    name = typed(event.source, event.id)
    hint = f"wirewatch source try {name}"
    if event.next_at and event.next_at - now >= A_WHILE:
        hint += f"; once it is mended: wirewatch source resume {name}"
    return f"{event.source}: {event.reason}{times}{again}. Try: {hint}"


def _tried(event: DeliveryTried, now: datetime) -> str | None:
    if event.arrived:
        after = f" at attempt {event.attempt}" if event.attempt > 1 else ""
        after = f" again on replay{after}" if event.replayed else after
        return f"{event.channel}: took {event.delivery}{after}" if after else None
    again = f"again in {span(event.next_at, now)}" if event.next_at else "kept for replay"
    return (
        f"{event.channel}: {event.delivery} did not arrive: {event.words}; {again}. "
        f"Try: wirewatch channel test {typed(event.channel)}"
    )


def _times(count: int) -> str:
    return "1 failure" if count == 1 else f"{count} failures"


def span(until: datetime, now: datetime) -> str:
    """Return the time from `now` to `until` for people: `40 s`, `5 min`, `3 h`, `2 days`."""
    seconds = max(0, round((until - now).total_seconds()))
    for size, name in ((172_800, "days"), (7_200, "h"), (120, "min")):
        if seconds >= size:
            return f"{round(seconds / {'days': 86_400, 'h': 3_600, 'min': 60}[name])} {name}"
    return f"{seconds} s"


def as_size(count: int) -> str:
    """Return bytes for people: `12 kB`, `3.4 MB`."""
    for unit, name in ((1_000_000_000, "GB"), (1_000_000, "MB")):
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return f"{count // 1_000} kB"

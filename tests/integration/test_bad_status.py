"""Servers that answer with anything but a document: asked again politely, dropped never.

FAULTS.md "status", row by row, through client, reader, cadence and archive; the pure decisions have
their tables in tests/unit/scheduler/test_cadence.py and tests/unit/news/test_retry_after.py:

| case | held by |
|---|---|
| 304 always | `test_304_always` |
| 400–503, refused, reset, DNS (TLS: test_guarded_client.py) | `FAULTS` |
| 410 | `test_gone_stops_and_says_so` |
| Retry-After as seconds, date, garbage, negative, huge | `WAITS` |
| flapping | `test_flapping_loses_and_repeats_nothing` |
| back-off, never dropped silently | `test_back_off_doubles_to_a_day_and_ends_never` |

Articles: tests/integration/test_bad_pages.py.
"""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from archive.database import Database
from tests.integration.bad_server import (
    Answer,
    bad_server,
    closed_port,
    garbage,
    reset,
    status,
)
from tests.integration.bad_world import BadWorld, bad_world, feed, item
from tests.integration.raw_server import answer
from wirewatch.events import SourceRecovered, VisitFailed

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WELL = answer(feed(item()), Content_Type="text/xml")
UNCHANGED = answer(status="304 Not Modified")
BUSY = status("503 Service Unavailable")


@pytest.fixture
async def world(sqlite_archive: Database) -> AsyncIterator[BadWorld]:
    async with bad_server() as server, bad_world(sqlite_archive, server) as made:
        yield made


def wait_of(world: BadWorld) -> timedelta:
    """Return how long the source is left alone now."""
    due: timedelta = world.source_row().next_visit_at - world.now
    return due


async def test_304_always(world: BadWorld) -> None:
    world.read_from(world.server.will("/feed", UNCHANGED), every=10 * MINUTE)
    await world.poll(3)
    row = world.source_row()
    assert (row.failures, row.failing_since, row.paused_reason) == (0, None, None)
    assert wait_of(world) == 10 * MINUTE
    assert "if-none-match" not in world.server.heads["/feed"]


@pytest.mark.parametrize(
    "sent",
    [
        answer(feed(item()), status="304 Not Modified"),
        b"HTTP/1.1 304 Not Modified\r\n\r\n<html>nothing new</html>",
    ],
    ids=["counted", "uncounted"],
)
async def test_a_304_with_a_body_says_no_more_than_one_without(
    world: BadWorld, sent: bytes
) -> None:
    world.read_from(world.server.will("/feed", sent), every=10 * MINUTE)
    await world.poll(3)
    row = world.source_row()
    assert (row.failures, row.last_reason) == (0, None)
    assert world.titles_told() == []


async def test_what_was_not_modified_is_not_sent_again(world: BadWorld) -> None:
    first = answer(feed(item()), Content_Type="text/xml", ETag='"a"')
    world.read_from(world.server.will("/feed", first, UNCHANGED))
    await world.poll(3)
    assert 'if-none-match: "a"' in world.server.heads["/feed"]
    assert world.titles_told() == ["A story"]


FAULTS: dict[str, tuple[Answer, str]] = {
    **{
        f"HTTP {code}": (status(f"{code} Words"), f"HTTP {code}")
        for code in (400, 401, 402, 403, 404, 405, 406, 418, 429, 451, 500, 501, 502, 503, 504, 599)
    },
    "201": (status("201 Created"), "HTTP 201"),
    "204": (answer(status="204 No Content"), "HTTP 204"),
    "205": (answer(status="205 Reset Content"), "HTTP 205"),
    "206": (status("206 Partial Content"), "HTTP 206"),
    "300": (status("300 Multiple Choices"), "HTTP 300"),
    "a redirect to nowhere": (status("302 Found"), "HTTP 302"),
    "a redirect to a file": (status("302 Found", Location="file:///etc/passwd"), "redirected to"),
    "a redirect inside": (status("301 Moved", Location="http://10.0.0.1/"), "10.0.0.1"),
    "a redirect to itself": (status("302 Found", Location="/feed"), "more than 5 redirects"),
    "a status of nonsense": (b"HTTP/1.1 banana\r\n\r\n", "what came back is not HTTP"),
    "no HTTP at all": (garbage, "what came back is not HTTP"),
    "a connection that breaks off": (reset, "connection closed without an answer"),
}


@pytest.mark.parametrize(("sent", "reason"), FAULTS.values(), ids=FAULTS)
async def test_a_fault_is_said_and_tried_again_later(
    world: BadWorld, sent: Answer, reason: str
) -> None:
    world.read_from(world.server.will("/feed", sent), every=10 * MINUTE)
    await world.poll(3)
    row = world.source_row()
    assert reason in row.last_reason
    assert row.failures == 3
    assert row.paused_reason is None
    assert wait_of(world) == 40 * MINUTE
    failed = [event for event in world.events if isinstance(event, VisitFailed)]
    assert [event.failures for event in failed] == [1, 2, 3]
    assert {event.next_at for event in failed} >= {row.next_visit_at}


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1:{closed}/feed", "connection refused by 127.0.0.1:{closed}"),
        ("http://nowhere.test/feed", "the DNS"),
    ],
)
async def test_who_cannot_be_reached_is_tried_again(world: BadWorld, url: str, reason: str) -> None:
    closed = await closed_port()
    world.read_from(url.format(closed=closed), every=10 * MINUTE)
    await world.poll(2)
    row = world.source_row()
    assert row.last_reason.startswith(reason.format(closed=closed))
    assert row.next_visit_at > world.now
    assert row.paused_reason is None


async def test_gone_stops_and_says_so(world: BadWorld) -> None:
    world.read_from(world.server.will("/feed", WELL, status("410 Gone")))
    await world.poll(2)
    row = world.source_row()
    assert row.next_visit_at is None
    assert row.paused_reason == "the feed is gone for good (HTTP 410); it is not visited again"
    told = [event for event in world.events if isinstance(event, VisitFailed)]
    assert [event.next_at for event in told] == [None]
    assert world.titles_told() == ["A story"]
    assert world.server.asked["/feed"] == 2


WAITS: dict[str, tuple[str, timedelta]] = {
    "seconds": ("7200", 2 * HOUR),
    "seconds and blanks": ("  7200  ", 2 * HOUR),
    "less than the usual rest": ("30", 10 * MINUTE),
    "a date": ("Mon, 23 Nov 2026 09:00:00 GMT", 3 * HOUR),
    "a date that has passed": ("Mon, 23 Nov 2020 09:00:00 GMT", 10 * MINUTE),
    "a date without a zone": ("Mon, 23 Nov 2026 09:00:00", 10 * MINUTE),
    "garbage": ("soon, please", 10 * MINUTE),
    "nothing": ("", 10 * MINUTE),
    "zero": ("0", 10 * MINUTE),
    "negative": ("-7200", 10 * MINUTE),
    "a fraction": ("7200.5", 10 * MINUTE),
    "other digits": ("٧٢٠٠".encode().decode("latin-1"), 10 * MINUTE),
    "a week": ("604800", DAY),
    "for ever": ("9" * 4_000, DAY),
    "a date in ten years": ("Sun, 23 Nov 2036 09:00:00 GMT", DAY),
}


@pytest.mark.parametrize(
    "line", ["429 Too Many Requests", "503 Service Unavailable", "403 Forbidden"]
)
@pytest.mark.parametrize(("header", "wait"), WAITS.values(), ids=WAITS)
async def test_retry_after_is_obeyed_up_to_a_day(
    world: BadWorld, line: str, header: str, wait: timedelta
) -> None:
    sent = answer(status=line, Retry_After=header).decode().encode("latin-1", "replace")
    world.read_from(world.server.will("/feed", sent), every=10 * MINUTE)
    await world.poll()
    asked = wait_of(world)
    assert wait <= asked <= max(wait, 10 * MINUTE) + MINUTE
    assert world.source_row().paused_reason is None


async def test_flapping_loses_and_repeats_nothing(world: BadWorld) -> None:
    documents = [
        answer(feed(*(item(f"Story {n}", f"/{n}") for n in range(k)))) for k in range(1, 5)
    ]
    flapping = [sent for document in documents for sent in (document, BUSY, reset, reset)]
    world.read_from(world.server.will("/feed", *flapping, documents[-1]), every=10 * MINUTE)
    await world.poll(14)
    assert sorted(world.titles_told()) == [f"Story {n}" for n in range(4)]
    assert world.source_row().failures == 0
    recovered = [event for event in world.events if isinstance(event, SourceRecovered)]
    assert len(recovered) >= 3


async def test_back_off_doubles_to_a_day_and_ends_never(world: BadWorld) -> None:
    world.read_from(world.server.will("/feed", BUSY), every=10 * MINUTE)
    waits = []
    for _ in range(14):
        await world.poll()
        waits.append(wait_of(world))
    doubled = [min(10 * MINUTE * 2**n, DAY) for n in range(14)]
    assert waits == doubled
    assert world.source_row().failing_since is not None
    world.server.will("/feed", WELL)
    await world.poll()
    assert wait_of(world) == 10 * MINUTE
    assert world.titles_told() == ["A story"]

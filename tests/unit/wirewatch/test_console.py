"""Events as lines, for the eye and for machines."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from wirewatch.console import as_json, as_size, as_text, span, teller
from wirewatch.events import (
    AlertHeld,
    AlertTold,
    ArticleOwed,
    DeliveryTried,
    EntryGivenUp,
    Event,
    HeldTold,
    NetworkTurned,
    SectionTurned,
    SourceMoved,
    SourceRecovered,
    SourceVisited,
    VisitFailed,
)

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
LOST = (
    "Example: 30 new, and none that it told before: some since "
    f"{(NOW - timedelta(days=3)).astimezone():%Y-%m-%d %H:%M} may be lost; next visit in 2 min "
    "(40 ms)"
)
SHORT, LONG = timedelta(minutes=4), timedelta(minutes=5)
SOON = NOW + timedelta(seconds=30)
OWED = ArticleOwed(
    article="ar_1",
    url="https://example.org/a",
    title="Six coffins",
    publisher="Example",
    source="Example news",
    note="",
    revised=False,
)
TRIED = DeliveryTried(
    delivery="dl_7", channel="desk", arrived=False, words="HTTP 500", attempt=1, next_at=SOON
)


NOBODY = "nobody: the watch names no channel that there is"
SOON_HERE = f"{SOON.astimezone():%Y-%m-%d %H:%M:%S}"
HELD = AlertHeld(
    alert="al_1",
    watch="Troops",
    title="Six coffins",
    publisher="Example",
    url="https://example.org/a",
    silence="silence si_3 (night desk)",
    until=SOON,
)


def told(channels: tuple[str, ...], title: str = "Six coffins") -> AlertTold:
    return AlertTold(
        alert="al_1",
        watch="Troops",
        title=title,
        publisher="Example",
        url="https://example.org/a",
        channels=channels,
    )


def test_who_mends_a_source_that_waits_for_long_need_not_wait() -> None:
    soon, late = (as_text(failed(9, NOW + length), NOW) for length in (SHORT, LONG))
    assert soon is not None
    assert late is not None
    assert soon.endswith("Try: wirewatch source try Example")
    assert late.endswith("once it is mended: wirewatch source resume Example")


def failed(failures: int, next_at: datetime | None) -> VisitFailed:
    return VisitFailed(
        id="so_3", source="Example", reason="HTTP 500", failures=failures, next_at=next_at
    )


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (SourceVisited(source="Example", new=3, changed=0, ms=40), "Example: 3 new (40 ms)"),
        (
            SourceVisited(
                source="Example",
                new=30,
                changed=0,
                ms=40,
                lost_since=NOW - timedelta(days=3),
                next_at=NOW + timedelta(minutes=2),
            ),
            LOST,
        ),
        (
            SourceVisited(source="Example", new=0, changed=2, ms=40),
            "Example: 0 new, 2 changed (40 ms)",
        ),
        (
            SourceMoved(source="Example", to="https://me:pw@new.test/feed"),
            (
                "Example: moved for good to https://new.test/feed, and is asked there. "
                "See: wirewatch source list"
            ),
        ),
        (
            SourceMoved(source="Example", to=None),
            "Example: is asked at its own address again, and not where it had moved to",
        ),
        (SourceRecovered(source="Example", failures=3), "Example: answers again after 3 failures"),
        (
            NetworkTurned(down=True),
            "the network seems down: nothing answers. No source is blamed; all are tried soon",
        ),
        (
            NetworkTurned(down=False),
            "the network is back; sources missed meanwhile are visited within minutes",
        ),
        (told(("desk", "slack")), "ALERT Troops: Six coffins (Example) → desk, slack"),
        (
            told(()),
            f"ALERT Troops: Six coffins (Example) → {NOBODY}",
        ),
        (
            HELD,
            f"HELD Troops: Six coffins (Example), until {SOON_HERE} by silence si_3 (night desk)",
        ),
        (
            HeldTold(watch="Troops", alerts=4, silence="silence si_3", channels=("desk",)),
            "ALERT Troops: 4 alerts that silence si_3 held → desk",
        ),
        (
            HeldTold(watch="Troops", alerts=1, silence="silence si_3", channels=()),
            f"ALERT Troops: 1 alert that silence si_3 held → {NOBODY}",
        ),
        (
            EntryGivenUp(source="Example", url="https://example.org/a", reason="HTTP 404"),
            "Example: nothing to read at https://example.org/a: HTTP 404",
        ),
    ],
)
def test_an_event_is_one_line(event: Event, line: str) -> None:
    printed = as_text(event, NOW)
    assert printed is not None
    assert printed[8:] == f"  {line}"


def test_what_would_only_fill_the_page_is_left_out() -> None:
    arrived = DeliveryTried(
        delivery="dl_7", channel="desk", arrived=True, words="delivered", attempt=1, next_at=None
    )
    assert as_text(OWED, NOW) is None
    assert as_text(arrived, NOW) is None


def test_a_fault_ends_with_when_and_what_to_try() -> None:
    printed = as_text(failed(1, SOON), NOW)
    assert printed is not None
    assert printed.endswith("HTTP 500; next visit in 30 s. Try: wirewatch source try Example")
    again = as_text(failed(4, SOON), NOW)
    assert again is not None
    assert "(4 failures in a row)" in again
    never = as_text(failed(1, None), NOW)
    assert never is not None
    assert never.endswith("HTTP 500. Try: wirewatch source try Example")
    late = as_text(TRIED, NOW)
    assert late is not None
    assert late.endswith("HTTP 500; again in 30 s. Try: wirewatch channel test desk")


def test_what_strangers_wrote_steers_nothing() -> None:
    printed = as_text(told(("desk",), title="\x1b[2JGone\r\nERROR forged"), NOW)
    assert printed is not None
    assert "\x1b" not in printed
    assert "\n" not in printed


def test_a_machine_gets_one_object_an_event() -> None:
    out = io.StringIO()
    tell = teller("json", out, clock=lambda: NOW)
    tell(TRIED)
    tell(told(("desk",), title="Ким\u2028"))
    first, second = map(json.loads, out.getvalue().splitlines())
    assert first["event"] == "DeliveryTried"
    assert first["at"] == "2026-11-23T06:00:00+00:00"
    assert first["next_at"] == SOON.isoformat()
    assert second["title"] == "Ким\u2028"
    assert json.loads(as_json(OWED, NOW))["article"] == "ar_1"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-5, "0 s"), (40, "40 s"), (300, "5 min"), (10_800, "3 h"), (200_000, "2 days")],
)
def test_spans_of_time(seconds: int, words: str) -> None:
    assert span(NOW + timedelta(seconds=seconds), NOW) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 kB"), (278_528, "278 kB"), (3_400_000, "3.4 MB"), (2 * 10**9, "2.0 GB")],
)
def test_sizes(count: int, words: str) -> None:
    assert as_size(count) == words


def test_a_section_that_fails_is_told_with_what_to_look_at_and_when_it_answers_again() -> None:
    def line(reason: str | None) -> str:
        place = "https://press.test/nosuch"
        text = as_text(SectionTurned(id="so_1", source="Press", section=place, reason=reason), NOW)
        return (text or "")[10:]

    assert line("there is nothing at this address (HTTP 404)") == (
        "Press: its section https://press.test/nosuch fails: there is nothing at this address "
        "(HTTP 404); it is tried again. See: wirewatch source show Press"
    )
    assert line(None) == "Press: its section https://press.test/nosuch answers again"

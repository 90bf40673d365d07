"""What is said of an address that nobody told, or that was told and not read yet."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from archive.gaps import PastGap
from archive.source_figures import SourceFigures
from archive.why import Findings, ToldEntry
from wirewatch.cli.options import Manner
from wirewatch.cli.screen import Screen
from wirewatch.cli.untold import unfinished, untold

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
URL = "https://www.theguardian.com/world/1"
PIPE = Screen(manner=Manner(), terminal=False, clock=lambda: NOW)
TERMINAL = Screen(manner=Manner(), terminal=True, clock=lambda: NOW)
GUARDIAN = SourceFigures(
    id=1,
    name="Guardian",
    url="https://www.theguardian.com/world/rss",
    paused_reason=None,
    visits=214,
    good=214,
    entries=80,
    last_visit_at=NOW - timedelta(minutes=2),
    last_reason=None,
    newest_entry_at=NOW - timedelta(hours=3),
)
TOLD = ToldEntry(
    id=1,
    source=1,
    source_name="Guardian",
    url=URL,
    title="A story",
    published=None,
    noted_at=NOW - timedelta(minutes=5),
    state="noted",
    attempts=0,
    due_at=NOW - timedelta(minutes=5),
    reason=None,
    article=None,
)


def lines(*sources: SourceFigures, url: str = URL, configured: int = 3) -> list[str]:
    return list(untold(PIPE, url, Findings(sources=sources), configured))


def test_the_sources_that_might_have_told_it() -> None:
    assert lines(GUARDIAN) == [
        "No source of yours told it.",
        (
            "Guardian (https://www.theguardian.com/world/rss) was read 214 times in the last day, "
            "last 2026-11-23T05:58:00Z; newest item 2026-11-23T03:00:00Z."
        ),
        "The address is not among the items that were read there.",
        (
            "Try: wirewatch source try Guardian, or a page that lists it: "
            "wirewatch source add ADDRESS --kind list"
        ),
    ]


def test_a_gap_in_which_it_may_have_been_lost_is_named() -> None:
    gaps = (
        PastGap(since=NOW - timedelta(hours=2), until=NOW - timedelta(hours=1)),
        PastGap(since=NOW - timedelta(hours=9), until=NOW - timedelta(hours=8)),
    )
    assert (
        "What Guardian listed was replaced between 2026-11-23T04:00:00Z and 2026-11-23T05:00:00Z, "
        "and between 2026-11-22T21:00:00Z and 2026-11-22T22:00:00Z; it may have been lost then."
    ) in lines(replace(GUARDIAN, gaps=gaps))


@pytest.mark.parametrize(
    ("configured", "words"),
    [(3, "None of your sources (3) belongs to theguardian.com."), (0, "There are no sources yet.")],
)
def test_nobody_might_have_told_it(configured: int, words: str) -> None:
    assert lines(configured=configured)[1] == words


def test_what_to_try_holds_no_password() -> None:
    assert lines(url="http://kim:secret@a.test:8080/x?key=1")[-1] == (
        "Try: wirewatch source add http://a.test:8080/"
    )


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"paused_reason": "HTTP 410"}, "rests: HTTP 410."),
        ({"last_visit_at": None}, "was never visited so far."),
        ({"good": 200, "last_reason": "HTTP 503"}, ", 14 of them in vain (HTTP 503), last "),
        ({"newest_entry_at": None}, "; no item so far."),
        ({"visits": 1, "good": 1}, "was read once in the last day, "),
    ],
)
def test_how_a_source_is_doing(changed: dict[str, Any], words: str) -> None:
    assert words in lines(replace(GUARDIAN, **changed))[1]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "its page is still to be read."),
        ({"state": "reading", "attempts": 1}, "its page is being read."),
        (
            {"attempts": 2, "due_at": NOW + timedelta(minutes=9), "reason": "HTTP 503"},
            "its page was tried 2 times and is tried again 2026-11-23T06:09:00Z (HTTP 503).",
        ),
        ({"attempts": 1}, "its page was tried once and is tried again now."),
        (
            {"article": 7, "attempts": 2, "due_at": NOW + timedelta(minutes=9)},
            "its page is read once more 2026-11-23T06:09:00Z.",
        ),
        ({"article": 7, "attempts": 0}, "its page is read once more now."),
        ({"state": "given_up", "reason": "HTTP 404"}, "it was given up (HTTP 404)."),
        ({"state": "given_up"}, "it was given up: there was nothing to read."),
        ({"state": "done"}, "05:55:00Z."),
    ],
)
def test_how_far_an_entry_has_come(changed: dict[str, Any], words: str) -> None:
    said = unfinished(PIPE, replace(TOLD, **changed))
    assert said.startswith("Guardian told it 2026-11-23T05:55:00Z")
    assert said.endswith(words)


def test_on_a_terminal_times_are_told_both_ways() -> None:
    said = unfinished(TERMINAL, TOLD)
    assert said.startswith(f"Guardian told it {TERMINAL.at(TOLD.noted_at)}, 5 min ago; ")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (
            {"failing_since": NOW - timedelta(hours=2), "next_visit_at": NOW + timedelta(hours=1)},
            [
                (
                    "It has failed since 2026-11-23T04:00:00Z; "
                    "its next visit comes 2026-11-23T07:00:00Z."
                ),
                "See what it answers: wirewatch source try Guardian",
            ],
        ),
        (
            {"next_visit_at": NOW},
            ["Its next visit is due now.", "See what it answers: wirewatch source try Guardian"],
        ),
        ({"paused_reason": "by hand"}, ["Visit it again: wirewatch source resume Guardian"]),
    ],
)
def test_a_source_that_is_asked_about_says_what_comes_next(
    changed: dict[str, Any], words: list[str]
) -> None:
    assert lines(replace(GUARDIAN, **changed), url="so_1")[1:] == words

"""Whether the network is down, told from visits one after the other."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from news.source import DueSource, Rhythm, SourceSettings, Validators
from news.visit import Failed, Outcome, Unchanged, Visit
from scheduler.reach import Reach, Turn

AT = datetime(2024, 11, 5, tzinfo=UTC)
ANSWERS: dict[str, Outcome] = {
    "silent": Failed(reason="no way", unreachable=True),
    "fails": Failed(reason="HTTP 500"),
    "answers": Unchanged(validators=Validators()),
}


def source(host: str, failures: int = 0) -> DueSource:
    return DueSource(
        id=1,
        settings=SourceSettings(name=host, kind="feed", url=f"https://{host}.test/rss"),
        validators=Validators(),
        rhythm=Rhythm(failures=failures),
        added_at=AT,
        claim_no=1,
        first_visit=False,
    )


def visited(reach: Reach, story: str) -> list[Turn | None]:
    """Let hosts do what is said of them: `a silent, b answers`."""
    turns = []
    for line in story.split(", "):
        host, _, deed = line.partition(" ")
        turns.append(reach.noted(source(host), Visit(at=AT, outcome=ANSWERS[deed])))
    return turns


@pytest.mark.parametrize(
    ("story", "down"),
    [
        ("a silent, b silent", False),
        ("a silent, b silent, c silent", True),
        ("a silent, a silent, a silent, a silent", False),
        ("a silent, b silent, a silent", True),
        ("c answers, a silent, b silent, a silent, b silent", False),
        ("c answers, a silent, b silent, a silent, c silent", True),
        ("a silent, b silent, c answers, d silent", False),
        ("a silent, b silent, c fails, d silent, e silent", False),
        ("a fails, b fails, c fails", False),
        ("a silent, b silent, c silent, d answers", False),
        ("a silent, b silent, c silent, d fails", False),
        ("a silent, b silent, c silent, d silent", True),
    ],
)
def test_many_hosts_that_are_silent_at_once_mean_the_network(story: str, down: bool) -> None:
    reach = Reach()
    visited(reach, story)
    assert reach.down is down


def test_each_turn_is_told_once() -> None:
    story = "a silent, b silent, c silent, d silent, a answers, b answers"
    assert visited(Reach(), story) == [None, None, Turn.DOWN, None, Turn.BACK, None]


def test_an_outage_may_come_again() -> None:
    turns = visited(Reach(), ", ".join(["a silent, b silent, c silent, a answers"] * 2))
    assert turns.count(Turn.DOWN) == turns.count(Turn.BACK) == 2


def test_sources_that_are_long_dead_say_nothing_of_the_network() -> None:
    reach = Reach()
    for host in "abcdef":
        silent = Visit(at=AT, outcome=ANSWERS["silent"])
        assert reach.noted(source(host, failures=2), silent) is None
    assert not reach.down


def test_only_silence_is_excused_and_only_in_an_outage() -> None:
    reach = Reach()
    silent = Visit(at=AT, outcome=ANSWERS["silent"])
    assert not reach.excuses(silent)
    visited(reach, "a silent, b silent, c silent")
    assert reach.excuses(silent)
    assert not reach.excuses(replace(silent, outcome=ANSWERS["fails"]))

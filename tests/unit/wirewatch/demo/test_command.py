"""`wirewatch demo`: what it prints, and its exit codes; the performance itself is a stand-in."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from wirewatch.cli import demo as command
from wirewatch.cli.main import main
from wirewatch.demo.exhibits import Exhibit
from wirewatch.demo.scorecard import Scorecard, Tally
from wirewatch.demo.script import Script
from wirewatch.demo.shouts import Shout
from wirewatch.demo.show import Audience, Ending
from wirewatch.demo.stage import StageError

EXACT = Scorecard(
    published=3,
    noted=3,
    expected=2,
    received=2,
    missed=(),
    false=(),
    repeated=(),
    altered=(),
    again=1,
    delays=(0.5, 1.25),
    together=Tally(2, 2),
    apart=Tally(3, 4),
)


class Stand:
    """Stands in for the performance, and remembers what it was asked for."""

    def __init__(self, card: Scorecard, *, stopped: bool = True) -> None:
        self.card = card
        self.stopped = stopped
        self.asked: dict[str, Any] = {}
        self.shown = 0

    async def exhibits(self) -> list[Exhibit]:
        self.shown += 1
        return [Exhibit(words=("story", "http://x/1"), answer="Title\x1b[31m\n  2 copies:\n")]

    async def __call__(self, script: Script, *, audience: Audience, **asked: Any) -> Ending:
        self.asked = {**asked, "articles": len(script.happenings)}
        audience.line("wirewatch 0.2.0")
        audience.shout(Shout(seconds=1.5, sort="published", who="Post", words="A\x1b[31mtitle"))
        await audience.ended(self.card, self.exhibits)
        return Ending(card=self.card, stopped=self.stopped)


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    def play(stand: Callable[..., Any], *arguments: str) -> Result:
        monkeypatch.setattr(command, "perform", stand)
        return CliRunner().invoke(main, ["demo", *arguments])

    return play


def test_an_exact_demo_ends_well_with_its_table(play: Callable[..., Result]) -> None:
    result = play(Stand(EXACT))
    assert result.exit_code == 0
    rows = dict(re.findall(r"^(\S.*?)  +([\d.]+(?: s)?)(?:  .*)?$", result.stdout, re.MULTILINE))
    assert rows["published"] == rows["noted"] == "3"
    assert rows["expected alerts"] == rows["received"] == "2"
    assert rows["missed"] == rows["false"] == rows["repeated"] == "0"
    assert rows["p50 from publication to delivery"] == "0.50 s"
    assert rows["p95 from publication to delivery"] == "1.25 s"
    assert "Exact: every alert once, and no other." in result.stdout


@pytest.mark.parametrize(
    "wrong",
    [
        {"missed": ("troops → desk: six-coffins",)},
        {"false": ("desk: story.matched Troops: Football",)},
        {"repeated": ("kim → flaky: minister",)},
        {"altered": ("dl_7",)},
    ],
)
def test_whatever_is_wrong_is_named_and_fails(
    play: Callable[..., Result], wrong: dict[str, tuple[str]]
) -> None:
    result = play(Stand(replace(EXACT, **wrong)))  # type: ignore[arg-type]  # one field at a time
    assert result.exit_code == 1
    ((name, (words,)),) = wrong.items()
    assert f"{name}: {words}" in result.stdout
    assert "Not exact." in result.stdout


def test_an_article_that_was_not_noted_fails(play: Callable[..., Result]) -> None:
    assert play(Stand(replace(EXACT, noted=2))).exit_code == 1


def test_a_run_that_had_to_be_killed_fails(play: Callable[..., Result]) -> None:
    result = play(Stand(EXACT, stopped=False))
    assert result.exit_code == 1
    assert "did not stop within 10 s" in result.stderr


def test_events_are_shown_as_they_happen_and_stay_text(play: Callable[..., Result]) -> None:
    result = play(Stand(EXACT))
    assert "1.5 s  published    Post: A␛[31mtitle" in result.stdout
    assert "│  wirewatch 0.2.0" in result.stdout


def test_json_is_one_object_and_nothing_else(play: Callable[..., Result]) -> None:
    result = play(Stand(EXACT), "--json")
    card = json.loads(result.stdout)
    assert card["exact"] is True
    assert (card["published"], card["received"], card["missed"]) == (3, 2, [])
    assert card["delays"] == {"p50": 0.5, "p95": 1.25}


def test_quiet_leaves_the_table(play: Callable[..., Result]) -> None:
    result = play(Stand(EXACT), "-q")
    assert "published    Post" not in result.stdout
    assert result.stdout.lstrip().startswith("published")


def test_pace_length_and_archive_are_as_asked(play: Callable[..., Result]) -> None:
    usual, asked = Stand(EXACT), Stand(EXACT)
    play(usual)
    play(asked, "--fast", "--articles", "4", "--archive", "postgresql://db/x")
    assert usual.asked["beat"] == timedelta(seconds=1.5)
    assert asked.asked["beat"] == timedelta(seconds=0.5)
    assert (usual.asked["archive"], asked.asked["archive"]) == (None, "postgresql://db/x")
    assert asked.asked["articles"] < usual.asked["articles"]


def test_its_folder_is_gone_afterwards(play: Callable[..., Result]) -> None:
    stand = Stand(EXACT)
    play(stand)
    assert not Path(stand.asked["folder"]).exists()


def test_a_demo_that_cannot_go_on_says_why(play: Callable[..., Result]) -> None:
    async def broken(*_: object, **__: object) -> Ending:
        raise StageError("wirewatch run ended by itself:\n  no such archive")

    result = play(broken)
    assert result.exit_code == 1
    assert "The demo could not go on: wirewatch run ended by itself" in result.stderr
    assert "no such archive" in result.stderr


def test_what_was_folded_and_what_was_not_is_counted_and_shown(play: Callable[..., Result]) -> None:
    stand = Stand(EXACT)
    out = play(stand).stdout
    meant = "alerts of what several outlets told"
    assert f"stories of several, told once       2 of 2  {meant}\n" in out
    assert "look-alikes, told apart             3 of 4  " in out
    assert "\nwirewatch story http://x/1\n  Title␛[31m\n    2 copies:\n" in out
    assert stand.shown == 1


@pytest.mark.parametrize("flag", ["--json", "--quiet"])
def test_whoever_wants_the_score_alone_is_shown_no_stories(
    play: Callable[..., Result], flag: str
) -> None:
    stand = Stand(EXACT)
    assert "wirewatch story" not in play(stand, flag).stdout
    assert stand.shown == 0

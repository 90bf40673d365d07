"""Alerts are silenced, the silences listed and ended, at a shell."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import alerts, silences
from archive.alerts import NewAlert
from archive.database import Database
from news.alert import AlertKind, AlertState
from news.clock import utc_now
from tests.contract.archive_world import add_article
from tests.journeys.command_line import wirewatch, write
from wirewatch.cli.options import Manner
from wirewatch.cli.screen import Screen
from wirewatch.cli.silence_list import row_of

CONFIGURED = """
timezone = "Asia/Seoul"
[[channel]]
name = "desk"
url = "https://hook.test/"
[[watch]]
name = "Coffins"
query = "coffins"
to = ["desk"]
[[watch]]
name = "list"
query = "soldiers"
"""


@pytest.fixture(autouse=True)
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """Give a folder with a configuration that was applied."""
    monkeypatch.chdir(tmp_path)
    write(CONFIGURED)
    assert wirewatch("apply").code == 0
    database = Database.open(f"sqlite:///{tmp_path / 'wirewatch.db'}")
    yield database
    database.close()


def listed(*words: str) -> list[dict[str, object]]:
    ran = wirewatch("silence", "list", "--json", *words)
    assert ran.code == 0
    return [json.loads(line) for line in ran.out.splitlines()]


def hold(archive: Database, number: int) -> None:
    """Let the silence hold an alert of the first watch."""
    article, now = add_article(archive), utc_now()
    with archive.writing() as conn:
        silence = silences.active_for(conn, watch=1, now=now)
        assert silence is not None
        assert silence.id == number
        new = NewAlert(
            watch=1,
            story=article.story,
            article=article.id,
            kind=AlertKind.STORY,
            reason="held:silence",
            state=AlertState.HELD,
            at=now,
            held_by=silence,
        )
        assert alerts.add(conn, new)


def test_a_watch_is_silenced_for_a_while_and_the_answer_says_until_when() -> None:
    ran = wirewatch("silence", "Coffins", "--for", "1h", "--why", "night  desk")
    assert ran.code == 0, ran.err
    until = datetime.now(UTC) + timedelta(hours=10)  # in Seoul
    assert ran.out.startswith('si_1 holds the alerts of "Coffins" until ')
    assert f"until {until:%Y-%m-%d %H:}" in ran.out
    assert "(Asia/Seoul)" in ran.out
    assert ran.err == "Sooner: wirewatch silence end si_1\n"
    (one,) = listed()
    assert one["state"] == "active"
    assert one["watch"] == {"id": "w_1", "name": "Coffins"}
    assert (one["why"], one["held"], one["ended_at"]) == ("night desk", 0, None)


def test_a_short_one_is_said_to_the_second_and_how_long_it_is() -> None:
    ran = wirewatch("silence", "Coffins", "--for", "30m")
    assert re.search(r"until \S+ \d\d:\d\d:\d\d \(Asia/Seoul\), in (29|30) min\. ", ran.out)


def test_until_is_the_next_such_moment_in_the_zone_of_the_configuration() -> None:
    ran = wirewatch("silence", "--json", "--all", "--until", "08:00")
    told = json.loads(ran.out)
    until = datetime.fromisoformat(told["until"])
    assert (until.hour, until.minute) == (23, 0)
    assert timedelta() < until - utc_now() <= timedelta(days=1)
    assert told["watch"] is None
    assert "every watch" in wirewatch("silence", "list").out


def test_a_silence_is_planned_ahead_and_called_off() -> None:
    ran = wirewatch("silence", "w_1", "--from", "2099-01-01 22:00", "--until", "08:00")
    assert ran.out.startswith(
        'si_1 will hold the alerts of "Coffins" '
        "from 2099-01-01 22:00 until 2099-01-02 08:00 (Asia/Seoul). "
    )
    assert listed()[0]["state"] == "planned"
    assert "planned from 2099-01-01T13:00:00Z" in wirewatch("silence", "list").out
    ended = wirewatch("silence", "end", "si_1")
    assert ended.out == 'si_1 of "Coffins" is called off; it had not begun.\n'
    assert listed()[0]["state"] == "past"
    assert "\tcalled off at " in wirewatch("silence", "list").out
    assert "si_1 was called off at " in wirewatch("silence", "end", "si_1").err
    assert listed("--past", "0") == []


@pytest.mark.parametrize(
    "words",
    [
        ["silence", "add", "list", "--for", "1h"],
        ["-c", "wirewatch.toml", "silence", "--plain", "add", "list", "--for", "1h"],
    ],
)
def test_a_watch_that_has_the_name_of_a_command_is_silenced_all_the_same(words: list[str]) -> None:
    assert 'of "list"' in wirewatch(*words).out


def test_options_before_the_watch_and_shared_ones_are_understood() -> None:
    ran = wirewatch("silence", "--config=wirewatch.toml", "--json", "--for", "1h", "Coffins")
    assert json.loads(ran.out)["id"] == "si_1"
    assert wirewatch("silence", "-c", "wirewatch.toml", "list").code == 0


def test_what_was_held_is_counted_and_due_once_it_ends(archive: Database) -> None:
    wirewatch("silence", "Coffins", "--for", "1h")
    hold(archive, 1)
    assert "\t1 alert\t" in wirewatch("silence", "list").out
    ended = wirewatch("silence", "end", "Coffins")
    assert ended.out == (
        'si_1 of "Coffins" is over; 1 alert that it held is told at once by a running '
        "`wirewatch run`.\n"
    )
    assert "1 alert, 1 still to be told" in wirewatch("silence", "list").out
    (one,) = listed()
    assert (one["state"], one["held"], one["waiting"]) == ("past", 1, 1)


def test_an_end_for_machines_is_one_line_a_silence() -> None:
    for _ in range(2):
        wirewatch("silence", "Coffins", "--for", "1h")
    ended = wirewatch("silence", "end", "Coffins", "--json")
    assert [json.loads(line) for line in ended.out.splitlines()] == [
        {"id": "si_1", "due": 0},
        {"id": "si_2", "due": 0},
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Coffins"], "--for 1h, or --until 08:00"),
        (["Coffins", "--for", "1h", "--until", "08:00"], "one of them"),
        (["--for", "1h"], "Name one watch, or say --all."),
        (["Coffins", "--all", "--for", "1h"], "Name one watch, or say --all."),
        (["Coffin", "--for", "1h"], 'There is no watch "Coffin" (did you mean "Coffins"?)'),
        (["Coffins", "--for", "soon"], '"soon" is no duration'),
        (["Coffins", "--for", "0s"], "without length"),
        (["Coffins", "--until", "25:00"], '--until: "25:00" names no time'),
        (["Coffins", "--until", "2020-01-01"], '--until: "2020-01-01" is over already.'),
        (["Coffins", "--from", "2020-01-01", "--for", "1h"], '--from: "2020-01-01" is over'),
        (["end", "si_9"], 'No silence of "si_9" is there. See `wirewatch silence list`.'),
        (["end", "Coffins"], 'No silence of "Coffins" is there'),
        (["end", "Nobody"], 'There is no watch "Nobody"'),
        (["end"], "Missing argument"),
        (["lst"], "Say how long"),
    ],
)
def test_what_cannot_be_meant_is_said_in_words(words: list[str], said: str) -> None:
    ran = wirewatch("silence", *words)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert listed() == []


def test_an_end_of_what_is_over_or_silenced_with_all_says_so() -> None:
    wirewatch("silence", "--all", "--for", "1h")
    assert "si_1 silences every watch" in wirewatch("silence", "end", "Coffins").err
    assert wirewatch("silence", "end", "si_1").out == "si_1 of every watch is over.\n"
    again = wirewatch("silence", "end", "si_1")
    assert again.code == 2
    assert "si_1 was over at " in again.err


def test_without_words_it_shows_how(archive: Database) -> None:
    assert archive.dialect == "sqlite"
    alone = wirewatch("silence")
    assert alone.code == 2
    assert "hold alerts" in alone.err + alone.out
    for words in (["silence", "-h"], ["silence", "add", "--help"], ["silence", "end", "-h"]):
        assert wirewatch(*words).code == 0
    assert wirewatch("silence", "list").err.startswith("Nothing is silenced.")


def test_why_is_text_and_steers_nothing() -> None:
    wirewatch("silence", "Coffins", "--for", "1h", "--why", "\x1b[2Jnight\r\nERROR")
    out = wirewatch("silence", "list").out
    assert "\x1b" not in out
    assert len(out.splitlines()) == 1


def test_a_terminal_shows_times_as_they_were_said(archive: Database) -> None:
    wirewatch("silence", "Coffins", "--from", "2099-01-01 22:00", "--until", "08:00")
    with archive.reading() as conn:
        (one,) = silences.running(conn, now=utc_now())
    screen = Screen(manner=Manner(no_color=True), terminal=True)
    shown = row_of(screen, one, utc_now(), "Asia/Seoul")
    assert shown[2] == "planned from 2099-01-01 22:00 until 2099-01-02 08:00"

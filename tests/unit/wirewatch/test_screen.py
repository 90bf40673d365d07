"""How commands speak: on a terminal, in a pipe, and to machines."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from wirewatch.cli.options import Manner
from wirewatch.cli.screen import Screen, ago, screen_for
from wirewatch.cli.table import show

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
EVIL = "[bold]a\x1b[31m\u202eb[/bold]\nc"


def screen(manner: Manner | None = None, *, terminal: bool = False) -> Screen:
    return Screen(manner=manner or Manner(), terminal=terminal, clock=lambda: NOW)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "just now"),
        (0.4, "just now"),
        (1, "1 s ago"),
        (59.9, "59 s ago"),
        (300, "5 min ago"),
        (7_200, "2 h ago"),
        (90_000, "1 day ago"),
        (200_000, "2 days ago"),
        (-120, "in 2 min"),
    ],
)
def test_times_for_people(seconds: float, words: str) -> None:
    assert ago(seconds) == words


def test_times_in_a_pipe_are_absolute() -> None:
    seoul = datetime.fromisoformat("2026-11-23T15:00:00+09:00")
    assert screen().ago(seoul) == screen().at(seoul) == "2026-11-23T06:00:00Z"
    assert screen(terminal=True).ago(NOW - timedelta(minutes=5)) == "5 min ago"
    assert screen().both(seoul) == "2026-11-23T06:00:00Z"
    shown = screen(terminal=True).both(NOW - timedelta(minutes=5))
    assert shown == f"{screen(terminal=True).at(NOW - timedelta(minutes=5))}, 5 min ago"
    assert screen().ago(None) == "-"
    assert screen(terminal=True).ago(None) == "never"


def test_what_is_said_keeps_its_lines_and_nothing_that_steers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    screen().say(EVIL, bold=True)
    assert capsys.readouterr().out == "[bold]a␛[31mb[/bold]\nc\n"


def test_remarks_go_beside_the_answer_unless_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    screen().remark("see --since")
    screen(Manner(quiet=True)).remark("unheard")
    assert capsys.readouterr() == ("", "see --since\n")


def test_machines_get_one_value_a_line_with_its_value_kept(
    capsys: pytest.CaptureFixture[str],
) -> None:
    screen().data({"title": EVIL + "김정은", "at": NOW})
    line, rest = capsys.readouterr().out.split("\n")
    assert rest == ""
    assert "\x1b" not in line
    assert "\u202e" not in line
    assert json.loads(line) == {"title": EVIL + "김정은", "at": "2026-11-23T06:00:00Z"}


def test_what_is_no_json_is_a_bug() -> None:
    with pytest.raises(TypeError, match="object is no JSON"):
        screen().data({"x": object()})


def test_a_table_in_a_pipe_is_lines_with_tabs(capsys: pytest.CaptureFixture[str]) -> None:
    show(screen(), ("a", "b"), [("1", EVIL), ("2\t3", "x")])
    assert capsys.readouterr().out == "1\t[bold]a␛[31mb[/bold] c\n2 3\tx\n"


def test_a_table_on_a_terminal_is_aligned_and_inert(capsys: pytest.CaptureFixture[str]) -> None:
    show(
        screen(Manner(no_color=True), terminal=True),
        ("when", "title"),
        [("now", EVIL), ("later", "x")],
    )
    shown = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert shown == ["when   title", "now    [bold]a␛[31mb[/bold] c", "later  x"]


def test_plain_is_a_pipe_also_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert screen_for(Manner()).terminal
    assert not screen_for(Manner(plain=True)).terminal
    assert not screen_for(Manner(no_color=True)).colored

"""What `tail` shows, to whom, and in which words."""

import contextlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import pytest

from archive import trail
from archive.database import Database
from archive.following import Decided, Happened
from archive.notices import KeptNotice
from news.trail import Reason, Step, TrailLine
from tests.contract.archive_world import add_article, add_source, new_article, within
from tests.contract.test_archive_notices import give, notice
from wirewatch.cli.options import Manner
from wirewatch.cli.screen import Screen
from wirewatch.cli.tail import follow, is_shown, show_happened, show_notice

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def decided(code: str, watch: int = 1) -> Decided:
    return Decided(watch=watch, watch_name=f"Watch {watch}", code=code, words=f"it is {code}")


def happened(code: str = "new", *told: Decided) -> Happened:
    return Happened(
        line=9,
        at=NOW,
        code=code,
        article=7,
        title="Coffins\x1b[2J\nof soldiers",
        url="https://yna.test/7",
        publisher="Yonhap",
        decided=told,
    )


@pytest.mark.parametrize(
    ("code", "told", "anyone", "first", "second"),
    [
        ("new", [], True, False, False),
        ("new", [decided("told")], True, True, False),
        ("copy", [decided("folded:story")], True, True, False),
        ("revised", [decided("known:told")], True, False, False),
        ("revised", [decided("told", 2)], True, False, True),
        ("joined", [], True, False, False),
        ("known", [], False, False, False),  # read again, and nothing came of it
        ("known", [decided("known:told")], False, False, False),
        ("known", [decided("told"), decided("known:told", 2)], True, True, False),
    ],
)
def test_what_is_new_is_shown_and_to_whom(
    code: str, told: Sequence[Decided], *, anyone: bool, first: bool, second: bool
) -> None:
    one = happened(code, *told)
    assert [is_shown(one, watch) for watch in (None, 1, 2)] == [anyone, first, second]


def screen(*, terminal: bool = False, as_json: bool = False) -> Screen:
    manner = Manner(json=as_json, no_color=True)
    return Screen(manner=manner, terminal=terminal, clock=lambda: NOW)


def test_a_line_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    show_happened(screen(), happened("revised", decided("told"), decided("dropped:old", 2)), None)
    assert capsys.readouterr().out == (
        "2026-11-23T06:00:00Z\tar_7\tYonhap\t[revised] Coffins␛[2J of soldiers\t"
        "Watch 1: told, Watch 2: dropped:old\n"
    )
    show_happened(screen(), happened("new", decided("told"), decided("told", 2)), 2)
    assert capsys.readouterr().out.endswith("\tWatch 2: told\n")


def test_a_line_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show_happened(screen(terminal=True), happened("new", decided("told")), None)
    show_happened(screen(terminal=True), happened("new"), None)
    first, second = capsys.readouterr().out.splitlines()
    clock = NOW.astimezone().strftime("%H:%M:%S")
    assert "Coffins␛[2J of soldiers → Watch 1: told" in first
    assert second == f"{clock} Yonhap Coffins␛[2J of soldiers"


def test_a_line_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    show_happened(screen(as_json=True), happened("new", decided("told")), None)
    told = json.loads(capsys.readouterr().out)
    assert told["at"] == "2026-11-23T06:00:00Z"
    assert told["article"]["id"] == "ar_7"
    assert told["article"]["title"] == "Coffins\x1b[2J\nof soldiers"
    assert told["watches"] == [
        {"id": "w_1", "name": "Watch 1", "code": "told", "words": "it is told"}
    ]


class Enough(Exception):  # noqa: N818 - it ends a loop that has no end
    """The test has seen what it wanted."""


def test_it_waits_where_nothing_is_and_goes_on_where_it_was(archive: Database) -> None:
    numbers = [add_article(archive, new_article(number)).id for number in (1, 2, 3)]
    coming = iter(numbers)

    def wait() -> None:
        number = next(coming, None)
        if number is None:
            raise Enough
        reason = Reason(step=Step.RECOGNISED, code="new", words="a new article")
        line = TrailLine(at=NOW, reason=reason, article=number)
        within(archive, lambda conn: trail.write(conn, [line]))

    following = follow(archive, 0, wait=wait)
    assert articles_of(following, len(numbers)) == numbers
    with pytest.raises(Enough):
        next(following)  # nothing is shown twice
    later = follow(archive, 0, wait=wait)
    assert articles_of(later, len(numbers)) == numbers


def articles_of(following: Iterator[Happened | KeptNotice], count: int) -> list[int]:
    seen = [next(following) for _ in range(count)]
    return [one.article for one in seen if isinstance(one, Happened)]


def test_notices_come_between_from_the_one_on_that_is_asked_for(
    archive: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    source = add_source(archive)
    first = give(archive, notice(source))

    def wait() -> None:
        raise Enough

    assert list(taken(follow(archive, 0, wait=wait))) == []
    assert list(taken(follow(archive, 0, wait=wait, noticed=first))) == []
    second = give(archive, notice(source, what="HTTP 503\x1b[2J"))
    (one,) = taken(follow(archive, 0, wait=wait, noticed=first))
    assert isinstance(one, KeptNotice)
    show_notice(screen(), one)
    line = f"2026-11-23T06:00:00Z\tnt_{second}\tNOTICE Yonhap — 연합\tHTTP 503 [2J\n"
    assert capsys.readouterr().out == line
    show_notice(screen(as_json=True), one)
    assert json.loads(capsys.readouterr().out)["notice"]["id"] == f"nt_{second}"


def taken(following: Iterator[Happened | KeptNotice]) -> Iterator[Happened | KeptNotice]:
    with contextlib.suppress(Enough):
        yield from following

"""Which pages are drawn, when one is done, and which Chromium does it."""

import os
from pathlib import Path

import pytest

from crawler.drawing.chromium import executable
from crawler.drawing.drawn import NoDrawing, NotDrawn
from crawler.drawing.need import SCANT, better_of, undrawn, wants_scripts
from crawler.drawing.settling import LONGEST, Settling
from crawler.drawing.wire import answer, outcome, packed, question, unpacked
from crawler.http import Fetched
from news.page import Page, PageOutcome, Unread

SHELL = b'<html><div id="root"></div><SCRIPT src="/app.js"></script></html>'
EMPTY = Unread(reason="the page holds no text of an article", textless=True)


def page(size: int) -> Page:
    return Page(url="https://a.test/1", canonical=None, title="Crane", text="x" * size)


@pytest.mark.parametrize(
    ("read", "html", "wanted"),
    [
        (EMPTY, SHELL, True),
        (page(SCANT - 1), SHELL, True),
        (page(SCANT), SHELL, False),
        (EMPTY, b"<html><p></p></html>", False),
        (Unread(reason="it is a PDF, not a page"), SHELL, False),
        (Unread(reason="HTTP 404"), SHELL, False),
    ],
)
def test_drawn_is_what_has_no_text_and_scripts(
    read: PageOutcome, html: bytes, wanted: bool
) -> None:
    assert wants_scripts(read, html) is wanted


def test_what_is_drawn_says_so_and_is_taken_only_where_it_holds_more() -> None:
    drawn = better_of(EMPTY, page(500))
    assert isinstance(drawn, Page)
    assert drawn.drawn
    assert better_of(page(100), page(100)) == page(100)
    assert better_of(page(100), EMPTY) == page(100)
    wall = Unread(reason="the page shows a wall in the article's place")
    assert better_of(EMPTY, wall) == wall


def test_what_is_not_drawn_goes_on_with_what_it_has() -> None:
    busy = NotDrawn(reason="the browser was busy for too long", again=True)
    assert undrawn(page(100), busy) == page(100)
    assert undrawn(EMPTY, busy) == Unread(
        reason="the page holds no text of an article, and it was not drawn: "
        "the browser was busy for too long",
        again=True,
        textless=True,
    )


async def test_where_there_is_no_browser_that_is_said() -> None:
    nothing = NoDrawing()
    fetched = Fetched(url="https://a.test/1", status=200, body=SHELL)
    assert await nothing.draw(fetched) == NotDrawn(reason="there is no browser here")
    await nothing.close()


Look = tuple[float, int, bool, bool]


@pytest.mark.parametrize(
    ("looks", "done"),
    [
        # when, characters, under way, loaded
        ([(0.0, 0, False, True), (0.4, 0, False, True)], False),
        ([(0.0, 0, False, True), (0.6, 0, False, True)], True),
        ([(0.0, 0, True, True), (0.6, 0, True, True)], False),
        ([(0.0, 0, False, True), (0.4, 9, False, True), (0.8, 9, False, True)], False),
        ([(0.0, 0, False, True), (0.4, 9, False, True), (1.0, 9, False, True)], True),
        ([(0.0, 9, True, True), (2.9, 9, True, True)], False),
        ([(0.0, 9, True, True), (3.0, 9, True, True)], True),
        ([(0.0, 9, False, False), (2.9, 9, False, False)], False),
        ([(0.0, 9, False, False), (3.0, 9, False, False)], True),
        ([(0.0, 0, True, False), (11.9, 0, True, False)], False),
        ([(0.0, 0, True, False), (LONGEST, 0, True, False)], True),
    ],
)
def test_a_page_is_done_when_nothing_more_comes(looks: list[Look], done: bool) -> None:
    settling = Settling(began=0.0)
    *before, last = [
        settling.is_done(now, size=size, busy=busy, loaded=loaded)
        for now, size, busy, loaded in looks
    ]
    assert not any(before)
    assert last is done


def program(place: Path) -> str:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("#!/bin/sh\n")
    place.chmod(0o755)
    return str(place)


def test_playwrights_own_browser_comes_first_the_newest_before_others(tmp_path: Path) -> None:
    system = program(tmp_path / "bin" / "chromium")
    environment = {"HOME": str(tmp_path), "PATH": f"{tmp_path / 'bin'}{os.pathsep}/nowhere"}
    assert executable(environment) == system
    kept = tmp_path / ".cache" / "ms-playwright"
    whole = program(kept / "chromium-1300" / "chrome-linux" / "chrome")
    assert executable(environment) == whole
    program(kept / "chromium_headless_shell-999" / "chrome-linux" / "headless_shell")
    newest = program(kept / "chromium_headless_shell-1255" / "chrome-linux" / "headless_shell")
    assert executable(environment) == newest
    said = {**environment, "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "elsewhere")}
    assert executable(said) == system


def test_a_browser_that_may_not_be_started_is_none(tmp_path: Path) -> None:
    place = tmp_path / ".cache" / "ms-playwright" / "chromium-1" / "x" / "chrome"
    program(place)
    place.chmod(0o644)
    assert executable({"HOME": str(tmp_path), "PATH": ""}) is None


def test_what_is_asked_and_answered_comes_over_the_pipe_as_it_was() -> None:
    headers = {"content-type": "text/html", "set-cookie": "a=b", "content-security-policy": "x"}
    head, body = question(Fetched(url="https://a.test/", status=200, headers=headers, body=SHELL))
    assert unpacked(packed(head, body)) == (
        {
            "url": "https://a.test/",
            "headers": {"content-type": "text/html", "content-security-policy": "x"},
        },
        SHELL,
    )
    for made in (b"<p>\n\xed</p>", NotDrawn(reason="it broke", again=True), NotDrawn(reason="")):
        assert outcome(*unpacked(packed(*answer(made)))) == made

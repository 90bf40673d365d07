"""Bylines that nothing marks, and what stands in bylines beside persons."""

import pytest

from tests.unit.crawler.extract.pages import BODY, html, page


def authors(body: str, head: str = "", *, title: str = "Crane comes down") -> tuple[str, ...]:
    return page(
        html(head, f"<article><h1>Crane comes down</h1>{body}{BODY}</article>", title=title)
    ).authors


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("<p>By John Smith</p>", ("John Smith",)),
        ("<p>By John Smith, May 7, 2026</p>", ("John Smith",)),
        (
            '<div class="x">By John Smith and Ann Reed | 3 May 2026</div>',
            ("John Smith", "Ann Reed"),
        ),
        ("<p>07/05/2026 15:15 | By Sue Hart | 3 comments</p>", ("Sue Hart",)),
        ("<div>Veröffentlicht am 03.05.2026 um 07:45 Uhr von Uwe Brandt</div>", ("Uwe Brandt",)),
        ("<p>(ATTN: ADDS details)<br>By Kim Soo-yeon</p>", ("Kim Soo-yeon",)),
        ("<p>(서울=연합뉴스) 김철수 기자 = 정부는 5일 계획을 승인했다.</p>", ("김철수",)),
        ("<p>By the time the crane came down it was too late for the harbour.</p>", ()),
        ("<p>By Monday, John Smith had gone.</p>", ()),
        ("<aside><p>By John Smith</p></aside>", ()),
    ],
)
def test_a_line_below_the_headline_names_the_author(line: str, expected: tuple[str, ...]) -> None:
    assert authors(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Par Claire Gatinois (Lima, envoyée spéciale)", ("Claire Gatinois",)),
        ("Von Tjerk Brühwiller, São Paulo", ("Tjerk Brühwiller",)),
        ("By Ann Reed and Bo Lind, Reuters", ("Ann Reed", "Bo Lind")),
        ("Ann Reed, Staff", ("Ann Reed",)),
        ("Ann Reed, agencies", ("Ann Reed",)),
    ],
)
def test_a_byline_holds_more_than_persons(line: str, expected: tuple[str, ...]) -> None:
    assert authors(f'<p class="byline">{line}</p>') == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("AFP", ("AFP",)),
        ("연합뉴스 | 네이버", ("연합뉴스",)),
        ("Ann Reed, The Daily Wharf", ("Ann Reed",)),
    ],
)
def test_an_agency_writes_alone_and_a_portal_never(said: str, expected: tuple[str, ...]) -> None:
    head = f'<meta name="author" content="{said}">'
    assert authors("", head, title="Crane comes down | The Daily Wharf") == expected


def test_a_person_in_the_byline_goes_before_the_agency_of_a_meta() -> None:
    line = '<em class="media_end_head_journalist_name">김철수 기자</em>'
    assert authors(line, '<meta name="author" content="연합뉴스">') == ("김철수",)

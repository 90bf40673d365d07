"""Title, authors, date, language, address and rights of a story."""

import json
from datetime import UTC, datetime

import pytest

from tests.unit.crawler.extract.pages import BODY, URL, html, page


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def utc(year: int, month: int, day: int, *clock: int) -> datetime:
    hour, minute, second = (*clock, 0, 0, 0)[:3]
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def linked_data(**facts: object) -> str:
    thing = {"@context": "https://schema.org", "@type": "NewsArticle", **facts}
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


@pytest.mark.parametrize(
    ("head", "heading", "title", "expected"),
    [
        ("", "", "Crane comes down", "Crane comes down"),
        ("", "Crane comes down", "Crane comes down | The Harbour", "Crane comes down"),
        ("", "The Harbour", "Crane comes down", "Crane comes down"),
        (
            meta("og:site_name", "The Harbour"),
            "",
            "Crane comes down - The Harbour",
            "Crane comes down",
        ),
        (meta("og:site_name", "The Harbour"), "", "Crane - down - The Harbour", "Crane - down"),
        (meta("og:title", "Crane comes down"), "", "Crane | Harbour", "Crane comes down"),
        (linked_data(headline="Crane &amp; wheel"), "", "x", "Crane & wheel"),
        (
            linked_data(headline="Crane falls"),
            "Crane comes down",
            "Crane comes down",
            "Crane comes down",
        ),
        ("", "", "North-South line - or not", "North-South line - or not"),
        ("", "", " Crane \n comes\tdown ", "Crane comes down"),
        ("", "", "x" * 2000, "x" * 1000),
    ],
)
def test_the_title_is_the_storys(head: str, heading: str, title: str, expected: str) -> None:
    body = f"<h1>{heading}</h1>{BODY}" if heading else BODY
    assert page(html(head=head, body=body, title=title)).title == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (linked_data(author={"@type": "Person", "name": "Ann Sand"}), ("Ann Sand",)),
        (linked_data(author=[{"name": "Ann Sand"}, {"name": "Bo Lee"}]), ("Ann Sand", "Bo Lee")),
        (linked_data(author="By Ann Sand and Bo Lee"), ("Ann Sand", "Bo Lee")),
        (linked_data(author=["Ann Sand", "ann sand"]), ("Ann Sand",)),
        (meta("author", "Ann Sand, Bo Lee"), ("Ann Sand", "Bo Lee")),
        (meta("article:author", "https://social.test/ann"), ()),
        (linked_data(author=None), ()),
        (linked_data(author={"name": 7}), ()),
        ("", ()),
    ],
)
def test_the_authors_are_named(head: str, expected: tuple[str, ...]) -> None:
    assert page(html(head=head)).authors == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (linked_data(datePublished="2026-03-04T05:06:07+02:00"), utc(2026, 3, 4, 3, 6, 7)),
        (linked_data(datePublished="2026-03-04T05:06:07Z"), utc(2026, 3, 4, 5, 6, 7)),
        (
            linked_data(datePublished="2026-03-04T05:06:07.123456789Z"),
            utc(2026, 3, 4, 5, 6, 7),
        ),
        (linked_data(datePublished="2026-03-04 05:06:07 +0100"), utc(2026, 3, 4, 4, 6, 7)),
        (linked_data(datePublished="Wed, 04 Mar 2026 05:06:07 GMT"), utc(2026, 3, 4, 5, 6, 7)),
        (meta("article:published_time", "2026-03-04T05:06+09:00"), utc(2026, 3, 3, 20, 6)),
        (
            linked_data(datePublished="2026-03-04") + meta("date", "2026-03-04T05:06:00Z"),
            utc(2026, 3, 4, 5, 6),
        ),
        (linked_data(datePublished="2026-03-04"), utc(2026, 3, 4)),
        (linked_data(datePublished="0001-01-01T00:00:00+14:00"), None),
        (linked_data(datePublished="9999-12-31T23:59:59-14:00"), None),
        (linked_data(datePublished="soon"), None),
        (linked_data(datePublished="1" * 5000), None),
        ("", None),
    ],
)
def test_the_date_is_a_moment_where_the_page_says_it(head: str, expected: datetime | None) -> None:
    assert page(html(head=head)).published == expected


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://www.harbour.test/news/crane", URL),
        ("/news/crane?page=1", "https://www.harbour.test/news/crane?page=1"),
        ("https://harbour.test/n/1", "https://harbour.test/n/1"),
        ("https://www.harbour.test/", None),
        ("https://www.harbour.test", None),
        ("https://elsewhere.test/news/crane", None),
        ("javascript:alert(1)", None),
        ("https://www.harbour.test@elsewhere.test/x", None),
        ("", URL),
    ],
)
def test_a_canonical_address_is_taken_if_it_is_plausible(href: str, expected: str | None) -> None:
    canonical = page(html(head=f'<link rel="canonical" href="{href}">')).canonical
    assert canonical == (expected if href else None)


@pytest.mark.parametrize(
    ("head", "headers", "expected"),
    [
        ("", {}, 0),
        ('<meta name="robots" content="noindex, NOARCHIVE">', {}, 1),
        ('<meta name="googlebot" content="noarchive">', {}, 0),
        ('<meta name="tdm-reservation" content="1">', {}, 1),
        ('<meta name="tdm-reservation" content="0">', {}, 0),
        ("", {"x_robots_tag": "noarchive"}, 1),
        ("", {"x_robots_tag": "max-snippet: 3, noarchive"}, 1),
        ("", {"x_robots_tag": "otherbot: nofollow, noarchive"}, 0),
        ("", {"x_robots_tag": "otherbot: nofollow, wirewatch: noarchive"}, 1),
        ("", {"tdm_reservation": "1"}, 1),
    ],
)
def test_reserved_rights_are_told(head: str, headers: dict[str, str], expected: int) -> None:
    assert page(html(head=head), **headers).noarchive == bool(expected)


def test_nothing_that_no_store_should_hold_comes_out() -> None:
    bad = "a\x00b\x01c\x1bd&#xD800;e&#0;f\ufffe"
    read = page(
        html(
            head=linked_data(headline=f"Crane \ud800 \x00 {bad}", author="Ann\ud800 \x07Sand"),
            body=BODY.replace("crane", f"crane {bad}"),
        )
    )
    for text in (read.title, read.text, *read.authors):
        text.encode()  # no lone surrogates
        assert not [sign for sign in text if ord(sign) < 32 and sign != "\n"]

"""When a story was published and changed: which of a page's many dates is believed."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from crawler.extract.dates import Dates, dates_of
from crawler.extract.said import said_by
from crawler.extract.tree import tree_of
from tests.unit.crawler.extract.pages import BODY, LEAD, SECOND, html

TITLE = "Crane comes down"
HEAD = f"<h1>{TITLE}</h1>"
URL = "https://www.harbour.test/news/crane"


def dates(
    head: str = "", body: str = HEAD + BODY, *, url: str = URL, language: str = "en-GB"
) -> Dates:
    tree = tree_of(html(head=head, body=body, title=TITLE))
    assert tree is not None
    return dates_of(tree, said_by(tree, url), url, title=TITLE, language=language)


def byline(line: str, name: str = "byline") -> str:
    return f'{HEAD}<div class="{name}">{line}</div>{BODY}'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def data(**facts: str) -> str:
    said = ",".join(f'"{name}":"{value}"' for name, value in facts.items())
    return f'<script type="application/ld+json">{{"@type":"NewsArticle",{said}}}</script>'


def at(hour: int, minute: int = 0, *, day: int = 24, zone: float = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=timezone(timedelta(hours=zone)))


DAY = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("Published 24 November 2026, 10:23 GMT", "en", at(10, 23)),
        ("24.11.2026, 10.23 Uhr", "de", at(10, 23, zone=1)),
        ("입력 2026.11.24 10:23", "ko", at(10, 23, zone=9)),
        ("2026年11月24日 10時23分", "ja", at(10, 23, zone=9)),
        ("24 ноября 2026, 10:23 МСК", "ru", at(10, 23, zone=3)),
        ("24 Kasım 2026 10:23", "tr", at(10, 23, zone=3)),
        ("24 novembre 2026 alle 10:23", "it", at(10, 23, zone=1)),
        ("Il y a deux jours, 24 novembre 2026", "fr", DAY),
        ("24 ноября 2026, 10:23", "ru", at(10, 23, zone=3)),
        ("24 novembre 2026, 10:23", "fr", DAY),
        ("٢٤ نوفمبر ٢٠٢٦", "ar", DAY),
    ],
)
def test_a_byline_is_read(line: str, language: str, expected: datetime) -> None:
    assert dates(body=byline(line), language=language).published == expected


def test_a_naive_time_takes_the_zone_of_the_same_clock_elsewhere() -> None:
    found = dates(data(datePublished="2026-11-24T10:23:00") + meta("date", "2026-11-24T08:23:00Z"))
    assert found.published == at(8, 23)
    assert found.published is not None
    assert found.published.utcoffset() == timedelta(hours=2)


def test_a_naive_time_takes_the_zone_that_the_page_tells_of_its_change() -> None:
    change = meta("article:modified_time", "2026-11-24T12:00:00+03:00")
    found = dates(data(datePublished="2026-11-24T10:23:00") + change, language="ru")
    assert found == Dates(published=at(10, 23, zone=3), updated=at(12, zone=3))


def test_a_naive_time_of_nobodys_zone_leaves_the_day() -> None:
    assert dates(data(datePublished="2026-11-24T10:23:00"), language="en").published == DAY


def test_a_time_in_utc_stands_on_the_publishers_wall() -> None:
    found = dates(
        data(datePublished="2026-11-25T01:09:55Z"), byline("November 24, 2026 at 6:09 p.m.")
    ).published
    assert found is not None
    assert (found.date().day, found.utcoffset()) == (24, timedelta(hours=-7))


def test_the_day_on_the_wall_is_told_by_the_address_too() -> None:
    url = "https://www.harbour.test/2026/11/24/crane"
    found = dates(data(datePublished="2026-11-25T01:09:55Z"), url=url).published
    assert found == at(1, 9, day=25) + timedelta(seconds=55)
    assert found is not None
    assert found.day == 24


@pytest.mark.parametrize(
    "path",
    ["2026/11/24/crane", "2026/nov/24/crane", "20261124/crane", "crane-2026-11-24", "a/2026/11/24"],
)
def test_a_day_in_the_address_is_taken_where_nothing_else_is_told(path: str) -> None:
    assert dates(url=f"https://www.harbour.test/{path}").published == DAY


@pytest.mark.parametrize("path", ["2026/13/24/a", "id/2026112499/a", "1899/11/24/a", "2026/11/31"])
def test_numbers_in_the_address_that_are_no_day(path: str) -> None:
    assert dates(url=f"https://www.harbour.test/{path}").published is None


def test_two_witnesses_beat_one() -> None:
    found = dates(
        data(datePublished="2026-11-20T08:00:00Z")
        + meta("article:published_time", "2026-11-24T10:23:00Z"),
        byline("Published: 24 November 2026"),
    )
    assert found.published == at(10, 23)


def test_what_the_reader_sees_beats_the_date_of_the_document() -> None:
    found = dates(meta("date", "2026-11-20"), byline("24 November 2026", "news-date"))
    assert found.published == DAY


def test_a_document_written_by_american_software_is_read_as_the_reader_sees_it() -> None:
    found = dates(meta("date", "11/03/2026"), byline("Erstellt: 03.11.2026"), language="de")
    assert found.published == datetime(2026, 11, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "around",
    [
        '<div class="related"><span class="date">20 November 2026</span></div>',
        '<div class="comments"><time datetime="2026-11-20">20 November 2026</time></div>',
        "<footer><p>20 November 2026</p></footer>",
        "<p>Copyright 20 November 2026 The Harbour</p>",
        '<nav><a class="date" href="/">20 November 2026</a></nav>',
    ],
)
def test_dates_around_the_story_are_not_its_own(around: str) -> None:
    body = f"{HEAD}{around}{BODY}{around}"
    assert dates(body=body + "<p>x</p>", url=f"{URL}/2026/11/24/a").published == DAY


def test_a_date_within_the_story_is_not_its_own() -> None:
    told = f"{LEAD} It had been built on 3 May 1999. {SECOND}"
    assert dates(body=f"{HEAD}<p>{told}</p>", url=f"{URL}/2026/11/24/a").published == DAY


def test_a_year_of_copyright_is_no_date() -> None:
    assert dates(body=f"{HEAD}{BODY}<footer>© 2026 The Harbour</footer>").published is None


@pytest.mark.parametrize(
    ("head", "line", "updated"),
    [
        (data(datePublished="2026-11-24T08:00Z", dateModified="2026-11-24T10:23Z"), "", at(10, 23)),
        (
            data(datePublished="2026-11-24T08:00Z") + meta("og:updated_time", "2026-11-24T10:23Z"),
            "",
            at(10, 23),
        ),
        (data(datePublished="2026-11-24T08:00Z", dateModified="2026-11-24T08:00:20Z"), "", None),
        (data(datePublished="2026-11-24T08:00Z", dateModified="2026-11-23T08:00Z"), "", None),
        (
            data(datePublished="2026-11-24T08:00+01:00"),
            "Stand: 24.11.2026, 10:23 Uhr",
            at(10, 23, zone=1),
        ),
        (
            data(datePublished="2026-11-24T08:00+09:00"),
            "입력 2026.11.24 08:00 | 수정 2026.11.24 10:23",
            at(10, 23, zone=9),
        ),
        (
            data(datePublished="2026-11-24T08:00+03:00"),
            "Обновлено: 24 ноября 2026, 10:23",
            at(10, 23, zone=3),
        ),
        (data(datePublished="2026-11-24T08:00Z"), "", None),
    ],
)
def test_the_last_change(head: str, line: str, updated: datetime | None) -> None:
    assert dates(head, byline(line)).updated == updated


def test_a_page_that_tells_its_change_alone_was_published_no_later() -> None:
    found = dates(meta("article:modified_time", "2026-11-24T10:23Z"))
    assert found == Dates(published=at(10, 23), updated=None)


@pytest.mark.parametrize(
    "told", ["1970-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "-1"]
)
def test_impossible_dates_are_none(told: str) -> None:
    assert dates(data(datePublished=told)).published is None


@pytest.mark.parametrize("told", ["1795515780", "1795515780000"])
def test_seconds_since_1970_are_read(told: str) -> None:
    assert dates(meta("article:published_time", told)).published == at(10, 23)


def test_a_page_full_of_dates_ends() -> None:
    lines = "".join(f"<li>{n % 28 + 1} November 2026, 10:{n % 60:02}</li>" for n in range(5_000))
    assert dates(body=f"{HEAD}<ul>{lines}</ul>{BODY}").published is not None


def test_a_bare_day_that_nobody_else_tells_is_less_than_the_day_below_the_headline() -> None:
    line = byline("24 November 2026", "date")
    assert dates(data(datePublished="2026-11-20"), line).published == DAY
    assert dates(data(datePublished="2026-11-20T10:23:00Z"), line).published == at(10, 23, day=20)
    both = data(datePublished="2026-11-20") + meta("article:published_time", "2026-11-20")
    assert dates(both, line).published == datetime(2026, 11, 20, tzinfo=UTC)

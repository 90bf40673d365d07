"""The moments that elements bear for machines, and the clocks around a headline."""

from datetime import UTC, datetime

import pytest

from crawler.extract.dates import Dates
from tests.unit.crawler.extract.pages import BODY
from tests.unit.crawler.extract.test_dates import DAY, HEAD, at, byline, dates, meta

MOMENT = "2026-11-24T17:21:00+03:00"


@pytest.mark.parametrize(
    "line",
    [
        f'<time datetime="{MOMENT}">24 November 2026</time>',
        f'<time datetime="{MOMENT}">24.11.2026 17:21</time>',
        f'<time class="date" datetime="{MOMENT}"><span>24 November 2026</span></time>',
        f'<time datetime="{MOMENT}">3 hours ago</time>',
        f'<time datetime="{MOMENT}"></time>',
        f'<abbr class="published" title="{MOMENT}">24 November 2026</abbr>',
        '<span class="date" data-timestamp="1795530060">24 November 2026</span>',
        f'<em data-date-time="{MOMENT}">24 November</em>',
    ],
)
def test_the_moment_of_an_element_at_the_headline_is_the_storys(line: str) -> None:
    assert dates(body=f"<article>{HEAD}{line}{BODY}</article>").published == at(17, 21, zone=3)


def test_what_stands_around_other_stories_bears_no_moment_of_this_one() -> None:
    other = f'<div class="related"><time datetime="{MOMENT}">3 hours ago</time></div>'
    below = f'<ul><li><time datetime="{MOMENT}">3 hours ago</time></li></ul>'
    for around in (HEAD + other + BODY, HEAD + BODY * 3 + below):
        assert dates(body=around).published in (None, DAY)


def test_a_moment_of_another_day_than_the_shown_one_is_not_believed() -> None:
    line = f'<time datetime="{MOMENT}">3 May 2026</time>'
    assert dates(body=HEAD + line + BODY).published == datetime(2026, 5, 3, tzinfo=UTC)


def test_a_moment_that_is_called_an_update_is_one() -> None:
    body = (
        f'{HEAD}<p>Published: <time datetime="{MOMENT}">24 November 2026</time></p>'
        '<p>Updated: <time datetime="2026-11-25T08:00:00+03:00">25 November 2026</time></p>' + BODY
    )
    found = dates(body=body)
    assert found == Dates(published=at(17, 21, zone=3), updated=at(8, day=25, zone=3))


def test_a_clock_at_the_headline_tells_the_time_of_a_day_that_is_known() -> None:
    line = "2026年11月24日05:51 | 来源：一家很长名字的报纸和它的通讯社以及出版社"
    found = dates(meta("publishdate", "2026-11-24"), byline(line, "col"), language="zh")
    assert found.published == at(5, 51, zone=8)


def test_a_date_in_pieces_is_read_from_the_box_that_is_named_for_it() -> None:
    pieces = (
        '<div class="header-time"><span><em>2026</em></span>'
        "<span><em>11</em>/<em>24</em></span><span>14:21:52</span></div>"
    )
    head = meta("publishdate", "2026-11-24")
    found = dates(head, pieces + HEAD + BODY, language="zh").published
    assert found is not None
    assert found.replace(second=0) == at(14, 21, zone=8)


@pytest.mark.parametrize(
    ("url", "language", "month"),
    [
        ("https://www.town.test/1", "", 5),
        ("https://www.town.test.in/1", "", 7),
        ("https://www.town.test/1", "es", 7),
    ],
)
def test_twelve_hours_beside_an_undeclared_day_are_american(
    url: str, language: str, month: int
) -> None:
    found = dates(body=byline("Posted: 05/07/2026 3:15 PM"), url=url, language=language)
    assert found.published is not None
    assert found.published.month == month


def test_the_film_of_a_page_dates_it() -> None:
    film = (
        '<script type="application/ld+json">{"@type":"VideoObject","name":"%s",'
        f'"uploadDate":"{MOMENT}"}}</script>'
    )
    assert dates(film % "Crane comes down").published == at(17, 21, zone=3)
    assert dates(film % "Another film").published in (None, DAY)


def test_the_era_of_the_north_is_counted() -> None:
    assert dates(body=f"{BODY}<p>(주체115.11.24.)</p>", language="ko").published == DAY

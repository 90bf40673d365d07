"""What stands beside a link: its date, and the text that is its title."""

from datetime import UTC, datetime

import pytest
from lxml.html import fragment_fromstring

from crawler.lists.anchors import base_of, links_of
from crawler.lists.dates import date_near
from crawler.lists.titles import summary_of, title_of

END = datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)


def day(text: str) -> datetime | None:
    return date_near(fragment_fromstring("<div></div>"), text).day


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23", "2026.11.23. 10:15", "2026/11/23 10:15", "23.11.2026, 10:15 Uhr",
        "23/11/2026", "11/23/2026", "November 23, 2026", "Nov. 23rd, 2026", "23. November 2026",
        "23 de noviembre de 2026", "23 novembre 2026", "23 ноября 2026", "23 listopada 2026",
        "23 nov 2026", "2026年11月23日", "2026년 11월 23일", "Senin, 23 Nov 2026 10:02 WIB",
    ],
)  # fmt: skip
def test_a_day_is_read_in_many_ways_and_lasts_to_its_end(text: str) -> None:
    assert day(f"before {text} after") == END


@pytest.mark.parametrize("text", ["05/06/2026", "32.13.2026", "20261123", "1.2.3", "99 Nov 2026"])
def test_what_could_be_another_day_is_none(text: str) -> None:
    assert day(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "3 hours ago",
        "10:15",
        "vor 2 Stunden",
        "il y a 3 h",
        "5분 전",
        "3時間前",
        "11月23日",
        "منذ ساعة",
    ],
)
def test_a_time_without_a_day_is_still_a_sign(text: str) -> None:
    found = date_near(fragment_fromstring("<div></div>"), text)
    assert (found.seen, found.day, found.published) == (True, None, None)


@pytest.mark.parametrize(
    ("said", "published", "of_day"),
    [
        ("2026-11-23T10:15:00+09:00", datetime(2026, 11, 23, 1, 15, tzinfo=UTC), None),
        ("2026-11-23T10:15:00Z", datetime(2026, 11, 23, 10, 15, tzinfo=UTC), None),
        ("2026-11-23T10:15", None, END),
        ("2026-11-23", None, END),
        ("soon", None, None),
    ],
)
def test_only_a_moment_with_its_zone_is_one(
    said: str, published: datetime | None, of_day: datetime | None
) -> None:
    found = date_near(fragment_fromstring(f'<div><time datetime="{said}">x</time></div>'), "")
    assert (found.published, found.day) == (published, of_day)


def title(html: str) -> str:
    card = fragment_fromstring(f"<div class='card'>{html}</div>")
    url = "http://a.example/"
    (link,) = links_of(card.iter("a"), base=base_of(card, url), page=url)
    return title_of(link, card)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/1"><img alt="A crane"></a><h3><a href="/1">Crane comes down</a></h3>',
        '<h3><a href="/1">Crane comes down</a></h3><a href="/1">Read more about it</a>',
        '<a href="/1"><div>Harbour</div><h3>Crane comes down</h3><p>It fell on Monday.</p></a>',
        '<a href="/1">Crane comes down <span>3 hours ago</span></a>',
        '<a href="/1">Crane comes down (12)</a><a href="/1#comments">12 comments on this</a>',
        '<a href="/1"><span>1</span> <span class="title">Crane comes down</span></a>',
        '<a href="/1" aria-label="something else"></a><h3>Crane comes down</h3>',
        '<a href="/1"><em>4</em>Crane comes down</a>',
        '<a href="/1">Crane comes down</a><a href="/1">[more]</a>',
        '<a href="/1"><strong>Crane comes down</strong><span>It fell on Monday, said</span></a>',
        '<a href="/1" title="Crane comes down"><img src="x.png"></a>',
        '<h3><a href="/1"><i class="kicker">A</i><b class="title">Crane comes down</b></a></h3>',
    ],
)
def test_the_headline_is_the_title(html: str) -> None:
    assert title(html) == "Crane comes down"


def test_the_teaser_is_the_summary_if_it_says_anything() -> None:
    said = "It stood idle for eleven years before a storm bent its arm."
    card = fragment_fromstring(f"<div><h3>Crane comes down</h3><p>Monday</p><p>{said}</p></div>")
    assert summary_of(card, "Crane comes down") == said
    assert summary_of(fragment_fromstring("<div><p>3 hours ago</p></div>"), "x") == ""

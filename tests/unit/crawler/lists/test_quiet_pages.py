"""List pages on which nothing happens for weeks: nothing is told, and nothing is missed after."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

import pytest

from crawler.lists.find import Asked, FoundLinks, find
from crawler.lists.learned import MOST_WRITTEN
from tests.unit.crawler.lists.labelled import ADDRESSES, labelled
from tests.unit.crawler.lists.test_over_visits import Visits

MakeRow: TypeAlias = Callable[..., str]

DAYS = 30
PROMO = '<aside><a href="/offers/{0}/join">Join us and save {0} percent this week only</a></aside>'
LONG = "Statement of the ministry on the talks in the capital, number"


def row(number: int, title: str = "") -> str:
    return (
        f'<li class="row"><h3><a href="/releases/{number}">{title or f"{LONG} {number}"}</a></h3>'
        "<p>Some teaser text of this press release, long enough to be one indeed.</p></li>"
    )


def bare(number: int, title: str = "") -> str:
    return f'<li class="row"><a href="/releases/{number}">{title or f"{LONG} {number}"}</a></li>'


def board(*rows: str, around: str = "") -> str:
    nav = '<nav><a href="/about">About us</a></nav>'
    return f"<body>{nav}<main><ul>{''.join(rows)}</ul></main>{around}</body>"


def quiet(visits: Visits, *rows: str, days: int = DAYS, promo: str = PROMO) -> None:
    for day in range(days):
        around = promo.format(day) + f"<!-- {day} -->"
        found = visits.look(board(*rows, around=around), days=1)
        assert isinstance(found, FoundLinks), found
        assert len(found.entries) == len(rows)


def test_weeks_without_news_tell_the_same_articles_and_never_a_promotion() -> None:
    visits = Visits()
    quiet(visits, *map(row, range(4100, 4110)))
    assert all(told.keys() == visits.told[0].keys() for told in visits.told)


@pytest.mark.parametrize(("made", "promo"), [(row, PROMO), (bare, "")])
def test_a_short_headline_after_weeks_is_the_one_new_entry(made: MakeRow, promo: str) -> None:
    visits = Visits()
    quiet(visits, *map(made, range(4100, 4110)), promo=promo)
    rows = map(made, range(4100, 4109))
    visits.look(board(made(4110, "Kursk falls"), *rows, around=promo.format(77)), days=1)
    assert visits.new() == ["Kursk falls"]


@pytest.mark.parametrize(("made", "promo"), [(row, PROMO), (bare, "")])
def test_each_short_headline_of_a_slow_page_is_told(made: MakeRow, promo: str) -> None:
    visits, rows = Visits(), [made(number) for number in range(4100, 4130)]
    quiet(visits, *rows, days=9, promo=promo)
    for number in range(5000, 5010):
        rows = [made(number, "Kursk falls"), *rows[:-1]]
        visits.look(board(*rows, around=promo.format(number)), days=2)
        assert visits.new() == ["Kursk falls"]


def test_the_last_known_article_of_an_emptied_page_is_nothing_new() -> None:
    visits = Visits()
    quiet(visits, row(4100, "Talks held"), *map(row, range(4101, 4110)))
    found = visits.look(board(row(4100, "Talks held")), days=1)
    assert isinstance(found, FoundLinks)
    assert [entry.title for entry in found.entries] == ["Talks held"]
    assert not found.anew


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_front_page_may_stand_still_for_weeks(name: str) -> None:
    page, learned, told = labelled(name), None, []
    for day in range(12):
        now = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=day)
        asked = Asked(url=page.url, headers={}, links=None, learned=learned, now=now)
        found = find(page.body, asked)
        assert isinstance(found, FoundLinks)
        learned = found.learned
        told.append([entry.url for entry in found.entries])
    assert all(one == told[0] for one in told)


@pytest.mark.parametrize(
    "href",
    [
        "/2026/11/23/story-of-troops-now?{0}" + "k" * 3_800 + "=1",
        "/2026/11/23" + "/{0}-a-b" * 400 + "/story-of-troops-now",
        "/news/{0}?" + "&".join(f"{chr(97 + n)}{{0}}漢字漢字漢字漢字漢字=1" for n in range(20)),
    ],
)
def test_what_is_remembered_is_bounded_whatever_addresses_and_elements_are(href: str) -> None:
    tags = [chr(97 + n % 26) + chr(97 + n // 26) + "y" * 3_000 for n in range(400)]
    visits = Visits()
    for _ in range(3):
        links = "".join(
            f'<{tag} class="{"漢" * 100}"><h3><a href="{href.format(n)}">{LONG} {n}</a></h3>'
            f'</{tag}><p><a href="/x{n}">x</a></p>'
            for n, tag in enumerate(tags)
        )
        assert isinstance(visits.look(f"<body>{links}</body>"), FoundLinks)
    assert len((visits.learned or "").encode()) <= MOST_WRITTEN

"""What answers in a list page's place: doubted, and believed only when it is met again."""

import pytest

from crawler.lists.find import STRANGE, FoundLinks, NotAList
from crawler.lists.learned import described
from tests.unit.crawler.lists.test_over_visits import Visits, page, story

COOKIES = "<h1>We value your privacy</h1><ul>{}</ul>".format(
    "".join(
        f'<li><a href="/{name}">{said}</a></li>'
        for name, said in (
            (
                "privacy-policy-and-your-choices",
                "Read how we use your data and what you can choose",
            ),
            ("cookie-policy-for-all-our-services", "Learn about cookies that our partners use"),
            ("list-of-our-partners-and-vendors", "See the list of our 842 partners and vendors"),
            ("terms-of-service-and-conditions", "Terms of service that apply to every visitor"),
        )
    )
)
LOST = "<h1>404 - page not found</h1><p>Most read:</p><ul>{}</ul>".format(
    "".join(
        f'<li><a href="/news/2019/05/most-read-{n}.html">Most read in old times, no. {n}</a></li>'
        for n in range(5)
    )
)
AS_EVER = "".join(
    f'<div class="story"><h3><a href="/news/2019/05/old-{n}.html">An old story of the harbour</a>'
    "</h3></div>"
    for n in range(5)
)
"""Even made like the articles: but nothing stands around them that always stood there."""


def known(days: int = 10) -> Visits:
    visits = Visits()
    for day in range(days):
        visits.look(page(*map(story, range(day, day + 6))), days=1)
    return visits


def look(visits: Visits, html: str) -> FoundLinks | NotAList:
    """Look as the archive would have it: what a failure learned is kept, too."""
    found = visits.look(html, hours=1)
    visits.learned = found.learned or visits.learned
    return found


@pytest.mark.parametrize("wall", [COOKIES, LOST, AS_EVER])
def test_a_wall_is_a_failure_in_words_and_the_page_behind_it_as_ever(wall: str) -> None:
    visits = known()
    found = look(visits, wall)
    assert isinstance(found, NotAList)
    assert found.reason == STRANGE
    assert "met again, it is believed" in described(visits.learned)[-1]
    back = look(visits, page(*map(story, range(10, 16))))
    assert isinstance(back, FoundLinks)
    assert not back.anew
    assert visits.new() == ["The harbour has its story number 15"]


def test_walls_that_take_turns_are_never_believed() -> None:
    visits = known()
    for wall in (COOKIES, LOST) * 3:
        assert isinstance(look(visits, wall), NotAList)


def test_what_is_met_again_is_believed_as_a_first_visit_is() -> None:
    visits = known()
    assert isinstance(look(visits, COOKIES), NotAList)
    found = look(visits, COOKIES)
    assert isinstance(found, FoundLinks)
    assert found.anew
    again = look(visits, COOKIES)
    assert isinstance(again, FoundLinks)
    assert not again.anew


def test_the_page_that_comes_back_after_a_wall_was_believed_is_known() -> None:
    visits = known()
    for _ in range(4):
        look(visits, COOKIES)
    back = look(visits, page(*map(story, range(10, 16))))
    assert isinstance(back, FoundLinks)
    assert not back.anew


def test_a_redesign_that_still_shows_known_articles_is_believed_at_once() -> None:
    visits = known()
    cards = "".join(
        f'<section><a href="/news/2026/11/story-number-{n}.html"><b>Harbour, story no. {n}</b></a>'
        "<p>It is told in some words that say a little of what there is.</p></section>"
        for n in range(12, 18)
    )
    found = look(visits, f"<main>{cards}</main>")
    assert isinstance(found, FoundLinks)
    assert not found.anew
    assert len(found.entries) == 6


def test_a_page_whose_articles_are_all_new_each_time_is_never_doubted() -> None:
    visits = Visits()
    for day in range(12):
        found = look(visits, page(*map(story, range(day * 6, day * 6 + 6))))
        assert isinstance(found, FoundLinks)
        assert not found.anew


def test_addresses_that_differ_at_each_visit_are_not_doubted_for_that() -> None:
    visits = Visits()
    for day in range(6):
        html = page(*map(story, range(6))).replace('.html"', f'.html?sid={day}"')
        html = html.replace('/"', f'/?sid={day}"')
        found = look(visits, html)
        assert isinstance(found, FoundLinks)
        assert not found.anew


def test_links_that_are_named_are_believed() -> None:
    visits = Visits(links="li > a")
    look(visits, page(*map(story, range(6))))
    assert isinstance(look(visits, COOKIES), FoundLinks)

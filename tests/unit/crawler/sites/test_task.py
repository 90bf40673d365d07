"""Looking at one page of a site, as a worker does: bytes there, bytes back."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from crawler.lists.find import Asked, NotAList
from crawler.sites import task
from crawler.sites.address import scope_of
from crawler.sites.look import AskedPage, Looked

SITE = "https://press.test/"
STORIES = "".join(
    f'<article><h3><a href="/2026/11/crane-comes-down-again-{n}">The crane number {n} comes down '
    "in the harbour</a></h3></article>"
    for n in range(6)
)
NAV = '<nav><a href="/world">World</a><a href="/town?sort=new">Town</a></nav>'
HTML = f"<html><title>The Press</title><body>{NAV}{STORIES}</body></html>"


def look(
    html: str,
    headers: Mapping[str, str] | None = None,
    *,
    front: bool = True,
    learned: str | None = None,
) -> Looked | NotAList:
    asked = Asked(
        url=SITE if front else f"{SITE}world",
        headers=headers or {},
        links=None,
        learned=learned,
        now=datetime(2026, 11, 23, tzinfo=UTC),
    )
    page = AskedPage(asked=asked, scope=scope_of(SITE, ()), front=front)
    return task.answer(task.run(task.question(html.encode(), page)))


def test_a_page_tells_its_articles_and_its_sections() -> None:
    found = look(HTML)
    assert isinstance(found, Looked)
    assert len(found.entries) == 6
    assert found.sections == ("https://press.test/world",)
    assert found.title == "The Press"


@pytest.mark.parametrize(
    ("html", "headers"),
    [
        (HTML.replace("<title>", '<meta name="robots" content="noindex, nofollow"><title>'), {}),
        (HTML.replace("<title>", '<meta name="wirewatch" content="none"><title>'), {}),
        (HTML, {"x-robots-tag": "nofollow"}),
    ],
)
def test_who_asks_not_to_be_followed_is_not(html: str, headers: dict[str, str]) -> None:
    front = look(html, headers)
    assert isinstance(front, Looked)
    assert (len(front.entries), front.sections) == (6, ())  # a person named it as a source
    other = look(html, headers, front=False)
    assert isinstance(other, NotAList)
    assert "nofollow" in other.reason


def test_what_concerns_others_or_one_link_alone_does_not_bind_the_page() -> None:
    found = look(HTML, {"x-robots-tag": "otherbot: nofollow"})
    assert isinstance(found, Looked)
    assert found.sections
    marked = look(HTML.replace('<a href="/world"', '<a rel="nofollow" href="/world"'))
    assert isinstance(marked, Looked)
    assert (len(marked.entries), marked.sections) == (6, ())


def test_a_page_of_another_site_tells_nothing_where_a_section_stood() -> None:
    front = look(HTML + '<footer><a href="/imprint">Imprint</a></footer>')
    assert isinstance(front, Looked)
    wall = HTML.replace(NAV, "").replace("/2026/11/", "/consent/")
    other = look(wall, front=False, learned=front.learned)
    assert other == NotAList("neither an article nor any navigation of this site stands there")
    again = look(HTML, front=False, learned=front.learned)
    assert isinstance(again, Looked)


@pytest.mark.parametrize("html", ["", "%PDF-1.7", "\x00\x00"])
def test_what_is_no_page_says_so(html: str) -> None:
    assert isinstance(look(html), NotAList)


def test_a_front_page_that_only_leads_on_is_one_until_it_told_articles() -> None:
    bare = f"<html><body>{NAV}</body></html>"
    found = look(bare)
    assert isinstance(found, Looked)
    assert (found.entries, found.sections) == ((), ("https://press.test/world",))
    known = look(HTML)
    assert isinstance(known, Looked)
    lost = look(bare, learned=known.learned)
    assert isinstance(lost, NotAList)
    assert "where there were 6" in lost.reason

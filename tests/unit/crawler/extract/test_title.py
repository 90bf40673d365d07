"""Titles: which of a page's six is the story's, and what of it is the site's."""

import json

import pytest

from crawler.extract.said import said_by
from crawler.extract.title import title_of
from crawler.extract.tree import tree_of
from tests.unit.crawler.extract.pages import BODY, html

URL = "https://www.harbour-news.test/2026/crane"


def title(
    *,
    tab: str = "",
    social: str = "",
    headline: str = "",
    heading: str = "",
    site: str = "",
    more: str = "",
    url: str = URL,
) -> str:
    metas = {"og:title": social, "og:site_name": site}
    head = "".join(f'<meta property="{name}" content="{said}">' for name, said in metas.items())
    if headline:
        thing = json.dumps({"@type": "NewsArticle", "headline": headline})
        head += f'<script type="application/ld+json">{thing}</script>'
    body = (f"<h1>{heading}</h1>" if heading else "") + more + BODY
    tree = tree_of(html(head, body, title=tab))
    assert tree is not None
    return title_of(said_by(tree, url))


@pytest.mark.parametrize(
    ("tab", "expected"),
    [
        ("Crane comes down | Harbour News", "Crane comes down"),
        ("Crane comes down - Harbour-News.test", "Crane comes down"),
        ("Crane comes down – The Daily Quay", "Crane comes down"),
        ("Crane comes down — The Daily Quay", "Crane comes down"),
        ("Crane comes down · The Daily Quay", "Crane comes down"),
        ("Crane comes down » The Daily Quay", "Crane comes down"),
        ("Crane comes down : The Daily Quay", "Crane comes down"),
        ("Crane comes down / The Daily Quay", "Crane comes down"),
        ("Crane comes down_The Daily Quay", "Crane comes down"),
        ("Crane comes down｜The Daily Quay", "Crane comes down"),
        ("Crane comes down：The Daily Quay", "Crane comes down"),
        ("The Daily Quay | Crane comes down", "Crane comes down"),
        ("The Daily Quay: Crane comes down", "The Daily Quay: Crane comes down"),
        ("Crane comes down | Business | Harbour News", "Crane comes down | Business"),
        ("起重机倒下-The Daily Quay", "起重机倒下"),
        ("Crane - it comes down - The Daily Quay", "Crane - it comes down"),
        ("Crane - it comes down", "Crane - it comes down"),
        ("North-South line opens", "North-South line opens"),
        ("The Daily Quay", "The Daily Quay"),
        ("", ""),
    ],
)
def test_the_sites_name_is_cut_from_any_side(tab: str, expected: str) -> None:
    assert title(tab=tab, site="The Daily Quay") == expected


@pytest.mark.parametrize(
    ("social", "headline", "heading", "expected"),
    [
        # Every one of them is about the story: what is made for readers outside stands alone.
        ("Crane comes down", "Old crane taken down", "Old crane taken down", "Crane comes down"),
        # With the site in it, it is a copy of the tab's and tells less than what readers see.
        (
            "Crane falls | The Daily Quay",
            "Old crane taken down",
            "Old crane taken down",
            "Old crane taken down",
        ),
        ("Crane falls | The Daily Quay", "", "", "Crane falls"),
        ("The Daily Quay", "Old crane taken down", "", "Old crane taken down"),
        ("Crane comes down, and with it", "", 'Crane comes down, and with it "all"', None),
        ("Crane comes", "", "Crane comes “down”", None),
        ("Crane comes…", "", "Crane comes down", None),
        ("Crane comes ...", "", "Crane comes down", None),
        ("Crane comes", "", "Crane comes down", "Crane comes"),
        ("Storm | Crane comes down", "Crane comes down", "Crane comes down", "Crane comes down"),
        ("Storm / Crane comes down", "Crane comes down", "Storm", "Storm / Crane comes down"),
        ("Crane down! - Latest", "Crane down! - Latest", "Crane down!", "Crane down! - Latest"),
        ("Crane &amp;amp; wheel", "", "", "Crane & wheel"),
        ("", "Old crane &amp; wheel", "", "Old crane & wheel"),
        ("", "", "Crane comes down", "Crane comes down"),
    ],
)
def test_the_witnesses_are_held_against_each_other(
    social: str, headline: str, heading: str, expected: str | None
) -> None:
    told = title(
        tab="Crane comes down",
        social=social.replace('"', "&quot;"),
        headline=headline,
        heading=heading,
        site="The Daily Quay",
    )
    assert told == (expected or heading)


def test_a_heading_in_a_trail_is_not_what_readers_see() -> None:
    told = title(
        tab="Crane latest",
        social="Crane latest",
        headline="Old crane taken down",
        more='<nav data-breadcrumb="1"><h1>Crane latest</h1></nav>'
        "<h2>Harbour Old crane taken down</h2>",
    )
    assert told == "Old crane taken down"


def test_the_heading_of_the_site_is_passed_over() -> None:
    told = title(
        tab="Crane comes down | Harbour",
        heading="The Daily Quay",
        more="<h1>Crane comes down</h1>",
        site="The Daily Quay",
    )
    assert told == "Crane comes down"


def test_a_title_of_nothing_but_separators_is_cut_at_few_of_them() -> None:
    assert len(title(tab="a | " * 5_000, site="The Daily Quay")) <= 1_000


@pytest.mark.parametrize(
    ("head", "heading", "expected"),
    [
        (
            '<meta property="og:title" content="Crane of harbour falls | Wharf News Agency">',
            "(LEAD) Crane of harbour falls",
            "Crane of harbour falls",
        ),
        (
            '<meta property="og:title" content="Crane of harbour falls (Published 2024)">',
            "Crane of harbour falls",
            "Crane of harbour falls",
        ),
        ("", "Crane of harbour falls in storm", "Crane of harbour falls in storm"),
    ],
)
def test_a_title_that_nearly_is_the_headline(head: str, heading: str, expected: str) -> None:
    tab = "Crane of harbour falls" + (" | Wharf News Agency" if "Agency" in head else "")
    tree = tree_of(html(head, f"<h1>{heading}</h1>", title=tab))
    assert tree is not None
    assert title_of(said_by(tree, "https://en.kranich.test/1")) == expected

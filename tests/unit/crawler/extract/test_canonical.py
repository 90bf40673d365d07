"""The address that a page names as its own: believed where it can be true."""

import json

import pytest

from crawler.extract.canonical import canonical_of
from crawler.extract.said import said_by
from crawler.extract.tree import tree_of
from tests.unit.crawler.extract.pages import BODY, URL, html

SITE = "https://www.harbour.test"
CRANE = f"{SITE}/news/2026/crane-comes-down-123456.html"
OTHER = f"{SITE}/news/2026/wheel-goes-round-654321.html"


def link(href: str) -> str:
    return f'<link rel="canonical" href="{href}">'


def og(href: str) -> str:
    return f'<meta property="og:url" content="{href}">'


def data(**facts: object) -> str:
    thing = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "x", **facts}
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


def canonical(head: str, url: str = CRANE, body: str = BODY) -> str | None:
    tree = tree_of(html(head=head, body=body))
    assert tree is not None
    return canonical_of(tree, url, said_by(tree, url))


@pytest.mark.parametrize(
    ("url", "named"),
    [
        (f"{CRANE}?amp=1", CRANE),
        (f"{SITE}/news/crane/amp", f"{SITE}/news/crane"),
        (f"{SITE}/news/crane/2", f"{SITE}/news/crane"),
        (f"{SITE}/news/crane/print", f"{SITE}/news/crane"),
        (f"{SITE}/news/crane?page=2", f"{SITE}/news/crane"),
        ("https://m.harbour.test/a/7", f"{SITE}/news/crane"),
        ("http://harbour.test/view?id=7", f"{SITE}/view?id=7"),
        (f"{SITE}/view?id=7&ref=front", f"{SITE}/view?id=7"),
        (f"{SITE}/view?id=7", f"{SITE}/news/crane"),
        (f"{SITE}/the-crane-that-came-down/of-it", f"{SITE}/the-crane-that-came-down"),
        (f"{SITE}/", f"{SITE}/"),
        (f"{SITE}/404-days-at-sea", f"{SITE}/404-days-at-sea/"),
    ],
)  # fmt: skip
def test_what_can_be_true_is_believed(url: str, named: str) -> None:
    assert canonical(link(named), url) == named


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        (f"{CRANE}#comments", CRANE),
        (f"{CRANE}#", CRANE),
        (f"{SITE}/news#!crane", f"{SITE}/news#!crane"),
    ],
)
def test_a_part_of_the_page_is_not_its_address(named: str, meant: str) -> None:
    url = CRANE if meant == CRANE else f"{SITE}/news"
    assert canonical(link(named), url) == meant
    assert canonical(og(f"{CRANE}#comments")) == CRANE


@pytest.mark.parametrize(
    ("url", "named"),
    [
        (CRANE, f"{SITE}/"),
        (CRANE, f"{SITE}/news"),
        (CRANE, f"{SITE}/news/2026/"),
        (f"{SITE}/news/2026/crane", f"{SITE}/NEWS/index.html"),
        (f"{SITE}/view.php?id=7", f"{SITE}/view.php"),
        (f"{SITE}/view.php?id=7", f"{SITE}/view.php?rss=1"),
        (f"{SITE}/news/articleView.html?idxno=1", f"{SITE}/news/articleView.html"),
        (CRANE, f"{SITE}/error/404.html"),
        (CRANE, f"{SITE}/page-not-found"),
        (CRANE, f"{SITE}/{{{{ article.slug }}}}"),
        (CRANE, f"{SITE}/news/undefined"),
        (CRANE, f"{SITE}/[object Object]"),
        (CRANE, "https://elsewhere.test/news/crane"),
        (CRANE, "http://localhost/news/crane"),
        (CRANE, "mailto:a@harbour.test"),
    ],
)
def test_what_would_make_one_article_of_many_is_not(url: str, named: str) -> None:
    assert canonical(link(named), url) is None


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ([CRANE, OTHER], CRANE),
        ([OTHER, CRANE], CRANE),
        ([f"{SITE}/", CRANE], CRANE),
        ([f"{SITE}/a-1", f"{SITE}/b-2"], None),
        ([f"{CRANE}?utm_source=x", CRANE], f"{CRANE}?utm_source=x"),
    ],
)
def test_of_several_that_contradict_the_pages_own_is_believed(
    named: list[str], expected: str | None
) -> None:
    assert canonical("".join(map(link, named))) == expected


def test_or_the_one_that_its_other_marks_confirm() -> None:
    head = link(f"{SITE}/a-1") + link(f"{SITE}/b-2") + og(f"{SITE}/b-2")
    assert canonical(head, f"{SITE}/x?id=7") == f"{SITE}/b-2"


def test_what_stands_in_the_body_counts_only_where_the_head_has_none() -> None:
    body = f"<div>{link(OTHER)}</div>{BODY}"
    assert canonical(link(CRANE), body=body) == CRANE
    assert canonical("", f"{SITE}/view?id=7", body=body) == OTHER


def test_another_articles_address_is_not_believed_where_the_page_knows_its_own() -> None:
    assert canonical(link(OTHER)) == OTHER
    assert canonical(link(OTHER) + og(CRANE)) is None
    assert canonical(link(OTHER) + data(url=CRANE)) is None
    assert canonical(link(OTHER) + og(OTHER)) == OTHER


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (og(CRANE), CRANE),
        (og("/news/2026/crane-comes-down-123456.html"), CRANE),
        (data(mainEntityOfPage={"@id": CRANE}), CRANE),
        (data(mainEntityOfPage=CRANE), CRANE),
        (data(url=CRANE), CRANE),
        (data(url=["x"], mainEntityOfPage=7), None),
        (link(f"{SITE}/") + og(CRANE), CRANE),
        (og(f"{SITE}/"), None),
        (og(f"{SITE}/news"), None),
        (og("https://elsewhere.test/crane-comes-down-123456"), None),
    ],
)
def test_weaker_marks_are_asked_where_there_is_none(head: str, expected: str | None) -> None:
    assert canonical(head, f"{SITE}/a?id=7") == expected


def test_thousands_of_links_are_not_all_looked_at() -> None:
    assert canonical(link("https://elsewhere.test/") * 5_000 + link(CRANE)) is None
    assert canonical(link("/" + "a" * 100_000), URL) is not None

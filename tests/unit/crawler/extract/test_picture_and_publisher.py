"""The picture of a story, and what its publisher is called."""

import json
from dataclasses import replace

import pytest

from crawler.extract.image import image_of
from crawler.extract.publisher_name import publisher_name_of
from crawler.extract.said import Said, said_by
from crawler.extract.tree import tree_of
from tests.unit.crawler.extract.pages import html

HERE = "https://www.harbour-news.test"
CDN = "https://pictures.test/2026"


def said(head: str = "", url: str = f"{HERE}/crane", **facts: object) -> Said:
    thing = json.dumps({"@type": "NewsArticle", "headline": "Crane comes down", **facts})
    tree = tree_of(html(f'{head}<script type="application/ld+json">{thing}</script>'))
    assert tree is not None
    return said_by(tree, url)


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("head", "image", "expected"),
    [
        (meta("og:image", f"{CDN}/crane.jpg"), None, f"{CDN}/crane.jpg"),
        (meta("og:image", "/crane.jpg"), None, HERE + "/crane.jpg"),
        (meta("og:image", f"{CDN}/crane.jpg?logo=1"), None, f"{CDN}/crane.jpg?logo=1"),
        (meta("og:image", "javascript:alert(1)"), None, None),
        (meta("og:image", "data:image/png;base64,AAAA"), None, None),
        (meta("og:image", f"{CDN}/logo.png"), None, None),
        (meta("og:image", f"{CDN}/site-logo-600x600.png"), None, None),
        (meta("og:image", f"{CDN}/default_image.jpg"), f"{CDN}/crane.jpg", f"{CDN}/crane.jpg"),
        (meta("og:image", f"{CDN}/1x1.gif"), None, None),
        (meta("og:image", f"{CDN}/mark.svg"), None, None),
        (meta("og:image", f"{CDN}/" + "x" * 3000), None, None),
        (meta("og:image", f"{CDN}/s.jpg") + meta("og:image:width", "40"), None, None),
        (meta("og:image", "/s.jpg") + meta("og:image:width", "9" * 5000), None, HERE + "/s.jpg"),
        (meta("twitter:image", f"{CDN}/crane.jpg"), None, f"{CDN}/crane.jpg"),
        ("", f"{CDN}/crane.jpg", f"{CDN}/crane.jpg"),
        ("", [f"{CDN}/crane.jpg", f"{CDN}/other.jpg"], f"{CDN}/crane.jpg"),
        ("", {"url": f"{CDN}/crane.jpg", "width": "1200"}, f"{CDN}/crane.jpg"),
        ("", {"url": [f"{CDN}/crane.jpg"]}, f"{CDN}/crane.jpg"),
        ("", [{"url": f"{CDN}/small.jpg", "width": 50}, f"{CDN}/crane.jpg"], f"{CDN}/crane.jpg"),
        ("", {"url": 7}, None),
        ("", None, None),
    ],
)  # fmt: skip
def test_a_picture_of_the_story_is_told(head: str, image: object, expected: str | None) -> None:
    assert image_of(said(head, image=image)) == expected


@pytest.mark.parametrize(
    ("site", "publisher", "domain", "expected"),
    [
        ("Harbour News", None, "harbour-news.test", "Harbour News"),
        ("", {"name": "Harbour News"}, "harbour-news.test", "Harbour News"),
        ("", "The Harbour", "harbour-news.test", "The Harbour"),
        ("Voice of Harbours", None, "voh.test", "Voice of Harbours"),
        ("Der Hafen", None, "derhafen.test", "Der Hafen"),
        ("El Hafén", None, "elhafen.test", "El Hafén"),
        ("항구일보", None, "harbour.test", None),
        ("항구일보", {"name": "항구일보"}, "harbour.test", "항구일보"),
        ("روزنامه\u200cبندر", "روزنامه\u200cبندر", "harbour.test", "روزنامه\u200cبندر"),
        # What steers, mixes scripts, or is drawn like the name of somebody known is no name.
        ("\u202eruobraH", "\u202eruobraH", "harbour.test", None),
        ("Hаrbour", "Hаrbour", "harbour.test", None),
        ("Reuters", "Reuters", "reuters-news.test", None),
        ("REUTERS.", "REUTERS.", "harbour.test", None),
        ("𝐑𝐞𝐮𝐭𝐞𝐫𝐬", "𝐑𝐞𝐮𝐭𝐞𝐫𝐬", "harbour.test", None),
        ("АР", "АР", "harbour.test", "АР"),
        ("АFР", "АFР", "harbour.test", None),
        ("Reuters", None, "reuters.com", "Reuters"),
        ("Law &amp;amp; Harbour", None, "harbour.test", "Law & Harbour"),
        # Neither fits the domain; two witnesses agree on one, and one alone may be a template's.
        ("Quay Daily", {"name": "Quay Daily"}, "harbour.test", "Quay Daily"),
        ("My WordPress", None, "harbour.test", None),
        ("My WordPress", {"name": "Harbour"}, "harbour.test", "Harbour"),
        ("Home", None, "home.test", None),
        ("https://harbour.test", None, "harbour.test", None),
        ("Harbour " * 20, None, "harbour.test", None),
        ("", {"name": ["Harbour"]}, "harbour.test", None),
        ("", None, "harbour.test", None),
    ],
)
def test_a_plausible_name_is_told(
    site: str, publisher: object, domain: str, expected: str | None
) -> None:
    told = said(meta("og:site_name", site), f"https://www.{domain}/x", publisher=publisher)
    assert publisher_name_of(told) == expected


def test_the_end_of_the_pages_title_is_a_witness() -> None:
    for title, expected in (("크레인 철거 | 항구일보", "항구일보"), ("크레인 철거", None)):
        told = said(meta("og:site_name", "항구일보"), "https://www.harbour.test/x")
        assert publisher_name_of(replace(told, page_title=title)) == expected

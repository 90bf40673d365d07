"""What addresses tell by themselves."""

import pytest

from crawler.lists.address import address_of

ROOT = "https://paper.example"


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/world/2026/nov/23/some-words-of-it", "/word/year/month/day/slug"),
        ("/2026/11/23/some-words-of-it/", "/year/month/day/slug"),
        ("/n1/2026/1123/c1000-40600000.html", "/odd/year/day/name.html"),
        ("/news/articleView.html?idxno=304512", "/word/word.html?idxno"),
        ("/view/AEN20261123000100315", "/word/dated"),
        ("/en/article/q/6a4ae9a744af8ecdfa6678c5f1eda29c.kcmsf", "/word/word/word/name.kcmsf"),
        ("/d-7651000/kapal-feri-terakhir", "/name/slug"),
        ("/politics/", "/word"),
        ("/?p=123", "/?p"),
        ("/%D9%81%D9%8A-%D8%A7%D9%84%D9%85%D9%8A%D9%86%D8%A7%D8%A1", "/slug"),
    ],
)
def test_addresses_of_one_kind_share_a_shape(path: str, shape: str) -> None:
    assert address_of(ROOT + path).shape == shape


@pytest.mark.parametrize(
    ("article", "other"),
    [
        ("/2026/11/23/ferry-vote-goes-to-recount/", "/2026/11/"),
        ("/news/ferry-vote-goes-to-a-recount", "/news/"),
        ("/news/articleView.html?idxno=304512", "/news/articleList.html?sc_section_code=S1N1"),
        ("/world/2026/nov/23/storm-cuts-power", "/world/video/2026/nov/23/storm-cuts-power"),
        ("/?id=118", "/?page=2"),
        ("/story/1981234", "/author/jo-lane"),
        ("/a/ferry-vote-goes-to-a-recount", "/tag/ferry-vote"),
        ("/artykul/7,114881,31500217,prom.html", "/kategoria/0,0.html"),
    ],
)
def test_articles_have_better_addresses_than_lists(article: str, other: str) -> None:
    assert address_of(ROOT + article).points > address_of(ROOT + other).points + 1


@pytest.mark.parametrize("name", ["report.pdf", "photo.JPG", "rss.xml", "tape.mp3"])
def test_files_are_no_pages(name: str) -> None:
    assert address_of(f"{ROOT}/2026/11/23/{name}").is_file


@pytest.mark.parametrize("path", ["/author/x", "/tags/korea", "/gallery/2026/11/23/a-b", "/about"])
def test_some_words_lead_elsewhere(path: str) -> None:
    assert address_of(ROOT + path).elsewhere


def test_a_headline_may_hold_any_word() -> None:
    assert not address_of(f"{ROOT}/2026/11/23/tag-team-wins-the-series").elsewhere

"""Which addresses are taken for section pages, and which for traps."""

import pytest

from crawler.sites.address import is_section, scope_of

SITE = "https://www.press.test/"
EVERYWHERE = scope_of(SITE, ())


@pytest.mark.parametrize(
    ("path", "in_navigation", "beside"),
    [
        ("/world", True, True),
        ("/world/asia", True, True),
        ("/news/us-and-canada", True, False),
        ("/topic/climate-change-and-energy", True, False),
        ("/category/12", True, False),
        ("/a/b/c/d", True, False),
        ("/g20", True, True),
        ("/정치", True, True),
        ("/news/articleList.html?sc_section_code=S1N1&view_type=sm", True, True),
        ("/?section=world", True, True),
        ("https://sport.press.test/", True, False),
        ("/", False, False),
        ("https://press.test/", False, False),
        ("/index.html", False, False),
        ("/2026/11/23", False, False),
        ("/archive/2026", False, False),
        ("/calendar/november", False, False),
        ("/events", False, False),
        ("/world/page/2", False, False),
        ("/world?page=2", False, False),
        ("/world?sort=popular", False, False),
        ("/world?sid=0000000000a1", False, False),
        ("/s/00000000a1b2/world", False, False),
        ("/world/print", False, False),
        ("/amp/world", False, False),
        ("/world/asia/world/asia", False, False),
        ("/login", False, False),
        ("/about", False, False),
        ("/author/jane", False, False),
        ("/video", False, False),
        ("/feed.xml", False, False),
        ("/world.pdf", False, False),
        ("/world/crane-falls-into-the-harbour-41234", False, False),
        ("/12345", False, False),
        ("/a/b/c/d/e", False, False),
        ("/" + "long" * 80, False, False),
        ("https://elsewhere.test/world", False, False),
        ("https://press.test.evil.test/world", False, False),
    ],
)
def test_an_address_is_a_sections(path: str, in_navigation: bool, beside: bool) -> None:
    url = path if path.startswith("http") else SITE.rstrip("/") + path
    found = [is_section(url, EVERYWHERE, in_navigation=where) for where in (True, False)]
    assert found == [in_navigation, beside]


@pytest.mark.parametrize(
    ("sections", "url", "within"),
    [
        (("/world",), "/world", True),
        (("/world",), "/world/", True),
        (("/world/",), "/world/asia", True),
        (("world",), "/world/asia", True),
        (("/world",), "/worldwide", False),
        (("/world",), "/politics", False),
        (("/list?section=world",), "/list?section=world", True),
        (("/list?section=world",), "/list?section=sport", False),
        (("https://sport.press.test/",), "https://sport.press.test/tennis", True),
        (("https://sport.press.test/",), "/tennis", False),
    ],
)
def test_sections_that_are_named_are_the_bounds(
    sections: tuple[str, ...], url: str, *, within: bool
) -> None:
    address = url if url.startswith("http") else SITE.rstrip("/") + url
    assert is_section(address, scope_of(SITE, sections), in_navigation=True) is within


def test_what_is_named_twice_counts_once_and_strangers_are_told_apart() -> None:
    scope = scope_of(SITE, ("/world", "world", "/world/", "https://elsewhere.test/x"))
    assert scope.ours() == ("https://www.press.test/world",)
    assert scope.strange() == ("https://elsewhere.test/x",)

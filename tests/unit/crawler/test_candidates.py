"""Which addresses of a page may be feeds: pages as sites of all kinds build them."""

import pytest

from crawler import candidates
from crawler.candidates import Candidate, Way, guesses, named_in

PAGE = "https://paper.test/"


def head(*links: str, body: str = "") -> str:
    return f"<!doctype html><html><head>{''.join(links)}</head><body>{body}</body></html>"


def link(href: str, kind: str = "application/rss+xml", **more: str) -> str:
    said = "".join(f' {name}="{text}"' for name, text in more.items())
    return f'<link rel="alternate" type="{kind}" href="{href}"{said}>'


def found(page: str, url: str = PAGE) -> list[str]:
    return [one.url for one in named_in(page, url).candidates]


@pytest.mark.parametrize(
    ("page", "urls"),
    [
        # a blog: posts, then comments
        (head(link("/feed/"), link("/comments/feed/")), ["/feed/", "/comments/feed/"]),
        # three formats
        (
            head(
                link("/a.xml", "application/atom+xml"),
                link("/r.rdf", "application/rdf+xml"),
                link("/j", "application/feed+json"),
            ),
            ["/a.xml", "/r.rdf", "/j"],
        ),
        # types as people write them
        (head(link("/x", "Application/RSS+XML; charset=utf-8")), ["/x"]),
        (head(link("/x", "text/xml")), ["/x"]),
        (head('<link type="application/atom+xml" rel="ALTERNATE nofollow" href=/y>'), ["/y"]),
        (head('<link rel="feed" href="/z">'), ["/z"]),
        # the same one twice, the page itself, and nothing
        (head(link("/f"), link("https://paper.test/f#top")), ["/f"]),
        (head(link("/")), []),
        (head(link("")), []),
        (head(link("   ")), []),
        # what is no feed
        (head(link("/ko/", "text/html", hreflang="ko")), []),
        (head(link("/wp-json/wp/v2/pages/7", "application/json")), []),
        (head(link("/wp-json/oembed/1.0/embed?url=x", "application/json+oembed")), []),
        (head('<link rel="stylesheet" href="/feed.css">', '<link rel="icon" href="/rss">'), []),
        (head(link("javascript:alert(1)"), link("file:///etc/passwd")), []),
        (head(link("https://paper.test@10.0.0.1/rss")), []),
        # where the page says it stands
        (head('<base href="/blog/2026/">', link("../rss.xml")), ["/blog/rss.xml"]),
        # broken markup
        ('<link rel=alternate type=application/rss+xml href="/late">', ["/late"]),
        ("<p>\x00<<<" + link("/deep") + "</html></html>", ["/deep"]),
        ("", []),
        ("plain words", []),
    ],
)
def test_feeds_that_the_head_names(page: str, urls: list[str]) -> None:
    assert found(page) == [f"https://paper.test{url}" for url in urls]


@pytest.mark.parametrize(
    ("anchor", "is_one"),
    [
        ('<a href="/rss">News</a>', True),
        ('<a href="/rss/">News</a>', True),
        ('<a href="/rss2.0">News</a>', True),
        ('<a href="/world/feed">News</a>', True),
        ('<a href="/news.rss">News</a>', True),
        ('<a href="/feeds/all.atom">News</a>', True),
        ('<a href="/news-feed.xml">News</a>', True),
        ('<a href="/index.php?feed=rss2">News</a>', True),
        ('<a href="/list?section=7&format=rss">News</a>', True),
        ('<a href="/kr/1042">RSS</a>', True),
        ('<a href="/kr/1042" title="RSS feed"><img src="/rss.png"></a>', True),
        ('<a href="https://feeds.example/paper/rss">News</a>', True),
        ('<a href="/feedback">News</a>', False),
        ('<a href="/rss-explained.html">News</a>', False),
        ('<a href="/2026/11/feeding-the-birds">News</a>', False),
        ('<a href="/sitemap.xml">News</a>', False),
        ('<a href="/sitemap/rss.xml">News</a>', False),
        ('<a href="https://feedly.com/i/subscription/feed">Feedly</a>', False),
        ('<a href="mailto:desk@paper.test">RSS</a>', False),
        ("<a>RSS</a>", False),
    ],
)
def test_links_that_look_like_feeds(anchor: str, *, is_one: bool) -> None:
    assert (len(found(head(body=anchor))) == 1) is is_one


def test_a_list_of_feeds_is_taken_although_the_head_names_another() -> None:
    links = "".join(f'<a href="/rss/{name}.rss">{name}</a>' for name in "abcde")
    told = named_in(head(link("/all"), body=links), PAGE).candidates
    assert [one.way for one in told] == [Way.NAMED] + [Way.LINKED] * 5
    assert [one.label for one in told[1:]] == list("abcde")
    few = '<a href="/rss/a.rss">a</a>'
    assert found(head(link("/all"), body=few)) == ["https://paper.test/all"]


def test_the_sites_own_links_come_first() -> None:
    page = head(
        body='<a href="https://other.test/rss">x</a><a href="https://m.paper.test/rss">y</a>'
    )
    assert found(page) == ["https://m.paper.test/rss", "https://other.test/rss"]


def test_titles_are_one_line_of_text() -> None:
    looked = named_in(
        head("<title> The\n Paper </title>", link("/f", title="World&amp;#10;\u0007 news")), PAGE
    )
    assert looked.title == "The Paper"
    assert looked.candidates[0].label.startswith("World")
    assert "\n" not in looked.candidates[0].label


def test_names_in_other_scripts_survive_their_charset() -> None:
    page = head('<meta charset="euc-kr">', link("/rss", title="북한 뉴스")).encode("euc-kr")
    told = candidates.answer(candidates.run(candidates.question(page, "text/html", PAGE)))
    assert told.candidates == (Candidate(url="https://paper.test/rss", label="북한 뉴스"),)


def test_a_page_of_a_hundred_thousand_links_gives_some() -> None:
    links = "".join(f'<a href="/{number}/rss">x</a>' for number in range(100_000))
    assert len(found(head(body=links))) == candidates.MOST_NAMED


def test_a_page_nested_without_end_is_read_as_far_as_it_goes() -> None:
    assert found(head(link("/feed"), body="<div>" * 20_000)) == ["https://paper.test/feed"]


def test_places_are_guessed_below_the_page_and_then_at_the_root() -> None:
    urls = [one.url for one in guesses("https://paper.test/world?page=2")]
    assert urls[:2] == ["https://paper.test/world/feed", "https://paper.test/world/rss"]
    assert "https://paper.test/feed" in urls
    assert "https://paper.test/?feed=rss2" in urls
    assert len(urls) == len(set(urls))
    assert len(urls) < 20


def test_at_the_root_nothing_is_guessed_twice() -> None:
    urls = [one.url for one in guesses("https://paper.test")]
    assert urls[0] == "https://paper.test/feed"
    assert len(urls) == len(set(urls))
    assert {one.way for one in guesses("https://paper.test")} == {Way.GUESSED}

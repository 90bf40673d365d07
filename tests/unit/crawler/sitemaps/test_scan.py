"""Sitemaps as servers send them, good ones and bad ones."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.sitemaps.document import MOST_LISTED, Document, Listed, NotASitemap
from crawler.sitemaps.scan import MOST_UNPACKED, looks_like_a_sitemap, scan, unpacked
from tests.unit.crawler.sitemaps.documents import HOME, XMLNS, index, news, url, urlset


def scanned(body: bytes) -> Document:
    document = scan(body)
    assert isinstance(document, Document), document
    return document


def urls(body: bytes) -> list[str]:
    return [one.url.removeprefix(HOME) for one in scanned(body).listed]


def reason(body: bytes) -> str:
    document = scan(body)
    assert isinstance(document, NotASitemap)
    return document.reason


def test_addresses_and_when_they_were_touched() -> None:
    body = urlset(url("a", "2026-11-23T05:00:00Z"), url("b"))
    assert scanned(body) == Document(
        listed=(Listed(HOME + "a", "2026-11-23T05:00:00Z"), Listed(HOME + "b"))
    )


def test_the_extension_for_news() -> None:
    (one,) = scanned(urlset(news("a", "Crane &amp; port", "2026-11-23T05:00:00+09:00"))).listed
    assert one == Listed(
        HOME + "a",
        published="2026-11-23T05:00:00+09:00",
        title="Crane & port",
        language="en",
        keywords="port, crane",
        paper="The Paper",
    )


@pytest.mark.parametrize("spaces", ["", XMLNS])
def test_the_extension_is_read_where_its_namespace_is_not_declared(spaces: str) -> None:
    inner = news("a", "Crane falls", "2026-11-23T05:00:00Z")
    (one,) = scanned(f"<urlset {spaces}>{inner}</urlset>".encode()).listed
    assert (one.title, one.published) == ("Crane falls", "2026-11-23T05:00:00Z")


def test_images_videos_and_other_tongues_are_no_articles() -> None:
    body = (
        f'<urlset {XMLNS} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" '
        'xmlns:video="http://www.google.com/schemas/sitemap-video/1.1" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml"><url>'
        f"<image:image><image:loc>{HOME}x.jpg</image:loc><image:title>No</image:title>"
        f"</image:image><loc>{HOME}a</loc>"
        f'<xhtml:link rel="alternate" hreflang="de" href="{HOME}de"/>'
        f"<video:video><video:title>No</video:title><video:publication_date>2020-01-01"
        "</video:publication_date></video:video></url></urlset>"
    ).encode()
    assert scanned(body).listed == (Listed(HOME + "a"),)


@pytest.mark.parametrize(
    "head",
    [
        "<urlset>",
        '<urlset xmlns="http://www.google.com/schemas/sitemap/0.84">',
        '<sm:urlset xmlns:sm="urn:anything">',
        "<!-- made by hand --><urlset>",
        '<?xml version="1.0" encoding="utf-8"?><?xml-stylesheet href="x.xsl"?>\n<urlset>',
        "\ufeff  <urlset>",
        "<!DOCTYPE urlset><urlset>",
        "<URLSET>",
        "<sm:urlset>",
    ],
)
def test_namespaces_and_prologues_do_not_matter(head: str) -> None:
    prefix = "sm:" if "<sm:" in head else ""
    name = "URLSET" if "URLSET" in head else f"{prefix}urlset"
    body = f"{head}<{prefix}url><{prefix}loc> {HOME}a\n</{prefix}loc></{prefix}url></{name}>"
    assert urls(body.encode()) == ["a"]


def test_an_index_names_further_ones() -> None:
    document = scanned(index([("a.xml", "2026-11-23"), ("b.xml", "")]))
    assert [(one.url, one.lastmod) for one in document.children] == [
        (HOME + "a.xml", "2026-11-23"),
        (HOME + "b.xml", ""),
    ]


def test_a_list_in_plain_text() -> None:
    assert urls(f"\ufeff{HOME}a\r\n\r\n{HOME}b\n".encode()) == ["a", "b"]
    assert reason(b"User-agent: *\nDisallow: /") == (
        "neither XML nor a line with an address stands there"
    )


def test_gzip_is_undone_even_twice_but_not_without_end() -> None:
    body = urlset(url("a"))
    assert urls(gzip.compress(body)) == ["a"]
    assert urls(gzip.compress(gzip.compress(body))) == ["a"]
    deep = gzip.compress(gzip.compress(gzip.compress(body)))
    assert isinstance(scan(deep), NotASitemap)


def test_a_bomb_is_read_to_its_bound() -> None:
    head = urlset(url("a")).removesuffix(b"</urlset>")
    bomb = gzip.compress(gzip.compress(head + b" " * (MOST_UNPACKED * 8)))
    body, cut = unpacked(bomb)
    assert (len(body), cut) == (MOST_UNPACKED, True)
    document = scanned(bomb)
    assert document.broken == "it was read to 10 MiB"
    assert len(document.listed) == 1


def test_gzip_that_breaks_off_gives_what_was_there() -> None:
    whole = gzip.compress(urlset(*(url(f"{n * 7919}") for n in range(3_000))))
    document = scanned(whole[: len(whole) // 2])
    assert 100 < len(document.listed) < 3_000
    assert document.broken == "the document is not well-formed"


@pytest.mark.parametrize(
    ("inner", "found"),
    [
        (f"<url><loc>{HOME}a&b=1</loc></url>{url('c')}", ["a&b=1", "c"]),
        (f"{url('a')}<url><loc>{HOME}b</loc>", ["a"]),
        (f"{url('a')}<url><lastmod>2026</lastmod></url>{url('b')}", ["a", "b"]),
        (f"{url('a')}\x00\x08{url('b')}", ["a", "b"]),
        (f"{url('a')}<url><loc><![CDATA[{HOME}b]]></loc></url>", ["a", "b"]),
        (f"{url('a')}<wrong>{url('b')}", ["a", "b"]),
    ],
)
def test_what_is_broken_is_read_as_far_as_it_goes(inner: str, found: list[str]) -> None:
    assert urls(f"<urlset>{inner}</urlset>".encode())[: len(found)] == found


def test_entities_are_refused_and_nothing_is_opened() -> None:
    bomb = (
        '<!DOCTYPE u [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        "<urlset><url><loc>https://x.test/&b;</loc></url></urlset>"
    )
    assert reason(bomb.encode()) == "it declares entities of its own, which no sitemap needs"
    file = '<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset>&x;</urlset>'
    assert "entities" in reason(file.encode())


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "the answer is empty"),
        (b"\xef\xbb\xbf \n", "the answer is empty"),
        (b"<rss version='2.0'><channel/></rss>", "this is a feed, not a sitemap"),
        (b"<?xml version='1.0'?><feed xmlns='x'/>", "this is a feed, not a sitemap"),
        (b"<rdf:RDF xmlns:rdf='x'/>", "this is a feed, not a sitemap"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "this is a web page, not a sitemap"),
        (b"<opml/>", "this is a list of feeds (OPML), not a sitemap"),
        (b"<svg/>", "this is XML, but not a sitemap"),
        (b"\x1f\x8bnot gzip at all", "the answer is empty"),
    ],
)
def test_what_is_no_sitemap_says_what_it_is(body: bytes, words: str) -> None:
    assert reason(body).startswith(words)


def test_an_empty_sitemap_is_one() -> None:
    assert scanned(urlset()) == Document()


def test_no_more_than_the_protocol_allows_is_read() -> None:
    document = scanned(urlset(*(url(str(n)) for n in range(MOST_LISTED + 10))))
    assert len(document.listed) == MOST_LISTED
    assert document.broken == "only the first 50,000 addresses are read"


def test_a_sitemap_is_told_by_its_beginning() -> None:
    assert looks_like_a_sitemap(urlset())
    assert looks_like_a_sitemap(gzip.compress(index([])))
    assert looks_like_a_sitemap(f"{HOME}a\n{HOME}b".encode())
    assert not looks_like_a_sitemap(b"<rss/>")
    assert not looks_like_a_sitemap(b"<html><urlset></html>")
    assert not looks_like_a_sitemap(b"hello")


@given(st.binary(max_size=300))
def test_no_bytes_break_it(body: bytes) -> None:
    assert isinstance(scan(body), Document | NotASitemap)
    looks_like_a_sitemap(body)


@given(
    st.lists(
        st.sampled_from(
            [
                "<url>",
                "</url>",
                "<loc>",
                "</loc>",
                "&",
                "<",
                "https://x.test/",
                "]]>",
                "<news:news>",
            ]
        )
    )
)
def test_no_markup_breaks_it(pieces: list[str]) -> None:
    assert isinstance(scan(f"<urlset>{''.join(pieces)}".encode()), Document | NotASitemap)

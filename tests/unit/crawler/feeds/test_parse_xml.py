"""RSS, RDF and Atom in all their states."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.feeds.document import NotAFeed, ParsedFeed
from crawler.feeds.parse import parse
from news.entry import Entry

URL = "https://news.test/feeds/world.xml"

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Harbour &amp;amp; Hill</title><language>en-gb</language><ttl>30</ttl>
<item><title>A coffin under &lt;i&gt;the&lt;/i&gt; flag</title><link>/world/7?utm_source=rss</link>
<guid isPermaLink="false">tag:7</guid><pubDate>Tue, 05 Nov 2024 09:10:00 +0300</pubDate>
<description>&lt;p&gt;It came &lt;b&gt;home&lt;/b&gt;.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;
</description>
<content:encoded><![CDATA[<p>It came home.</p><p>Nobody spoke.</p>]]></content:encoded>
<dc:creator>A. Reporter</dc:creator></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"><title>Вести</title>
<entry><id>urn:7</id><title type="text">List&lt;String&gt; &amp; co</title>
<link rel="enclosure" href="/a.mp3"/><link rel="alternate" href="https://news.test/7"/>
<published>2024-11-05T06:00:00Z</published><updated>2024-11-05T07:00:00+01:00</updated>
<author><name>Иван</name></author><author><name>Мария</name></author>
<summary type="html">&lt;p&gt;Гроб&lt;/p&gt;</summary></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>R</title>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency></channel>
<item rdf:about="https://news.test/7"><title>Seven</title><link>https://news.test/7</link>
<dc:date>2024-11-05T06:00:00Z</dc:date></item></rdf:RDF>"""


def read(text: str | bytes, content_type: str = "application/xml") -> ParsedFeed:
    body = text.encode() if isinstance(text, str) else text
    parsed = parse(body, {"content-type": content_type}, URL)
    assert isinstance(parsed, ParsedFeed), parsed
    return parsed


def refused(text: str | bytes) -> str:
    parsed = parse(text.encode() if isinstance(text, str) else text, {}, URL)
    assert isinstance(parsed, NotAFeed), parsed
    return parsed.reason


def rss(*items: str, more: str = "") -> str:
    return f"<rss version='2.0'><channel><title>T</title>{more}{''.join(items)}</channel></rss>"


def only(text: str | bytes, content_type: str = "application/xml") -> Entry:
    (entry,) = read(text, content_type).entries
    return entry


def test_rss() -> None:
    feed = read(RSS)
    assert (feed.title, feed.wait, feed.broken) == ("Harbour & Hill", timedelta(minutes=30), None)
    assert feed.entries == (
        Entry(
            own_id="tag:7",
            url="https://news.test/world/7?utm_source=rss",
            title="A coffin under the flag",
            summary="It came home.",
            content="It came home.\nNobody spoke.",
            published=datetime(2024, 11, 5, 6, 10, tzinfo=UTC),
            authors=("A. Reporter",),
            language="en-gb",
        ),
    )


def test_atom() -> None:
    assert only(ATOM) == Entry(
        own_id="urn:7",
        url="https://news.test/7",
        title="List<String> & co",
        summary="Гроб",
        published=datetime(2024, 11, 5, 6, tzinfo=UTC),
        updated=datetime(2024, 11, 5, 6, tzinfo=UTC),
        authors=("Иван", "Мария"),
        language="ru",
    )


def test_rdf() -> None:
    feed = read(RDF)
    assert feed.wait == timedelta(minutes=15)
    assert feed.entries[0].title == "Seven"
    assert feed.entries[0].published == datetime(2024, 11, 5, 6, tzinfo=UTC)


@pytest.mark.parametrize("version", ["0.90", "0.91", "0.92", "2.0"])
def test_every_version_of_rss(version: str) -> None:
    assert only(rss("<item><title>x</title></item>").replace("2.0", version)).title == "x"


@pytest.mark.parametrize(
    ("encoded", "content_type"),
    [
        (RSS.encode("utf-16"), "application/xml"),
        (RSS.encode("utf-8-sig"), "text/xml"),
        (b"\n\n " + RSS.encode(), "text/xml"),
        (b"<b>Warning</b>: x\n" + RSS.encode(), "text/html"),
        (RSS.encode(), "text/plain"),
        (RSS.encode(), "application/json; charset=klingon"),
        (RSS.replace("?>", " encoding='utf-16'?>", 1).encode(), "text/xml"),
        (RSS.replace("flag", "fl\x00\x0bag").encode(), "text/xml"),
    ],
)
def test_what_can_be_read_is_read(encoded: bytes, content_type: str) -> None:
    assert only(encoded, content_type).title == "A coffin under the flag"


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "euc-kr", "utf-8", "utf-16"])
def test_the_declared_charset_is_used(charset: str) -> None:
    text = "김정은" if charset == "euc-kr" else "Гроб под флагом"
    item = rss(f"<item><title>{text}</title></item>")
    body = f"<?xml version='1.0' encoding='{charset}'?>{item}".encode(charset)
    assert only(body).title == text


def test_a_wrong_charset_of_the_server_does_no_harm() -> None:
    body = rss("<item><title>Гроб</title></item>").encode()
    assert only(body, "text/xml; charset=iso-8859-1").title == "Гроб"


def test_a_document_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    items = [f"<item><title>{n}</title><link>https://news.test/{n}</link></item>" for n in range(5)]
    feed = read(rss(*items)[:-60])
    assert [entry.title for entry in feed.entries][:4] == ["0", "1", "2", "3"]
    assert feed.broken == f"the document breaks off after {len(rss(*items)) - 60} bytes"


@pytest.mark.parametrize(
    "document",
    [
        '<?xml version="1.0"?><rss><channel><item><title>x',
        '<?xml version="1.0"?><rss version="2.0"><channel><title>The Paper</title>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Paper</title><entry><id',
    ],
)
def test_what_breaks_off_before_its_first_item_is_no_empty_feed(document: str) -> None:
    size = len(document)
    words = f"the document breaks off after {size} bytes, before its first item"
    assert refused(document) == words


def test_an_empty_channel_is_a_feed_without_items() -> None:
    assert read(rss()).entries == ()
    broken = read("<rss version='2.0'><channel><title>A < B</title></channel></rss>")
    assert (broken.entries, broken.broken) == ((), "the document is not well-formed")


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("", "the answer is empty"),
        (" \n\x00\ufeff", "the answer is empty"),
        ("hello", "this is not a feed"),
        ("<html><body>Not here</body></html>", "this is a web page, not a feed"),
        ("<!DOCTYPE html><title>x</title>", "this is a web page, not a feed"),
        (
            "<link rel=me><link rel=alternate type='application/rss+xml' href='/r?a&amp;b'><html>",
            "this is a web page, not a feed; it names the feed https://news.test/r?a&b",
        ),
        (
            "<html><link rel='alternate' type='application/rss+xml' href='javascript:x'>",
            "this is a web page, not a feed",
        ),
        ("<urlset xmlns='x'><url/></urlset>", "this is a sitemap, not a feed"),
        ("<?xml version='1.0'?><opml/>", "this is a list of feeds (OPML), not a feed"),
        ("\x89PNG\r\n\x1a\n" + "\x00\x01" * 500, "this is not a feed"),
    ],
)
def test_what_is_no_feed_says_what_it_is(document: str, reason: str) -> None:
    assert refused(document) == reason


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("<link>https://a.test/1</link>", "https://a.test/1"),
        ("<link>2</link>", "https://news.test/feeds/2"),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>file:///etc/passwd</link>", None),
        ("<link>http://good.test@evil.test/</link>", None),
        ("<guid>https://a.test/3</guid>", "https://a.test/3"),
        ("<guid isPermaLink='false'>https://a.test/4</guid>", None),
        (f"<link>https://a.test/{'x' * 5_000}</link>", None),
    ],
)
def test_links_are_absolute_and_http(link: str, url: str | None) -> None:
    assert only(rss(f"<item><title>x</title>{link}</item>")).url == url


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Tue, 05 Nov 2024 06:00:00 EST", datetime(2024, 11, 5, 11, tzinfo=UTC)),
        ("2024-11-05T06:00:00", datetime(2024, 11, 5, 6, tzinfo=UTC)),
        ("2024-11-05", datetime(2024, 11, 5, tzinfo=UTC)),
        ("Fri, 31 Dec 2199 23:59:59 GMT", datetime(2199, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Mon, 01 Jan 0001 00:00:00 +0000", None),
        ("31 Feb 2024", None),
        ("2024.11.05 06:00", datetime(2024, 11, 5, 6, tzinfo=UTC)),
        ("2024/11/5 06:00:30", datetime(2024, 11, 5, 6, 0, 30, tzinfo=UTC)),
        ("2024년 11월 5일 (화) 오후 3:20", datetime(2024, 11, 5, 15, 20, tzinfo=UTC)),
        ("2024年11月05日", datetime(2024, 11, 5, tzinfo=UTC)),
        ("2024.13.05", None),
        ("20246-11-05", None),
        ("Thu, 31 Dec 2026 23:00:00 -0500", datetime(2027, 1, 1, 4, tzinfo=UTC)),
        ("Sun, 01 Nov 26 01:00:00 +0900", datetime(2026, 10, 31, 16, tzinfo=UTC)),
        ("x" * 5_000, None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_utc_or_nothing(date: str, published: datetime | None) -> None:
    item = f"<item><title>x</title><pubDate>{date}</pubDate></item>"
    assert only(rss(item)).published == published


def test_one_guid_for_all_identifies_nothing() -> None:
    items = [f"<item><guid>same</guid><title>{n}</title></item>" for n in range(2)]
    assert [entry.own_id for entry in read(rss(*items)).entries] == [None, None]


def test_an_item_that_says_nothing_is_not_told() -> None:
    assert read(rss("<item><pubDate>Tue, 05 Nov 2024 06:00:00 GMT</pubDate></item>")).entries == ()


def test_titles_are_cut_and_long_summaries_are_the_text() -> None:
    text = "word " * 8_000
    entry = only(rss(f"<item><title>{text * 10}</title><description>{text}</description></item>"))
    assert len(entry.title) == 999
    assert len(entry.summary) == 20_000
    assert entry.content == text.strip()


def test_not_more_than_a_thousand_entries() -> None:
    items = [f"<item><title>{n}</title></item>" for n in range(3_000)]
    assert len(read(rss(*items)).entries) == 1_000


@pytest.mark.parametrize(
    ("more", "wait"),
    [
        ("", None),
        ("<ttl>60</ttl>", timedelta(hours=1)),
        ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>soon</ttl>", None),
        (f"<ttl>{'9' * 5_000}</ttl>", timedelta(days=1)),
    ],
)
def test_the_least_wait_that_a_feed_asks_for(more: str, wait: timedelta | None) -> None:
    assert read(rss(more=more)).wait == wait


def test_no_entity_reaches_a_file_and_no_expansion_explodes(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET", encoding="utf-8")
    external = f"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file://{secret}'>]>"
    entry = only(external + rss("<item><title>a&x;b</title><link>/1</link></item>"))
    assert "SECRET" not in repr(entry)
    lol = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
    bomb = f"<!DOCTYPE rss [<!ENTITY l0 'lol'>{lol}]>"
    parsed = parse((bomb + rss("<item><title>&l11;</title></item>")).encode(), {}, URL)
    assert len(repr(parsed)) < 10_000


def test_a_document_is_never_taken_for_the_name_of_a_file() -> None:
    assert refused("/etc/passwd") == "this is not a feed"

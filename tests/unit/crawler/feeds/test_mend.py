"""Documents as servers send them are made fit to be parsed."""

import gzip

import pytest

from crawler.feeds.mend import inflated, mended, newest

XML = "text/xml"


@pytest.mark.parametrize(
    ("sent", "fit"),
    [
        (b"<rss/>", b"<rss/>"),
        (b"\xef\xbb\xbf<rss/>", b"<rss/>"),
        (b"\n\n  \xef\xbb\xbf\n<?xml version='1.0'?><rss/>", b"<?xml version='1.0'?><rss/>"),
        (b"Warning: mysql on line 3<br />\n<?xml version='1.0'?><rss/>",
         b"<?xml version='1.0'?><rss/>"),
        (b"<br />\n<b>Notice</b><rss version='2.0'/>", b"<rss version='2.0'/>"),
        (b"<!-- <rss> --><feed/>", b"<!-- <rss> --><feed/>"),
        (b"<rss>a\x00b\x0bc\td</rss>", b"<rss>abc\td</rss>"),
        (b"no markup at all", b"no markup at all"),
    ],
)  # fmt: skip
def test_what_stands_before_and_between_is_taken_out(sent: bytes, fit: bytes) -> None:
    assert mended(sent, XML)[0] == fit


@pytest.mark.parametrize(
    ("sent", "fit"),
    [
        (b"AT&T & R&D;", b"AT&amp;T &amp; R&D;"),
        (b"?a=1&b=2", b"?a=1&amp;b=2"),
        (b"&amp; &lt; &eacute; &#1057; &#x421;", b"&amp; &lt; &eacute; &#1057; &#x421;"),
        (b"<![CDATA[a & b &#0; ]]> & c", b"<![CDATA[a & b &#0; ]]> &amp; c"),
        (b"a&#0;b&#x1B;c&#xd800;d&#57343;e&#xFFFF;f&#x110000;", b"abcdef"),
        (b"&#9;&#x0a;&#13;&#x10FFFF;", b"&#9;&#x0a;&#13;&#x10FFFF;"),
        (b"&", b"&amp;"),
    ],
)
def test_references_are_such_as_may_stand_in_xml(sent: bytes, fit: bytes) -> None:
    assert mended(b"<rss>" + sent, "")[0] == b"<rss>" + fit


def test_bytes_that_are_utf8_outweigh_what_is_declared() -> None:
    body = "<?xml version='1.0' encoding='iso-8859-1'?><rss>Гроб</rss>".encode()
    fit, content_type = mended(body, "text/xml; charset=windows-1251")
    assert fit == "<?xml version='1.0'?><rss>Гроб</rss>".encode()
    assert content_type == "text/xml"


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r"])
def test_other_charsets_are_left_to_their_declaration(charset: str) -> None:
    body = f"<?xml version='1.0' encoding='{charset}'?><rss>Гроб</rss>".encode(charset)
    assert mended(body, f"text/xml; charset={charset}") == (body, f"text/xml; charset={charset}")


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_wide_encodings_are_made_utf8(charset: str) -> None:
    body = "<?xml version='1.0' encoding='utf-16'?><rss>Гроб</rss>".encode(charset)
    fit = "<?xml version='1.0'?><rss>Гроб</rss>".encode()
    assert mended(body, "text/xml; charset=x") == (fit, "text/xml")


def test_undeclared_gzip_is_unpacked_under_a_bound() -> None:
    assert inflated(gzip.compress(b"<rss/>")) == b"<rss/>"
    assert inflated(b"\x1f\x8b not gzip") == b"\x1f\x8b not gzip"
    assert inflated(b"<rss/>") == b"<rss/>"
    assert len(inflated(gzip.compress(bytes(50 * 2**20)))) == 10 * 2**20


def item(number: int, date: str = "") -> str:
    return f"<item><title>{number}</title>{date}</item>"


def titles(body: bytes) -> list[int]:
    return [int(piece.split(b"<")[0]) for piece in body.split(b"<title>")[1:]]


def test_of_too_many_items_the_newest_stay() -> None:
    dates = [f"<pubDate>Tue, {1 + n % 28:02} Nov 2024 06:00:00 GMT</pubDate>" for n in range(30)]
    body = "<rss>" + "".join(map(item, range(30), dates)) + "</rss>"
    cut = newest(body.encode(), most=3)
    assert titles(cut) == [25, 26, 27]
    assert cut.startswith(b"<rss><item>")
    assert cut.endswith(b"</item></rss>")


def test_without_dates_the_first_stay() -> None:
    body = "<rss>" + "".join(item(n) for n in range(30)) + "</rss>"
    assert titles(newest(body.encode(), most=3)) == [0, 1, 2]
    assert newest(body.encode(), most=30) == body.encode()


def test_entries_of_atom_are_items_too() -> None:
    entries = [
        f"<a:entry><title>{n}</title><a:updated>2024-11-{n:02}T00:00:00Z</a:updated></a:entry>"
        for n in range(1, 20)
    ]
    assert titles(newest("".join(entries).replace("a:", "").encode(), most=2)) == [18, 19]

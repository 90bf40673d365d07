"""Lists of sources read and written: what readers exchange, and what strangers put into it."""

from datetime import UTC, datetime

import listparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from crawler import opml
from crawler.opml import Line, Listing, read, written

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
RSS = "https://a.test/rss"


def document(body: str, *, head: str = "<title>Mine</title>", encoding: str = "utf-8") -> bytes:
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        f'<opml version="2.0"><head>{head}</head><body>{body}</body></opml>'
    )
    return text.encode(encoding)


def outline(text: str = "A", url: str = RSS, **more: str) -> str:
    said = "".join(f' {name}="{value}"' for name, value in more.items())
    return f'<outline text="{text}" type="rss" xmlUrl="{url}"{said}/>'


def lines(body: str) -> tuple[Line, ...]:
    return read(document(body)).lines


def test_a_plain_list() -> None:
    told = read(document(outline() + outline("B", "https://b.test/rss")))
    assert told == Listing(
        title="Mine",
        lines=(Line(url=RSS, title="A"), Line(url="https://b.test/rss", title="B")),
    )


@pytest.mark.parametrize(
    ("at", "read_of_it"),
    [("</opml>", 2), ("</body>", 2), ('<outline text="B', 1), ("https://b.test", 1)],
)
def test_a_list_that_breaks_off_is_told_from_a_whole_one(at: str, read_of_it: int) -> None:
    whole = document(outline() + outline("B", "https://b.test/rss"))
    assert not read(whole).cut
    assert not read(whole + b"<!-- end -->\n").cut
    told = read(whole[: whole.index(at.encode())])
    assert (told.cut, len(told.lines)) == (True, read_of_it)
    assert opml.answer(opml.run(whole[: whole.index(at.encode())])) == told


def test_folders_become_tags_also_those_within_others() -> None:
    nested = f'<outline text="Asia"><outline text="북한 뉴스">{outline()}</outline></outline>'
    alone = outline("B", "https://b.test/rss")
    assert [one.tags for one in lines(nested + alone)] == [("Asia", "북한 뉴스"), ()]


def test_categories_become_tags_and_so_does_standing_in_two_folders() -> None:
    body = f'<outline text="One">{outline(category="/x/y,z")}</outline>'
    body += f'<outline text="Two">{outline()}</outline>'
    assert [one.tags for one in lines(body)] == [("x", "y", "z", "One", "Two")]


def test_a_link_is_a_page_to_be_read_as_a_list_and_another_list_is_named() -> None:
    told = read(
        document(
            '<outline type="link" text="Board" url="https://b.test/news"/>'
            '<outline type="include" text="More" url="https://b.test/more.opml?v=1"/>'
        )
    )
    assert told.lines == (Line(url="https://b.test/news", title="Board", kind="list"),)
    assert told.others == ("https://b.test/more.opml?v=1",)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (outline("Tom &amp; Jerry"), Line(url=RSS, title="Tom & Jerry")),
        (outline(url="https://a.test/?a=1&b=2"), Line(url="https://a.test/?a=1&b=2", title="A")),
        (outline(" A \n B "), Line(url=RSS, title="A B")),
        (outline("A&#27;[2J"), Line(url=RSS, title="A[2J")),
        (f'<outline title="T" xmlUrl="{RSS}"/>', Line(url=RSS, title="T")),
        (f'<outline XMLURL="{RSS}"></outline>', Line(url=RSS)),
        (outline() + "</outline></outline></body>" + outline(), Line(url=RSS, title="A")),
    ],
)
def test_documents_as_they_are_found(body: str, told: Line) -> None:
    assert lines(body) == (told,)


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_any_charset(encoding: str) -> None:
    (line,) = read(document(outline("Ünïcode"), encoding=encoding)).lines
    assert line.title == "Ünïcode"


def test_korean_in_its_old_charset() -> None:
    (line,) = read(document(outline("북한 뉴스"), encoding="euc-kr")).lines
    assert line.title == "북한 뉴스"


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"<html><body><p>no</p></body></html>", b"{}", b"\x00\xff\xfe", b"<"]
)
def test_what_is_no_list_lists_nothing(body: bytes) -> None:
    assert read(body).lines == ()


def test_entities_are_neither_expanded_nor_fetched() -> None:
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    bomb = (
        f'<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY l0 "ha">{laughs}'
        '<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<opml><body>{outline('&l9;&x;')}</body></opml>"
    )
    (line,) = read(bomb.encode()).lines
    assert len(line.title) < 20
    assert "root" not in line.title


def test_an_address_in_place_of_a_document_is_not_fetched() -> None:
    assert read(b"http://127.0.0.1:9/opml").lines == ()


def test_deep_folders_and_long_lists_are_bounded() -> None:
    deep = '<outline text="f">' * 3_000 + outline() + "</outline>" * 3_000
    assert len(lines(deep)[0].tags) <= 20
    many = "".join(f'<outline xmlUrl="https://h{n}.test/rss"/>' for n in range(12_000))
    told = read(document(many))
    assert (len(told.lines), told.more) == (opml.MOST_LINES, 2_000)


def test_a_worker_tells_the_same() -> None:
    body = document(f'<outline text="T">{outline()}</outline>')
    assert opml.answer(opml.run(body)) == read(body)


KEPT = (
    Line(url=RSS, title="The “Paper” & <sons>", tags=("korea", "wires")),
    Line(url="https://b.test/rss?a=1&b=2", title="北朝鮮", tags=("korea",)),
    Line(url="https://c.test/rss", title="Alone"),
    Line(url="https://d.test/rss", title="Odd tags", tags=("a,b", "c/d", 'e"f')),
    Line(
        url="https://e.test/news",
        title="Board",
        kind="list",
        tags=("korea",),
        said=(("every", "2m"), ("links", "div.item > a[href*='/view/']")),
    ),
    Line(url="https://f.test/rss", title="Cron", said=(("cron", "*/5 * * * *"),)),
)


def test_what_is_written_reads_back_as_it_was() -> None:
    told = read(written(KEPT, title="wirewatch", now=NOW))
    assert told.title == "wirewatch"
    assert sorted(told.lines, key=lambda one: one.url) == list(KEPT)


def test_other_readers_find_folders_and_feeds() -> None:
    root = etree.fromstring(written(KEPT, title="wirewatch", now=NOW))
    assert root.get("version") == "2.0"
    assert [one.get("text") for one in root.findall("body/outline")] == [
        "korea",
        "Alone",
        "a,b",
        "Cron",
    ]
    feeds = root.findall(".//outline[@xmlUrl]")
    assert {one.get("type") for one in feeds} == {"rss"}
    assert all(one.get("text") for one in root.iter("outline"))
    found = listparser.parse(written(KEPT, title="wirewatch", now=NOW))
    assert (found["version"], found["bozo"], len(found["feeds"])) == ("opml2", False, 5)


_WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp", "Zs", "Cf", "Co")),
    min_size=1,
    max_size=30,
)


@given(st.lists(st.tuples(_WORDS, st.lists(_WORDS, max_size=3, unique=True)), max_size=5))
def test_names_and_tags_of_any_script_survive(said: list[tuple[str, list[str]]]) -> None:
    kept = [
        Line(url=f"https://h.test/{n}", title=title, tags=tuple(tags))
        for n, (title, tags) in enumerate(said)
    ]
    told = read(written(kept, title="wirewatch", now=NOW))
    assert sorted(told.lines, key=lambda one: one.url) == kept


def test_what_stands_twice_or_names_nothing_is_counted() -> None:
    lines = (
        '<outline text="A" xmlUrl="https://a.test/rss"/>'
        '<outline text="Folder"><outline text="B" type="rss" xmlUrl=" https://a.test/rss"/>'
        '<outline text="nothing"/><outline text="empty" type="rss" xmlUrl=""/></outline>'
    )
    found = read(f"<opml version='2.0'><body>{lines}</body></opml>".encode())
    assert [one.title for one in found.lines] == ["A"]
    assert (found.repeated, found.nameless) == (1, 2)
    assert opml.answer(opml.run(f"<opml><body>{lines}</body></opml>".encode())).repeated == 1


def test_a_name_of_entities_that_nobody_declared_is_none() -> None:
    line = '<outline text="&who; &knows;" type="rss" xmlUrl="https://a.test/rss"/>'
    (one,) = read(f"<opml version='2.0'><body>{line}</body></opml>".encode()).lines
    assert one.title == ""

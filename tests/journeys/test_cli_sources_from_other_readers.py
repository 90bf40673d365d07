"""Hundreds of feeds come in a file of another reader, and go out in one."""

import json
from pathlib import Path

import pytest

from tests.journeys.command_line import wirewatch, write


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def listed() -> list[dict[str, object]]:
    return [json.loads(line) for line in wirewatch("source", "list", "--json").out.splitlines()]


def opml(body: str, name: str = "feeds.opml") -> str:
    write(f"<?xml version='1.0'?><opml version='2.0'><body>{body}</body></opml>", name)
    return name


def outline(title: str, url: str) -> str:
    return f'<outline text="{title}" type="rss" xmlUrl="{url}"/>'


def test_three_hundred_feeds_come_at_once_and_only_once() -> None:
    body = "".join(outline(f"Paper {n}", f"https://h{n}.test/rss") for n in range(300))
    file = opml(f'<outline text="Asia">{body}</outline>')
    ran = wirewatch("source", "import", file, "--tag", "press")
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "add    Paper 0  https://h0.test/rss  [Asia, press]"
    assert ran.out.splitlines()[-1] == "300 sources added."
    assert len(listed()) == 300
    assert {tuple(one["tags"]) for one in listed()} == {("Asia", "press")}  # type: ignore[arg-type]  # of JSON
    again = wirewatch("source", "import", file)
    assert (again.code, again.out.splitlines()[-1]) == (0, "0 sources added, 300 known already.")


def test_a_list_that_breaks_off_is_read_so_far_and_said() -> None:
    body = "".join(outline(f"Paper {n}", f"https://h{n}.test/rss") for n in range(9))
    write(f"<opml version='2.0'><body>{body}<outline text='Paper 9' xmlU", "cut.opml")
    for options, words in (["--dry-run"], "9 sources would be added."), ([], "9 sources added."):
        ran = wirewatch("source", "import", "cut.opml", *options)
        assert (ran.code, ran.out.splitlines()[-1]) == (1, words)
        assert 'cut.opml breaks off after "Paper 8": 9 sources could be read of it' in ran.err
    assert len(listed()) == 9
    told = json.loads(wirewatch("source", "import", "cut.opml", "--json").out)
    assert told["breaks_off"] is True


def test_five_hundred_in_nested_folders_come_with_their_folders_as_tags() -> None:
    inner = "".join(
        f'<outline text="Land {land}">'
        + "".join(outline(f"Paper {land}-{n}", f"https://h{land}x{n}.test/rss") for n in range(50))
        + "</outline>"
        for land in range(10)
    )
    again = outline("Twice", "http://www.h0x0.test/rss/") + outline(
        "Broken & odd", "https://z.test/?a&b"
    )
    file = opml(f'<outline text="World">{inner}</outline>{again}<outline')
    ran = wirewatch("source", "import", file)
    assert ran.code == 0
    assert ran.out.splitlines()[-1] == "501 sources added, 1 known already."
    assert 'known  http://www.h0x0.test/rss/  as "Paper 0-0"' in ran.out
    tags = [one["tags"] for one in listed()]
    assert ["World", "Land 9"] in tags
    assert [] in tags


def test_settings_of_ours_that_make_no_sense_are_told() -> None:
    line = (
        '<outline text="S" type="link" url="https://e.test/" xmlns:wirewatch="urn:wirewatch:opml" '
        'wirewatch:kind="site" wirewatch:depth="{}"/>'
    )
    for depth in ("deep", "999", "[", "[1]"):
        ran = wirewatch("source", "import", opml(line.format(depth)))
        assert (ran.code, "left   https://e.test/" in ran.out) == (1, True), depth


def test_a_dry_run_adds_nothing() -> None:
    file = opml(outline("Paper", "https://a.test/rss"))
    ran = wirewatch("source", "import", file, "--dry-run")
    assert ran.out == "add    Paper  https://a.test/rss\n1 source would be added.\n"
    assert listed() == []


def test_names_addresses_and_faults_are_told_each() -> None:
    body = (
        outline("Paper", "https://a.test/rss")
        + outline("Paper", "https://b.test/rss")
        + outline("Again", "https://A.test:443/rss?utm_source=x")
        + outline("Pseudo", "feed://c.test/rss")
        + outline("", "https://d.test/rss")
        + outline("File", "ftp://e.test/rss")
        + outline("Local", "file:///etc/passwd")
        + outline("so_7", "https://f.test/rss")
        + '<outline type="link" text="Board" url="https://g.test/news"/>'
        + '<outline type="include" text="More" url="https://g.test/more.opml"/>'
    )
    ran = wirewatch("source", "import", opml(body), "--json")
    told = json.loads(ran.out)
    names = {one["url"]: (one["name"], one["kind"]) for one in told["added"]}
    assert names == {
        "https://a.test/rss": ("Paper", "feed"),
        "https://b.test/rss": ("Paper (2)", "feed"),
        "https://c.test/rss": ("Pseudo", "feed"),
        "https://d.test/rss": ("d.test", "feed"),
        "https://f.test/rss": ("so_7 (source)", "feed"),
        "https://g.test/news": ("Board", "list"),
    }
    assert [one["name"] for one in told["known"]] == ["Paper"]
    assert [one["url"] for one in told["refused"]] == ["ftp://e.test/rss", "file:///etc/passwd"]
    assert "begins with https:// or http://" in told["refused"][0]["reason"]
    assert "Another list, not read: https://g.test/more.opml" in ran.err


OF_EVERY_KIND = """
[[source]]
name = "북한 뉴스"
url = "https://a.test/rss?a=1&b=2"
every = "2m"
tags = ["korea", "odd, tag"]
[[source]]
name = "Board"
kind = "list"
url = "https://b.test/news"
links = "li > a[href*='/view/']"
tags = ["korea"]
[[source]]
name = "Clock"
url = "https://c.test/rss"
kind = "feed"
cron = "*/5 6-22 * * *"
timezone = "Asia/Seoul"
[[source]]
name = "Map"
kind = "sitemap"
url = "https://d.test/sitemap.xml"
[[source]]
name = "Site"
kind = "site"
url = "https://e.test/"
sections = ["/news", "/정치"]
depth = 3
pages = 50
render = true
"""


def test_an_export_reads_back_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(OF_EVERY_KIND)
    assert wirewatch("apply").code == 0
    assert wirewatch("source", "export", "out.opml").out == "5 sources written to out.opml.\n"
    before = listed()
    other = tmp_path / "other"
    other.mkdir()
    (other / "in.opml").write_bytes((tmp_path / "out.opml").read_bytes())
    monkeypatch.chdir(other)
    assert wirewatch("source", "import", "in.opml").code == 0
    kept = ("name", "kind", "url", "tags", "every_seconds", "cron")
    assert [{key: one[key] for key in kept} for one in listed()] == [
        {key: one[key] for key in kept} for one in before
    ]
    second = wirewatch("source", "export").out
    first = (other / "in.opml").read_text("utf-8")
    assert sorted(_outlines(first)) == sorted(_outlines(second))


def _outlines(document: str) -> list[str]:
    return [line.strip() for line in document.splitlines() if "<outline" in line]


def test_passwords_stay_at_home_unless_they_are_asked_for() -> None:
    file = opml(outline("Paid", "https://me:secret@a.test/rss"))
    imported = wirewatch("source", "import", file)
    assert "secret" not in imported.out
    ran = wirewatch("source", "export")
    assert "secret" not in ran.out
    assert 'xmlUrl="https://a.test/rss"' in ran.out
    assert "Passwords were left out of 1" in ran.err
    assert "me:secret@a.test" in wirewatch("source", "export", "--passwords").out


def test_bombs_and_heaps_are_harmless() -> None:
    laughs = "".join(f"<!ENTITY l{n + 1} '{f'&l{n};' * 10}'>" for n in range(9))
    bomb = f"<!DOCTYPE opml [<!ENTITY l0 'ha'>{laughs}<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    write(f"{bomb}<opml><body>{outline('&l9;&f;', 'https://a.test/rss')}</body></opml>", "b.opml")
    ran = wirewatch("source", "import", "b.opml")
    assert ran.code == 0
    assert "root:" not in ran.out
    assert len(str(listed()[0]["name"])) < 20
    heap = '<outline text="x">' * 500_000
    ran = wirewatch("source", "import", opml(heap, "heap.opml"))
    assert (ran.code, "sources" in ran.err or "cannot be read" in ran.err) == (1, True)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("", 1, "lists no sources"),
        ("<html><body>hello</body></html>", 1, "lists no sources"),
        ("<rss version='2.0'><channel/></rss>", 1, "lists no sources"),
        (outline("File", "ftp://e.test/rss"), 1, "can be read as a source"),
    ],
)
def test_what_is_no_list_is_told(text: str, code: int, words: str) -> None:
    write(text if not text.startswith("<outline") else f"<opml><body>{text}</body></opml>", "x")
    ran = wirewatch("source", "import", "x")
    assert (ran.code, words in ran.err) == (code, True)


def test_a_file_that_is_not_there_or_cannot_be_written_is_told() -> None:
    assert wirewatch("source", "import", "nix.opml").err.startswith("nix.opml cannot be read: ")
    opml(outline("A", "https://a.test/rss"))
    assert wirewatch("source", "import", "feeds.opml").code == 0
    refused = wirewatch("source", "export", "no/such/f.opml")
    assert (refused.code, "cannot be written" in refused.err) == (1, True)


def test_what_an_import_leaves_out_is_told() -> None:
    write(
        "<opml version='2.0'><body><outline text='A' xmlUrl='https://a.test/rss'/>"
        "<outline text='B' xmlUrl='https://a.test/rss'/><outline text='C'/></body></opml>",
        "twice.opml",
    )
    ran = wirewatch("source", "import", "twice.opml", "--dry-run")
    assert "1 line names an address again that stands further up." in ran.err
    assert "1 line names no address." in ran.err
    told = json.loads(wirewatch("source", "import", "twice.opml", "--json").out)
    assert (len(told["added"]), told["repeated"], told["without_address"]) == (1, 1, 1)

"""Search, alerts and why answer from the archive alone, also while nothing runs."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import aliases
from archive.database import Database
from tests.journeys.command_line import wirewatch, write
from tests.journeys.told_story import SHOWN, URL, Numbers, deliver_in_vain, tell_a_story


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def told(any_archive_url: str, archive: Database, folder: Path) -> Numbers:
    """Tell one story now, and name its archive in ./wirewatch.toml."""
    assert folder.is_dir()
    write(f"[archive]\nurl = '{any_archive_url}'\n")
    return tell_a_story(archive, datetime.now(UTC))


def test_search_finds_and_shows_one_article_a_line(told: Numbers) -> None:
    found = wirewatch("search", "troops -football")
    assert found.code == 0
    wire, seen, publisher, title, url = found.out.removesuffix("\n").split("\t")
    assert (wire, publisher, title, url) == (f"ar_{told.article}", "yna.test", SHOWN, URL)
    assert datetime.fromisoformat(seen).tzinfo is not None


def test_search_for_machines_keeps_the_title_as_it_is(told: Numbers) -> None:
    out = wirewatch("search", "north", "--json").out
    assert "\u202e" not in out
    article = json.loads(out)
    assert article["id"] == f"ar_{told.article}"
    assert "[2J[red]Troops\u202e leave" in article["title"]
    assert article["publisher"] == {"name": "yna.test", "domain": "yna.test"}
    assert article["first_seen_at"].endswith("Z")


@pytest.mark.usefixtures("told")
def test_search_that_finds_nothing_says_so_beside_the_answer() -> None:
    found = wirewatch("search", "football")
    assert (found.code, found.out) == (0, "")
    assert found.err == "No article of the archive answers to this.\n"
    assert wirewatch("search", "football", "-q").err == ""
    assert wirewatch("-q", "search", "football").err == ""


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["search", "(troops"], "(troops\n^\nthis parenthesis is never closed"),
        (["search", "troops", "--since", "3x"], '"3x" is no duration; write one like "90s"'),
        (["search", "troops", "--limit", "0"], "0 is not in the range"),
        (["alerts", "--since", "soon"], '"soon" is no duration'),
        (["why", "theguardian.com"], '"theguardian.com" is neither an address (https://…) nor a'),
        (["serch", "x"], 'There is no command "serch". Did you mean "search"?'),
        (["search"], "Missing argument 'QUERY'"),
    ],
)
def test_wrong_usage_ends_with_two_and_words(words: list[str], told: str) -> None:
    refused = wirewatch(*words)
    assert refused.code == 2
    assert told in refused.err
    assert "Traceback" not in refused.err


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("words", ["search x", "alerts", f"why {URL}", "channel test x"])
def test_without_an_archive_they_say_who_makes_one(words: str) -> None:
    refused = wirewatch(*words.split())
    assert refused.code == 1
    assert "there is no archive at" in refused.err
    assert not Path("wirewatch.db").exists()


def test_alerts_show_where_each_stands(told: Numbers, archive: Database) -> None:
    waiting = wirewatch("alerts").out.split("\t")
    assert waiting[0] == f"al_{told.alert}"
    assert waiting[2:] == ["DPRK troops", "desk: waiting", f"{SHOWN} (yna.test)\n"]
    assert wirewatch("alerts", "--failed").err == "No alert failed in this time.\n"
    deliver_in_vain(archive, datetime.now(UTC))
    failed = wirewatch("alerts", "--failed")
    assert "\tdesk: waiting after 1 attempt: HTTP 503\t" in failed.out
    assert "tried again by itself" in failed.err


def test_alerts_for_machines(told: Numbers) -> None:
    alert = json.loads(wirewatch("alerts", "--json").out)
    assert (alert["id"], alert["type"]) == (f"al_{told.alert}", "story.matched")
    assert alert["deliveries"][0]["id"] == f"dl_{told.delivery}"
    assert alert["watch"]["name"] == "DPRK troops"


@pytest.mark.usefixtures("told")
def test_no_alert_is_an_answer_too() -> None:
    assert wirewatch("alerts", "--since", "0s").err == "No alert in this time.\n"


WAYS: list[Callable[[Numbers], str]] = [
    lambda _: URL,
    lambda _: URL + "?utm_source=rss#top",
    lambda numbers: f"ar_{numbers.article}",
    lambda numbers: f"al_{numbers.alert}",
    lambda numbers: f"dl_{numbers.delivery}",
    lambda numbers: f"st_{numbers.story}",
]


@pytest.mark.parametrize("way", WAYS)
def test_why_tells_the_whole_trail(told: Numbers, way: Callable[[Numbers], str]) -> None:
    answer = wirewatch("why", way(told))
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0] == SHOWN
    assert f"  yna.test · ar_{told.article} of story st_{told.story}" in lines
    assert "told by Yonhap" in answer.out
    assert any(line.endswith("  noted       Yonhap told it") for line in lines)
    assert any(line.endswith("  decided     DPRK troops: told at once") for line in lines)
    assert "DPRK troops holds for it: troops (title)" in lines
    assert any(line.startswith(f"al_{told.alert} to DPRK troops, ") for line in lines)
    assert f"  dl_{told.delivery} desk: waiting" in lines


@pytest.mark.usefixtures("told")
def test_why_of_an_entry_that_was_not_read_yet() -> None:
    answer = wirewatch("why", "https://yna.test/view/2").out
    assert answer.startswith("Yonhap told it ")
    assert "its page is still to be read" in answer


@pytest.mark.usefixtures("told")
def test_why_of_an_address_that_nobody_told() -> None:
    answer = wirewatch("why", "https://yna.test/view/404")
    assert answer.code == 0
    assert answer.out.startswith("No source of yours told it.\nYonhap (https://yna.test/")
    assert "was read once in the last day" in answer.out
    assert answer.out.endswith(
        "The address is not among the items that were read there.\n"
        "Try: wirewatch source try Yonhap, or a page that lists it: "
        "wirewatch source add ADDRESS --kind list\n"
    )


@pytest.mark.usefixtures("told")
def test_why_of_a_publisher_that_no_source_belongs_to() -> None:
    assert wirewatch("why", "https://www.theguardian.com/a").out == (
        "No source of yours told it.\n"
        "None of your sources (1) belongs to theguardian.com.\n"
        "Try: wirewatch source add https://www.theguardian.com/\n"
    )


@pytest.mark.usefixtures("told")
def test_why_of_a_source_tells_how_it_is_doing() -> None:
    answer = wirewatch("why", "so_1")
    assert answer.code == 0
    assert answer.out.startswith("Yonhap (https://yna.test/rss) was read once in the last day, ")


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("words", [["ar_999"], ["so_999"], ["w_1", "--json"]])
def test_why_of_an_unknown_name(words: list[str]) -> None:
    refused = wirewatch("why", *words)
    assert (refused.code, refused.err) == (2, f"Nothing is known as {words[0]}.\n")


def test_why_for_machines(told: Numbers) -> None:
    unknown = json.loads(wirewatch("why", "https://nobody.test/x", "--json").out)
    assert unknown["asked"] == "https://nobody.test/x"
    assert unknown["article"] is None
    assert unknown["answer"][0] == "No source of yours told it."
    assert unknown["advice"] == "wirewatch source add https://nobody.test/"
    answer = json.loads(wirewatch("why", URL, "--json").out)
    assert (answer["asked"], answer["advice"]) == (URL, None)
    assert answer["article"]["id"] == f"ar_{told.article}"
    assert [line["code"] for line in answer["trail"]] == ["new", "told"]
    assert answer["alerts"][0]["id"] == f"al_{told.alert}"
    assert answer["matches"][0]["watch"] == "DPRK troops"


def test_search_by_an_alias_and_an_unknown_one(told: Numbers, archive: Database) -> None:
    with archive.writing() as conn:
        aliases.keep(conn, "north", ["北朝鮮", "the North"])
    found = wirewatch("search", "title:troops @north", "--json")
    assert json.loads(found.out)["id"] == f"ar_{told.article}"
    refused = wirewatch("search", "@nort")
    assert refused.code == 2
    assert "@nort\n^^^^^\nthere is no alias set @nort, but @north" in refused.err

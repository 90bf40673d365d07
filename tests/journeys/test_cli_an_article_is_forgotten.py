"""A publisher demands that an article goes: it is erased, its return barred, and audited."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import articles, trail
from archive.database import Database
from news.article import Article
from news.trail import Reason, Step, TrailLine
from tests.contract.archive_world import new_article
from tests.journeys.command_line import wirewatch, write
from tests.journeys.told_story import SHOWN, URL, Numbers, tell_a_story

NOW = datetime.now(UTC)
TWIN = "http://m.yna.test/view/1/"


@pytest.fixture
def told(
    any_archive_url: str, archive: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Numbers:
    monkeypatch.chdir(tmp_path)
    write(f"[archive]\nurl = '{any_archive_url}'\n")
    return tell_a_story(archive, NOW)


@pytest.mark.parametrize("name", [URL, TWIN, "ar_1"])
def test_an_article_is_forgotten_by_any_of_its_names(told: Numbers, name: str) -> None:
    done = wirewatch("article", "forget", name, "--yes", "--why", "court order")
    assert done.code == 0
    assert done.out.startswith(f"ar_{told.article} was forgotten: its texts are erased")
    assert f"  barred: {URL}" in done.out.splitlines()
    assert SHOWN not in wirewatch("search", "troops").out
    assert "(forgotten)" in wirewatch("story", f"st_{told.story}").out
    assert "\tcourt order\n" in wirewatch("article", "forgotten").out
    assert wirewatch("why", name).out.count("a person had it forgotten: court order\n") == 1


def test_it_is_asked_before_and_says_what_is_meant(told: Numbers) -> None:
    done = wirewatch("article", "forget", "ar_1")
    assert done.code == 2
    assert f"This would forget ar_{told.article} {SHOWN}" in done.err
    assert "Say --yes" in done.err
    assert wirewatch("article", "forgotten").err == "Nothing was forgotten.\n"


def test_an_address_may_be_forgotten_before_it_is_known_and_be_allowed_again(
    told: Numbers,
) -> None:
    assert told.article == 1
    new = "https://yna.test/view/99"
    done = wirewatch("article", "forget", new, "--yes")
    assert done.out.splitlines() == [
        "Nothing of it was kept; its address is barred from now on.",
        f"  barred: {new}",
    ]
    assert done.err == "To undo the bar: wirewatch article allow URL\n"
    (line,) = wirewatch("article", "forgotten").out.splitlines()
    assert line.endswith(f"Z\t{new}\t")
    again = wirewatch("article", "allow", "https://www.yna.test/view/99?utm_source=x")
    assert again.out == f"{new} may come again.\n"
    twice = wirewatch("article", "allow", new)
    assert twice.code == 2
    assert "was not forgotten" in twice.err


def test_machines_are_told_the_same(told: Numbers) -> None:
    done = wirewatch("article", "forget", "ar_1", "--yes", "--why", "law", "--json")
    answer = json.loads(done.out)
    assert answer["article"] == f"ar_{told.article}"
    assert answer["addresses"] == [URL]
    assert answer["why"] == "law"
    assert answer["copies"] == []
    wirewatch("article", "forget", "https://yna.test/view/99", "--yes")
    one, other = map(json.loads, wirewatch("article", "forgotten", "--json").out.splitlines())
    assert (one["url"], one["why"], other["why"]) == (URL, "law", "")
    assert one["at"].endswith("Z")
    first, _ = wirewatch("article", "forgotten").out.splitlines()
    assert first.split("\t")[1:] == [URL, "law"]
    allowed = wirewatch("article", "allow", URL, "--json")
    assert json.loads(allowed.out) == {"allowed": [URL]}


def test_what_it_was_is_still_known(told: Numbers, archive: Database) -> None:
    with archive.writing() as conn:
        found = Reason(step=Step.MATCHED, code="matched", words="by orthography", watch=1)
        trail.write(conn, [TrailLine(at=NOW, reason=found, article=told.article)])
    wirewatch("article", "forget", "ar_1", "--yes")
    done = wirewatch("why", URL)
    assert "DPRK troops held for it before it was forgotten\n" in done.out
    assert "matched     DPRK troops: by words that were forgotten\n" in done.out
    assert done.code == 0
    assert f"al_{told.alert}" in done.out
    assert "orth" not in done.out


def also_told(archive: Database, story: int, *, copy_of: int | None) -> Article:
    new = new_article(7, publisher="p7.test", title="Soldiers march", story=story, owed_at=NOW)
    with archive.writing() as conn:
        return articles.add(conn, replace(new, copy_of=copy_of))


def test_copies_are_named_and_can_be_forgotten_with_it(told: Numbers, archive: Database) -> None:
    copy = also_told(archive, told.story, copy_of=told.article)
    done = wirewatch("article", "forget", "ar_1", "--yes")
    assert f"Its words still stand at other addresses: ar_{copy.id}\n" in done.err
    command = f"wirewatch article forget ar_{told.article} --copies"
    assert f"To forget these, too: {command}\n" in done.err
    done = wirewatch("article", "forget", "ar_1", "--copies", "--yes")
    assert f"ar_{copy.id} was forgotten" in done.out
    assert "still stand" not in done.err
    assert wirewatch("why", copy.url).out.startswith("(forgotten)\n")


def test_who_forgets_a_copy_is_told_of_its_original(told: Numbers, archive: Database) -> None:
    copy = also_told(archive, told.story, copy_of=told.article)
    done = wirewatch("article", "forget", f"ar_{copy.id}", "--yes", "--json")
    assert json.loads(done.out)["copies"] == [f"ar_{told.article}"]


def test_a_story_is_called_by_what_is_still_said_of_it(told: Numbers, archive: Database) -> None:
    also_told(archive, told.story, copy_of=None)
    wirewatch("article", "forget", "ar_1", "--yes")
    assert wirewatch("story", f"st_{told.story}").out.startswith("Soldiers march\n")
    found = wirewatch("search", "march", "--stories", "--json")
    assert json.loads(found.out)["title"] == "Soldiers march"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("st_1", "neither an address (https://…) nor an article (ar_7)"),
        ("nonsense", "neither an address"),
        ("ar_99", "No article is known as ar_99."),
    ],
)
@pytest.mark.usefixtures("told")
def test_what_is_no_article_is_said(name: str, words: str) -> None:
    done = wirewatch("article", "forget", name, "--yes")
    assert done.code == 2
    assert words in done.err


@pytest.mark.usefixtures("told")
def test_a_backup_remembers_what_is_forgotten(tmp_path: Path, any_archive_url: str) -> None:
    if not any_archive_url.startswith("sqlite"):
        return  # PostgreSQL is backed up by its own tools
    wirewatch("article", "forget", "ar_1", "--yes")
    copy = tmp_path / "copy.db"
    assert wirewatch("db", "backup", str(copy)).code == 0
    write(f"[archive]\nurl = 'sqlite:///{copy}'\n")
    assert URL in wirewatch("article", "forgotten").out
    assert b"from the North" not in copy.read_bytes()

"""A story is shown with those who told it, those who were told, and how its texts changed."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import articles
from archive.database import Database
from tests.contract.archive_world import new_article
from tests.journeys.command_line import wirewatch, write
from tests.journeys.told_story import SHOWN, URL, Numbers, tell_a_story

NOW = datetime.now(UTC)
BEFORE = "Six soldiers were honoured.\nThe band played.\nNobody spoke."
AFTER = "Seven soldiers were honoured.\nThe band played.\nNobody spoke."


@pytest.fixture
def told(
    any_archive_url: str, archive: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Numbers:
    monkeypatch.chdir(tmp_path)
    write(f"[archive]\nurl = '{any_archive_url}'\n")
    return tell_a_story(archive, NOW)


def copied(archive: Database, told: Numbers) -> int:
    """Let another publisher repeat the story, and then change a word of it."""
    new = new_article(7, publisher="kcna.test", title="Copied", body=BEFORE, story=told.story)
    new = replace(new, first_seen_at=NOW + timedelta(minutes=1), copy_of=told.article)
    with archive.writing() as conn:
        number = articles.add(conn, new).id
        later = new_article(7, publisher="kcna.test", title="Copied again", body=AFTER)
        articles.revise(conn, number, replace(later, owed_at=NOW + timedelta(hours=1)))
    return number


def test_a_story_shows_who_told_it_and_who_was_told(told: Numbers, archive: Database) -> None:
    number = copied(archive, told)
    done = wirewatch("story", f"st_{told.story}")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == SHOWN
    assert lines[1].startswith(
        f"  st_{told.story} · 2 articles of 2 publishers · first: yna.test, "
    )
    at = [lines.index(f"  ar_{told.article} · account · {URL}")]
    at.append(lines.index(f"  ar_{number} · copy of ar_{told.article} · https://kcna.test/view/7"))
    assert at == sorted(at)
    assert any(
        "revision 2, " in line and "title and text changed, +2 char" in line for line in lines
    )
    assert f"  see what changed: wirewatch story ar_{number} --diff 1" in lines
    assert any(line.startswith(f"al_{told.alert} to DPRK troops, ") for line in lines)
    assert f"  dl_{told.delivery} desk: waiting" in lines


def test_a_story_has_many_names(told: Numbers) -> None:
    by_number = wirewatch("story", f"st_{told.story}").out
    for name in (URL, f"ar_{told.article}", f"al_{told.alert}", f"{URL}?utm_source=x"):
        assert wirewatch("story", name).out == by_number


def test_a_diff_marks_what_is_gone_and_what_is_new(told: Numbers, archive: Database) -> None:
    number = copied(archive, told)
    for name in (f"ar_{number}", f"st_{told.story}"):
        done = wirewatch("story", name, "--diff", "1")
        assert done.code == 0
        assert done.out.splitlines() == [
            "Copied{+ again+}",
            "",
            "[-Six-]{+Seven+} soldiers were honoured.",
            "…",
        ]
        assert done.err == f"ar_{number}, from revision 1 to 2:\n"


def test_a_story_for_machines(told: Numbers, archive: Database) -> None:
    number = copied(archive, told)
    story = json.loads(wirewatch("story", URL, "--json").out)
    assert (story["id"], story["articles"]) == (f"st_{told.story}", 2)
    assert [one["id"] for one in story["tellings"]] == [f"ar_{told.article}", f"ar_{number}"]
    assert story["tellings"][1]["copy_of"] == f"ar_{told.article}"
    (revision,) = story["tellings"][1]["revisions"]
    assert (revision["n"], revision["change"], revision["size"]) == (1, "all", 2)
    diff = json.loads(wirewatch("story", f"ar_{number}", "--diff", "1", "--json").out)
    assert diff["title"] == [["same", "Copied"], ["new", " again"]]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("words", "told_words"),
    [
        (["st_99"], "No story is known as st_99.\n"),
        (["https://yna.test/nowhere"], "Try: wirewatch why https://yna.test/nowhere\n"),
        (["kursk"], '"kursk" is neither an address (https://…) nor a name such as st_5.\n'),
        ([URL, "--diff", "1"], "ar_1 has one revision.\n"),
        ([URL, "--diff", "0"], "0 is not in the range"),
    ],
)
def test_what_is_not_there_is_told(words: list[str], told_words: str) -> None:
    refused = wirewatch("story", *words)
    assert refused.code == 2
    assert told_words in refused.err


def test_a_diff_beyond_the_last_names_the_last(told: Numbers, archive: Database) -> None:
    number = copied(archive, told)
    refused = wirewatch("story", f"ar_{number}", "--diff", "2")
    assert refused.err == f"ar_{number} has 2 revisions; the last change is --diff 1.\n"

"""A story is shown with those who told it, those who were told, and how its texts changed."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from archive import articles, publishers
from archive.database import Database
from archive.schema import articles as article_rows
from archive.schema import entries as entry_rows
from archive.schema_revisits import revisits
from tests.contract.archive_world import new_article
from tests.journeys.command_line import wirewatch, write
from tests.journeys.told_story import SHOWN, URL, Numbers, tell_a_story

NOW = datetime.now(UTC)
BEFORE = "Six soldiers were honoured.\nThe band played.\nNobody spoke."
CHANGED = "the headline, a figure and the lead"
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
        conn.execute(update(article_rows).where(article_rows.c.id == number).values(copied=87))
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
    copy = f"copy of yna.test (ar_{told.article}), 87 %"
    at.append(lines.index(f"  ar_{number} · {copy} · https://kcna.test/view/7"))
    assert at == sorted(at)
    (line,) = [line for line in lines if line.startswith("  revision 2, ")]
    assert line.endswith(f": {CHANGED} (3 words, +2 characters)")
    assert f"  see what changed: wirewatch story ar_{number} --diff 1" in lines
    assert any(line.startswith(f"al_{told.alert} to DPRK troops, ") for line in lines)
    assert f"  dl_{told.delivery} desk: waiting" in lines


def test_limits_of_a_text_and_looks_at_its_page_are_said(told: Numbers, archive: Database) -> None:
    last, due = NOW + timedelta(minutes=10), NOW + timedelta(hours=1)
    with archive.writing() as conn:
        conn.execute(update(article_rows).values(paywalled=True, noarchive=True))
        conn.execute(update(entry_rows).values(revisits=1, looked_at=last))
        row = conn.execute(select(entry_rows).where(entry_rows.c.article == told.article)).one()
        waits = {"entry": row.id, "article": told.article, "host": row.host, "due_at": due}
        conn.execute(insert(revisits).values(**waits))
    looked = f"  its page was looked at again {plain(last)}, the next look is {plain(due)}"
    for name in ("story", "why"):
        lines = wirewatch(name, URL).out.splitlines()
        assert "  the rest is for those who pay" in lines
        assert any("search finds it by its title alone" in line for line in lines)
        assert looked in lines
    (one,) = json.loads(wirewatch("story", URL, "--json").out)["tellings"]
    asked = json.loads(wirewatch("why", URL, "--json").out)
    assert one["looks"] == asked["looks"]
    assert asked["looks"]["count"] == 1
    for article in (one, asked["article"]):
        assert (article["paywalled"], article["noarchive"]) == (True, True)


def plain(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


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
        assert done.err.startswith(f"ar_{number}, from revision 1 to 2, ")
        assert done.err.endswith(f"Z: {CHANGED}   [-gone-] {{+new+}}\n")


def test_a_story_for_machines(told: Numbers, archive: Database) -> None:
    number = copied(archive, told)
    story = json.loads(wirewatch("story", URL, "--json").out)
    assert (story["id"], story["articles"]) == (f"st_{told.story}", 2)
    assert [one["id"] for one in story["tellings"]] == [f"ar_{told.article}", f"ar_{number}"]
    copy = story["tellings"][1]
    assert (copy["copy_of"], copy["copied_percent"]) == (f"ar_{told.article}", 87)
    assert story["tellings"][0]["copy_of"] is None
    (revision,) = story["tellings"][1]["revisions"]
    assert (revision["n"], revision["change"], revision["size"]) == (1, "headline", 2)
    assert (revision["kinds"], revision["words"]) == (["headline", "figure", "lead"], 3)
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


def test_accounts_and_copies_stand_apart(told: Numbers, archive: Database) -> None:
    copied(archive, told)
    with archive.writing() as conn:
        third = new_article(8, publisher="theirs.test", title="In their words", story=told.story)
        articles.add(conn, replace(third, first_seen_at=NOW + timedelta(minutes=2)))
    lines = wirewatch("story", f"st_{told.story}").out.splitlines()
    heads = [line for line in lines if line in {"2 accounts:", "1 copy:"}]
    assert heads == ["2 accounts:", "1 copy:"]
    titles = [line.partition("  ")[2] for line in lines if ".test: " in line]
    assert titles == [
        f"yna.test: {SHOWN}",
        "theirs.test: In their words",
        "kcna.test: Copied again",
    ]


def test_a_family_counts_once_and_that_is_said(told: Numbers, archive: Database) -> None:
    copied(archive, told)
    with archive.writing() as conn:
        publishers.describe(conn, "kcna.test", name="KCNA", family="state")
        publishers.describe(conn, "yna.test", name="Yonhap", family="state")
    lines = wirewatch("story", f"st_{told.story}").out.splitlines()
    assert " · 2 articles of 2 publishers in 1 family · first: Yonhap, " in lines[1]
    assert lines[2] == "  one family (state), counted once: Yonhap, KCNA"
    story = json.loads(wirewatch("story", URL, "--json").out)
    assert (story["publishers"], story["families"]) == (2, 1)
    assert [one["family"] for one in story["tellings"]] == ["state", "state"]

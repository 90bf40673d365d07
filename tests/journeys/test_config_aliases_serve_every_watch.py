"""A team keeps the spellings of its names in a file; watches, also those by hand, go by them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import aliases, watches
from archive.database import Database
from news.text import analyze
from news.watch import WatchSettings
from wirewatch.apply import Applied, bring_in_line
from wirewatch.config.load import load
from wirewatch.desk import Rules
from wirewatch.desk import load as picture

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
ALIAS = '[[alias]]\nname = "kim"\nterms = ["Kim Jong-un", "{0}"]\n'
WATCH = '[[watch]]\nname = "Troops"\nquery = "@kim kursk"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def apply(archive: Database, text: str, *, prune: bool = False) -> Applied:
    Path("w.toml").write_text(text, "utf-8")
    return bring_in_line(archive, load(Path("w.toml")), now=NOW, prune=prune)


def found(archive: Database, title: str) -> list[str]:
    """Return the names of the watches that hold for an article of this title."""
    with archive.writing() as conn:
        desk = picture(conn, Rules())
    matches = desk.matcher.match(analyze(title, ""), title, "")
    return [desk.watches[match.watch].settings.name for match in matches]


def version(archive: Database) -> int:
    with archive.reading() as conn:
        return watches.set_version(conn)


def test_a_watch_finds_every_spelling_and_a_new_one_as_soon_as_it_is_applied(
    archive: Database,
) -> None:
    apply(archive, ALIAS.format("김정은") + WATCH)
    assert found(archive, "김정은, Kursk") == found(archive, "Kim Jong Un in Kursk") == ["Troops"]
    assert found(archive, "金正恩 Kursk") == []
    before = version(archive)
    applied = apply(archive, ALIAS.format("金正恩") + WATCH)
    assert [(step.verb, step.noun) for step in applied.plan.steps] == [("change", "alias")]
    assert version(archive) == before + 1
    assert found(archive, "金正恩 Kursk") == ["Troops"]
    assert found(archive, "김정은, Kursk") == []
    assert apply(archive, ALIAS.format("金正恩") + WATCH).plan.steps == ()


def test_a_watch_by_hand_may_name_what_the_file_keeps_and_is_not_left_blind(
    archive: Database,
) -> None:
    apply(archive, ALIAS.format("김정은"))
    with archive.writing() as conn:
        by_hand = WatchSettings(name="By hand", query="@kim -football")
        number = watches.add(conn, by_hand, now=NOW)
    assert found(archive, "김정은") == ["By hand"]
    remarks = apply(archive, "", prune=True).plan.remarks
    assert remarks == ('alias "kim" left the file and stays: watch "By hand" names it',)
    assert found(archive, "김정은") == ["By hand"]
    with archive.writing() as conn:
        watches.remove(conn, number, now=NOW)
    apply(archive, "", prune=True)
    with archive.reading() as conn:
        assert aliases.listing(conn) == {}

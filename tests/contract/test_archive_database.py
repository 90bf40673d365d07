"""The archive's door: whole transactions, on threads, beside other processes, through a kill."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from archive import run_lock
from archive.database import ArchiveFull, Database
from archive.schema import meta
from news.errors import ArchiveError
from tests.contract.archive_world import add_source

ROOT = Path(__file__).parents[2]


def put(conn: Connection, key: str, value: str = "x") -> None:
    conn.execute(insert(meta), {"key": key, "value": value})


def keys(archive: Database) -> set[str]:
    with archive.reading() as conn:
        found = set(conn.execute(select(meta.c.key)).scalars())
    return found - {"installation", "set_version", "analyzer_version"}


def test_a_transaction_that_fails_is_undone_whole(archive: Database) -> None:
    def fail(conn: Connection) -> None:
        put(conn, "lost")
        raise RuntimeError

    with pytest.raises(RuntimeError), archive.writing() as conn:
        fail(conn)
    with archive.writing() as conn:
        put(conn, "kept")
    assert keys(archive) == {"kept"}


def test_a_reader_cannot_write(archive: Database) -> None:
    with pytest.raises((ArchiveError, DBAPIError)), archive.reading() as conn:
        put(conn, "never")
    assert keys(archive) == set()


def test_a_bug_in_our_sql_flies_as_it_is(archive: Database) -> None:
    with pytest.raises(IntegrityError), archive.writing() as conn:
        put(conn, "installation")


def test_foreign_keys_are_held(archive: Database) -> None:
    with pytest.raises(IntegrityError), archive.writing() as conn:
        conn.execute(text("INSERT INTO texts (article, lead, body) VALUES (99, '', '')"))


async def test_work_runs_on_threads_beside_the_loop(archive: Database) -> None:
    loop_thread = threading.get_ident()

    def work(conn: Connection) -> int:
        put(conn, "kept")
        return threading.get_ident()

    assert await archive.write(work) != loop_thread
    assert await archive.read(lambda conn: threading.get_ident()) != loop_thread
    assert keys(archive) == {"kept"}


async def test_many_writers_at_once_lose_nothing(archive: Database) -> None:
    names = {f"k{number}" for number in range(100)}

    def put_one(name: str) -> "asyncio.Future[None]":
        return asyncio.ensure_future(archive.write(lambda conn: put(conn, name)))

    await asyncio.gather(*[put_one(name) for name in names])
    assert keys(archive) == names


async def test_a_cancelled_caller_does_not_undo_what_was_begun(archive: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(conn: Connection) -> None:
        put(conn, "kept")
        begun.set()
        assert go_on.wait(10)

    task = asyncio.create_task(archive.write(work))
    await asyncio.to_thread(begun.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()
    await archive.write(lambda conn: put(conn, "after"))
    assert "after" in keys(archive)
    await asyncio.to_thread(archive.close)  # waits for what was begun
    assert "kept" in keys(archive)


def test_a_reader_sees_one_state_and_hinders_no_writer(archive: Database) -> None:
    with archive.reading() as conn:
        before = conn.execute(select(meta.c.key)).all()
        with archive.writing() as writing:
            put(writing, "new")
        assert conn.execute(select(meta.c.key)).all() == before
    assert keys(archive) == {"new"}


def test_the_measured_settings_are_in_force(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    with database.writing() as conn:
        found = {
            name: conn.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    database.close()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 1,
        "foreign_keys": 1,
        "busy_timeout": 20_000,
    }
    full = Database.open(sqlite_url, durability="full")
    with full.writing() as conn:
        assert conn.execute(text("PRAGMA synchronous")).scalar_one() == 2
    full.close()


def test_ids_are_never_given_twice(archive: Database) -> None:
    first = add_source(archive)
    with archive.writing() as conn:
        conn.execute(text("DELETE FROM sources"))
    assert add_source(archive) > first


def test_a_full_disk_is_told_and_passes(sqlite_archive: Database) -> None:
    with sqlite_archive.writing() as conn:
        pages = conn.execute(text("PRAGMA page_count")).scalar_one()
        put(conn, "kept")
    with sqlite_archive.writing() as conn:
        conn.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(ArchiveFull, match="disk of the archive is full"):
        fill(sqlite_archive)
    assert keys(sqlite_archive) == {"kept"}
    with sqlite_archive.writing() as conn:
        conn.execute(text("PRAGMA max_page_count = 1000000"))
    fill(sqlite_archive)
    assert keys(sqlite_archive) == {"kept", "big"}


def fill(archive: Database) -> None:
    with archive.writing() as conn:
        put(conn, "big", "x" * 1_000_000)


def test_a_file_that_is_not_there_is_told_in_words(empty_sqlite_url: str) -> None:
    database = Database.open(empty_sqlite_url)
    with pytest.raises(ArchiveError, match="cannot be opened"), database.writing() as conn:
        put(conn, "never")
    database.close()


WRITER = """
import sys
from sqlalchemy import insert
from archive.database import Database
from archive.schema import meta

archive = Database.open(sys.argv[1])
for number in range(100_000):
    with archive.writing() as conn:
        conn.execute(insert(meta), [
            {"key": f"{number}-{half}", "value": "x" * 200} for half in ("a", "b")
        ])
    print(number, flush=True)
"""


@pytest.fixture
def writer(sqlite_url: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, sqlite_url], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    yield process
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


@pytest.mark.parametrize("commits", [1, 7, 40, 120])
def test_killing_a_writer_loses_nothing_that_was_committed(
    writer: "subprocess.Popen[str]", sqlite_url: str, commits: int
) -> None:
    assert writer.stdout is not None
    said = [int(writer.stdout.readline()) for _ in range(commits)]
    os.kill(writer.pid, signal.SIGKILL)
    said += [int(line) for line in writer.stdout.read().splitlines()]
    writer.wait()
    database = Database.open(sqlite_url)
    there = keys(database)
    with database.writing() as conn:
        put(conn, "after")
        assert conn.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    database.close()
    assert {f"{number}-{half}" for number in said for half in "ab"} <= there
    assert len(there) % 2 == 0  # transactions are whole


def test_a_command_shares_the_file_with_a_running_writer(
    writer: "subprocess.Popen[str]", sqlite_url: str
) -> None:
    assert writer.stdout is not None
    writer.stdout.readline()
    database = Database.open(sqlite_url)
    for number in range(10):
        with database.writing() as conn:
            put(conn, f"ours-{number}")
    assert writer.poll() is None
    ours = {key for key in keys(database) if key.startswith("ours")}
    database.close()
    assert len(ours) == 10


def test_a_second_run_on_one_file_is_refused(sqlite_url: str) -> None:
    with (
        run_lock.hold(sqlite_url),
        pytest.raises(ArchiveError, match=rf"another `wirewatch run` .*process {os.getpid()}"),
        run_lock.hold(sqlite_url),
    ):
        pytest.fail("two hold it")
    with run_lock.hold(sqlite_url):
        pass


def test_a_second_run_by_another_name_of_the_file_is_refused(
    sqlite_url: str, tmp_path: Path
) -> None:
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(tmp_path / "wirewatch.db")
    with (
        run_lock.hold(sqlite_url),
        pytest.raises(ArchiveError, match="another `wirewatch run`"),
        run_lock.hold(f"sqlite:///{link}"),
    ):
        pytest.fail("two hold it")


def test_the_lock_dies_with_its_process_and_no_child_keeps_it(sqlite_url: str) -> None:
    script = (
        "import subprocess, sys; from archive import run_lock\n"
        "with run_lock.hold(sys.argv[1]):\n"
        "    child = subprocess.Popen([sys.executable, '-c', 'input()'], close_fds=False,\n"
        "                             stdin=sys.stdin, stdout=subprocess.DEVNULL)\n"
        "    print(child.pid, flush=True)\n"
        "    child.wait()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, sqlite_url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as holder:
        assert holder.stdout is not None
        child = int(holder.stdout.readline())
        with pytest.raises(ArchiveError), run_lock.hold(sqlite_url):
            pytest.fail("two hold it")
        holder.kill()
        holder.wait()
        os.kill(child, 0)  # the child still lives, and holds nothing
        with run_lock.hold(sqlite_url):
            pass
        os.kill(child, signal.SIGKILL)


def test_a_shared_server_is_not_locked(postgresql_url: str) -> None:
    with run_lock.hold(postgresql_url), run_lock.hold(postgresql_url):
        pass


def test_a_locked_file_is_told_in_words(
    sqlite_url: str, sqlite_archive: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with sqlite_archive.reading() as conn:
        assert conn.execute(select(meta.c.key)).all()
    monkeypatch.setattr("archive.engines.BUSY_SECONDS", 0.05)
    with pytest.raises(ArchiveError, match="another program holds"), sqlite_archive.writing():
        pytest.fail("two write at once")
    other.execute("ROLLBACK")
    other.close()

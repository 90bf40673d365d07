"""What was forgotten is not among the bytes of an SQLite file either."""

from pathlib import Path

import pytest

from archive import vacuum
from archive.database import Database
from news.errors import ArchiveError
from tests.integration.story_world import World, entry, page
from tests.integration.test_forgetting import forget
from tests.unit.news.test_likeness import made

SECRET = "qxzebulonite"
URL = "https://yna.test/view/1"


@pytest.fixture
async def world(sqlite_archive: Database) -> World:
    world = World(sqlite_archive)
    world.add_source()
    world.pages.pages[URL] = page(URL, f"Six coffins, and {SECRET}. " * 30, "Six coffins at sea")
    others = []
    for number in range(2, 30):
        url = f"https://yna.test/view/{number}"
        world.pages.pages[url] = page(url, made(number), f"Other {number} piece of it")
        others.append(entry(number, url=url))
    await world.tell(entry(), *others)
    return world


def bytes_of(tmp_path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(tmp_path.glob("wirewatch.db*")))


async def test_its_words_leave_the_file_with_the_index_and_the_log(
    world: World, sqlite_url: str, tmp_path: Path
) -> None:
    forget(world, article=1)
    assert SECRET.encode() in bytes_of(tmp_path)
    assert vacuum.unlink_words(sqlite_url, between=lambda: None)
    assert SECRET.encode() not in bytes_of(tmp_path)


async def test_others_write_between_the_steps(
    world: World, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vacuum, "STEP", 1)
    written: list[int | None] = []

    def between() -> None:
        if len(written) < 20:  # as many as there are to be forgotten
            written.append(forget(world, article=len(written) + 2).article)

    forget(world, article=1)
    vacuum.unlink_words(sqlite_url, between=between)
    assert len(written) > 1


async def test_a_reader_keeps_the_log_and_that_is_told(
    world: World, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vacuum, "BUSY_SECONDS", 0)
    with world.archive.reading() as conn:
        conn.exec_driver_sql("SELECT count(*) FROM articles").close()
        forget(world, article=1)
        assert not vacuum.unlink_words(sqlite_url, between=lambda: None)
    assert vacuum.unlink_words(sqlite_url, between=lambda: None)


def test_a_server_needs_no_such_thing(postgresql_url: str) -> None:
    assert vacuum.unlink_words(postgresql_url, between=lambda: None)


def test_what_is_no_archive_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError):
        vacuum.unlink_words(f"sqlite:///{tmp_path / 'none.db'}", between=lambda: None)

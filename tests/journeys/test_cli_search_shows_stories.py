"""I search, and see one line a story with its articles below, not one an outlet."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import articles, publishers
from archive.database import Database
from news.article import Article
from tests.contract.archive_world import new_article
from tests.journeys.command_line import wirewatch, write

NOW = datetime.now(UTC) - timedelta(hours=1)


@pytest.fixture
def told(
    any_archive_url: str, archive: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[Article]:
    """Keep a story of five articles, two publishers of which are one family, and another story."""
    monkeypatch.chdir(tmp_path)
    write(f"[archive]\nurl = '{any_archive_url}'\n")
    found: list[Article] = []
    with archive.writing() as conn:
        for number in range(1, 6):
            story = found[0].story if found else None
            new = new_article(
                number, publisher=f"p{number}.test", title=f"Coffins {number}", story=story
            )
            found.append(articles.add(conn, replace(new, first_seen_at=NOW)))
        for domain in ("p1.test", "p2.test"):
            publishers.describe(conn, domain, name=domain.upper(), family="state")
        found.append(articles.add(conn, new_article(9, title="Coffins at sea")))
    return found


def test_a_story_is_one_line_with_its_newest_articles_below(told: list[Article]) -> None:
    done = wirewatch("search", "coffins", "--stories")
    assert (done.code, done.err) == (0, "")
    lines = [line.split("\t") for line in done.out.splitlines()]
    assert [line[0] for line in lines] == [
        f"st_{told[5].story}",
        "",
        f"st_{told[0].story}",
        *[""] * 4,
    ]
    assert lines[2][1:4] == ["5", "5", "4"]
    assert lines[2][5:] == ["P1.TEST", "Coffins 1"]
    assert [line[1] for line in lines[3:6]] == [f"ar_{one.id}" for one in reversed(told[2:5])]
    assert lines[6] == ["", "+2 more"]


def test_the_limit_counts_stories_and_what_is_left_out_is_said(told: list[Article]) -> None:
    done = wirewatch("search", "coffins", "--stories", "--limit", "1")
    assert done.out.startswith(f"st_{told[5].story}\t")
    assert done.err == "There is 1 story more: see --limit and --since.\n"


def test_stories_for_machines_bring_every_article_that_was_found(told: list[Article]) -> None:
    done = wirewatch("search", "coffins", "--stories", "--json")
    other, story = map(json.loads, done.out.splitlines())
    assert other["id"] == f"st_{told[5].story}"
    assert (story["articles"], story["publishers"], story["families"]) == (5, 5, 4)
    assert story["title"] == "Coffins 1"
    assert story["first"]["publisher"] == "P1.TEST"
    assert [one["id"] for one in story["found"]] == [f"ar_{one.id}" for one in reversed(told[:5])]


@pytest.mark.usefixtures("told")
def test_no_story_is_said_as_no_article_is() -> None:
    done = wirewatch("search", "football", "--stories")
    assert (done.code, done.out) == (0, "")
    assert done.err == "No article of the archive answers to this.\n"

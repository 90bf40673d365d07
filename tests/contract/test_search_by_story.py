"""Search by story: what tells one story stands together, on both engines."""

from datetime import timedelta

import pytest

from archive import articles, story_decisions
from archive.database import Database
from archive.search.by_story import StoryFound, find_stories
from news.article import Article
from news.query.parse import parse
from news.query.tree import Query
from tests.contract.archive_world import NOW, add_article, new_article, within

HOUR = timedelta(hours=1)


def read(text: str) -> Query:
    query = parse(text)
    assert isinstance(query, Query), query
    return query


def kept(archive: Database, number: int, title: str, story: int | None = None) -> Article:
    new = new_article(number, title=title, story=story, owed_at=NOW + number * HOUR)
    return add_article(archive, new)


@pytest.fixture
def told(archive: Database) -> list[Article]:
    """Keep a story with two matching articles of three, one that lies between, and another."""
    first = kept(archive, 1, "Kim in Kursk")
    between = kept(archive, 2, "Kim at sea")
    also = kept(archive, 3, "Nothing of the kind", first.story)
    last = kept(archive, 4, "Kim again", first.story)
    return [first, between, also, last]


def test_a_story_stands_where_its_newest_article_does(
    archive: Database, told: list[Article]
) -> None:
    first, between, _, last = told
    with archive.reading() as conn:
        found = find_stories(conn, read("kim"))
    assert found.stories == (
        StoryFound(story=first.story, articles=(last.id, first.id)),
        StoryFound(story=between.story, articles=(between.id,)),
    )
    assert (found.more, found.cut) == (0, False)


def test_the_limit_counts_stories(archive: Database, told: list[Article]) -> None:
    with archive.reading() as conn:
        found = find_stories(conn, read("kim"), limit=1)
    assert [one.story for one in found.stories] == [told[0].story]
    assert len(found.stories[0].articles) == 2
    assert (found.more, found.cut) == (1, False)


def test_what_was_not_looked_at_is_told(archive: Database, told: list[Article]) -> None:
    with archive.reading() as conn:
        found = find_stories(conn, read("kim"), most=2)
    assert [one.articles for one in found.stories] == [(told[3].id,), (told[1].id,)]
    assert found.cut


def test_older_articles_than_asked_for_are_left_out(archive: Database, told: list[Article]) -> None:
    with archive.reading() as conn:
        found = find_stories(conn, read("kim"), since=NOW + 3 * HOUR)
    assert [one.articles for one in found.stories] == [(told[3].id,)]


def test_people_decide_what_stands_together(archive: Database, told: list[Article]) -> None:
    first, between, _, _ = told
    within(archive, lambda c: story_decisions.join(c, first.story, between.story, at=NOW))
    with archive.reading() as conn:
        (found,) = find_stories(conn, read("kim")).stories
        assert len(found.articles) == 3
        now = articles.get(conn, between.id)
    assert now is not None
    assert found.story == now.story == first.story


def test_nothing_is_found_where_nothing_holds(archive: Database) -> None:
    with archive.reading() as conn:
        found = find_stories(conn, read("kim"))
    assert (found.stories, found.more, found.cut) == ((), 0, False)

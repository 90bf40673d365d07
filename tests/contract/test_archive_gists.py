"""Gists in the archive: kept beside their articles, found by shared terms, on both engines."""

from datetime import datetime, timedelta

from archive import gists, stories
from archive.database import Database
from news.gist import Gist, gist_of
from news.grouping import WINDOW, Candidate
from news.text import analyze
from tests.contract.archive_world import NOW, add_article, new_article, within

FERRY = "The ferry Halcyon ran aground off Port Marrow with 214 aboard, the coastguard said."
OTHER = "Parliament in Veldania passed the budget after a night of debate about school meals."


def gist(text: str, language: str = "en") -> Gist:
    return gist_of("", text, analyze("", text), language)


def kept(
    archive: Database, number: int, text: str, *, at: datetime = NOW, story: int | None = None
) -> int:
    """Keep an article with its gist, and return its number."""
    article = add_article(archive, new_article(number, body=text, story=story))
    within(archive, lambda conn: gists.add(conn, article.id, gist(text), at))
    return article.id


def found(archive: Database, text: str, *, at: datetime = NOW) -> list[Candidate]:
    return within(archive, lambda conn: gists.candidates(conn, gist(text), at))


def test_an_account_is_found_by_the_terms_it_shares(archive: Database) -> None:
    ferry = kept(archive, 1, FERRY)
    kept(archive, 2, OTHER)
    again = "The coastguard reached the ferry Halcyon, aground off Port Marrow."
    (candidate,) = found(archive, again)
    assert (candidate.article, candidate.publisher, candidate.at) == (ferry, "yna.test", NOW)
    assert candidate.gist == gist(FERRY)


def test_a_text_in_another_language_is_not_found(archive: Database) -> None:
    kept(archive, 1, FERRY)
    other = gist(FERRY, "de")
    assert within(archive, lambda conn: gists.candidates(conn, other, NOW)) == []


def test_what_was_seen_before_the_window_is_not_found(archive: Database) -> None:
    kept(archive, 1, FERRY)
    assert len(found(archive, FERRY, at=NOW + WINDOW)) == 1
    assert found(archive, FERRY, at=NOW + WINDOW + timedelta(seconds=1)) == []


def test_the_first_account_of_a_story_comes_along_however_old(archive: Database) -> None:
    story = within(archive, lambda conn: stories.opened(conn, at=NOW))
    first = kept(archive, 1, FERRY + " " + OTHER, story=story)
    later = NOW + timedelta(hours=60)
    second = kept(archive, 2, FERRY, at=later, story=story)
    beyond = later + timedelta(hours=60)
    assert [one.article for one in found(archive, FERRY, at=beyond)] == [first, second]


def test_a_word_of_many_articles_brings_no_more_than_the_closest(archive: Database) -> None:
    many = gists.CLOSEST + 5
    numbers = [kept(archive, number, FERRY) for number in range(1, many + 1)]
    assert {one.article for one in found(archive, FERRY)} == {*numbers[-gists.CLOSEST :]}


def test_a_gist_kept_anew_takes_the_place_of_the_old_one(archive: Database) -> None:
    article = kept(archive, 1, FERRY)
    within(archive, lambda conn: gists.add(conn, article, gist(OTHER), NOW))
    assert found(archive, FERRY) == []
    assert [one.gist for one in found(archive, OTHER)] == [gist(OTHER)]
    assert within(archive, lambda conn: gists.of(conn, article)) == gist(OTHER)


def test_old_gists_are_removed_oldest_first_and_no_others(archive: Database) -> None:
    old = [kept(archive, number, FERRY) for number in (1, 2, 3)]
    new = kept(archive, 4, FERRY, at=NOW + timedelta(days=9))
    before = NOW + timedelta(days=1)

    def once(limit: int) -> int:
        return within(archive, lambda conn: gists.remove_old(conn, before=before, limit=limit))

    assert (once(2), once(2), once(2)) == (2, 1, 0)
    left = within(archive, lambda conn: [gists.of(conn, number) for number in (*old, new)])
    assert [one is None for one in left] == [True, True, True, False]


def test_a_text_without_words_is_kept_and_finds_nothing(archive: Database) -> None:
    kept(archive, 1, "…")
    assert found(archive, "…") == []

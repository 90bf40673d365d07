"""What people decided of stories holds for later accounts, revisions and copies; looks are few."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from archive import articles, gists, recognition, sketches, story_decisions
from archive.articles import NewArticle
from archive.database import Database
from archive.prepared import Prepared, Row, Values
from archive.recognition import Known, Unknown
from news.article import Article
from news.gist import gist_of
from news.likeness import sketch_of
from news.text import analyze
from tests.contract.archive_world import MINUTE, NOW, add_article, new_article, within
from tests.unit.news.test_likeness import made
from tests.unit.news.told_twice import SAME_EVENT

FERRY, FERRY_TOO = (" ".join(piece) for piece in (SAME_EVENT[0].one, SAME_EVENT[0].other))
BARRACKS = (
    "Rescue workers in Dovehaven pulled eleven soldiers from a collapsed barracks on Sunday after "
    "a gas explosion, mayor Ilse Brandt said. Investigators believe that a leaking pipe below the "
    "kitchen caused the explosion, which shattered windows across the harbour district."
)
BARRACKS_TOO = (
    "A gas explosion has destroyed a barracks in the harbour district of Dovehaven. Mayor Ilse "
    "Brandt said that eleven soldiers were rescued; investigators found a leaking pipe below the "
    "kitchen, where the explosion is thought to have begun. Windows shattered across Dovehaven."
)


def piece(number: int, body: str) -> NewArticle:
    new = new_article(number, publisher=f"p{number}.test", body=body, title="")
    at, analyzed = NOW + number * MINUTE, analyze("", body)
    return replace(
        new,
        gist=gist_of("", body, analyzed, "en"),
        sketch=sketch_of(analyzed.body),
        first_seen_at=at,
        owed_at=at,
    )


def kept(archive: Database, number: int, body: str) -> Article:
    """Keep an article as the pipeline does."""
    new = piece(number, body)
    found = within(archive, lambda conn: recognition.recognise(conn, new))
    assert isinstance(found, Unknown)
    if found.copy is not None:
        new = replace(new, story=found.copy.story, copy_of=found.copy.article)
    elif found.account is not None:
        new = replace(new, story=found.account.story)
    return add_article(archive, new)


def story_of(archive: Database, article: Article) -> int:
    now = within(archive, lambda conn: articles.get(conn, article.id))
    assert now is not None
    return now.story


def test_accounts_revisions_and_copies_keep_to_the_half_they_are_of(archive: Database) -> None:
    first, second = kept(archive, 1, FERRY), kept(archive, 2, FERRY_TOO)
    assert first.story == second.story
    at = NOW + 5 * MINUTE
    parted = within(
        archive,
        lambda conn: story_decisions.split(conn, [second.id], from_story=first.story, at=at),
    )
    assert parted is not None
    new = piece(2, f"{FERRY_TOO} {FERRY}")  # by now it is as like the first as can be
    found = within(archive, lambda conn: recognition.recognise(conn, new))
    assert isinstance(found, Known)
    within(archive, lambda conn: articles.revise(conn, second.id, new))
    assert story_of(archive, second) == parted.story
    assert kept(archive, 6, f"Update. {FERRY_TOO} {FERRY}").story == parted.story
    assert kept(archive, 7, f"{FERRY} All are well.").story == first.story


def test_accounts_of_either_half_join_what_a_person_joined(archive: Database) -> None:
    ferry, barracks = kept(archive, 1, FERRY), kept(archive, 2, BARRACKS)
    assert ferry.story != barracks.story
    at = NOW + 3 * MINUTE
    joined = within(
        archive, lambda conn: story_decisions.join(conn, ferry.story, barracks.story, at=at)
    )
    assert joined is not None
    assert kept(archive, 4, BARRACKS_TOO).story == joined.story
    assert kept(archive, 5, FERRY_TOO).story == joined.story


def test_a_look_is_of_few_statements_however_much_is_stored(
    archive: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An account is three statements; whose words, at most one a digest and one a candidate."""
    for number in range(1, 40):
        kept(archive, number, f"{FERRY} {made(number, of=60)}" if number % 2 else made(number))
    counted: list[Prepared] = []
    rows = Prepared.rows

    def counting(self: Prepared, conn: Connection, values: Values) -> list[Row]:
        counted.append(self)
        return rows(self, conn, values)

    new = piece(50, f"{FERRY_TOO} {made(3, of=60)}")
    monkeypatch.setattr(Prepared, "rows", counting)
    assert new.gist is not None
    gist = new.gist
    found = within(archive, lambda conn: gists.candidates(conn, gist, NOW + timedelta(hours=1)))
    assert (len(counted), 0 < len(found) <= gists.CLOSEST + 2 * gists.STORIES) == (3, True)
    counted.clear()
    within(archive, lambda conn: sketches.near(conn, new.sketch))
    assert len(counted) <= len(new.sketch.digests) + sketches.LOOKED_AT

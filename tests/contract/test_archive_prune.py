"""Pruning takes texts and leaves identities: on both engines, in batches, beside writers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, func, select

from archive import alerts, articles, entries, outbox, prune, recognition
from archive import revisions as revised
from archive.alerts import NewAlert
from archive.articles import NewArticle
from archive.database import Database
from archive.prune import Prunable
from archive.recognition import Known
from archive.schema import article_sources, texts, visits
from archive.schema_likeness import revisions
from archive.schema_telling import attempts, told
from archive.search.find import find
from news.alert import AlertKind, AlertState
from news.article import Article, Read
from news.delivery import Attempt
from news.query.parse import parse
from news.query.tree import Query
from news.revision import Wording
from tests.contract.archive_world import (
    LEASE,
    LONG,
    NOW,
    add_article,
    add_channel,
    add_source,
    add_watch,
    always,
    claim,
    entry,
    hash_of,
    new_article,
    next_visit,
    tell,
    visit,
    within,
)

YEAR = timedelta(days=400)
OLD, RECENT = NOW - YEAR - timedelta(hours=1), NOW - timedelta(days=3)
BEFORE = NOW - YEAR


def article_at(archive: Database, moment: datetime, number: int = 1, body: str = "") -> Article:
    return add_article(archive, new_article(number, owed_at=moment, body=body))


def prune_all(archive: Database, *, limit: int = 50) -> int:
    """Prune every batch there is; return how many texts went."""
    gone = 0
    while True:
        with archive.reading() as conn:
            old = prune.old_texts(conn, before=BEFORE, limit=limit)
        if not old:
            return gone
        gone += within(archive, partial(prune.remove_texts, old=old))


def found(archive: Database, words: str) -> list[int]:
    query = parse(words)
    assert isinstance(query, Query)
    with archive.reading() as conn:
        return find(conn, query)


def kept_texts(archive: Database) -> list[int]:
    with archive.reading() as conn:
        return list(conn.execute(select(texts.c.article).order_by(texts.c.article)).scalars())


def test_old_texts_go_and_newer_ones_stay(archive: Database) -> None:
    old = [article_at(archive, OLD, number) for number in (1, 2, 3)]
    new = article_at(archive, RECENT, 4)
    with archive.reading() as conn:
        counted = prune.count(conn, before=BEFORE, now=NOW)
    bodies = 3 * 2 * len("Body of article 1.")
    assert counted == Prunable(texts=3, characters=bodies, visits=0, answers=0)
    assert prune_all(archive, limit=2) == 3
    assert kept_texts(archive) == [new.id]
    assert found(archive, "article") == [new.id]
    assert found(archive, "art* -elephants") == [new.id]
    with archive.reading() as conn:
        assert articles.reading_of(conn, old[0].id) is None
        assert articles.get(conn, old[0].id) == replace(old[0], lead="")
    assert prune_all(archive) == 0


def test_what_was_pruned_is_pruned_once(archive: Database) -> None:
    article_at(archive, OLD)
    with archive.reading() as conn:
        old = prune.old_texts(conn, before=BEFORE)
    assert within(archive, lambda conn: prune.remove_texts(conn, old)) == 1
    assert within(archive, lambda conn: prune.remove_texts(conn, old)) == 0
    article_at(archive, NOW, 2)
    assert found(archive, "article") == [2]


def revise(archive: Database, article: Article, at: datetime, body: str) -> Article:
    new = new_article(body=body, owed_at=at)
    return within(archive, lambda conn: articles.revise(conn, article.id, new))


def test_an_article_that_was_revised_lately_keeps_its_text(archive: Database) -> None:
    article = article_at(archive, OLD)
    revise(archive, article, RECENT, "Words that came late.")
    assert prune_all(archive) == 0
    assert found(archive, "late") == [article.id]


def test_a_revision_that_comes_in_between_keeps_its_text(archive: Database) -> None:
    article = article_at(archive, OLD)
    with archive.reading() as conn:
        old = prune.old_texts(conn, before=BEFORE)
    revise(archive, article, NOW, "Words that came late.")
    assert within(archive, lambda conn: prune.remove_texts(conn, old)) == 0
    assert found(archive, "late") == [article.id]


def test_the_texts_before_a_revision_go_too_and_its_line_stays(archive: Database) -> None:
    article = article_at(archive, OLD, body="As it was told first.")
    revise(archive, article, OLD + timedelta(minutes=1), "As it was told then.")
    assert prune_all(archive) == 1
    with archive.reading() as conn:
        (line,) = conn.execute(select(revisions))
    assert (line.n, line.change, line.title) == (1, "lead", "Article 1")
    assert (line.lead, line.body) == ("", "")


def recognised(archive: Database, new: NewArticle) -> Known:
    with archive.reading() as conn:
        known = recognition.recognise(conn, new)
    assert isinstance(known, Known)
    return known


def test_a_pruned_article_is_recognised_by_its_words_and_its_address(archive: Database) -> None:
    article = article_at(archive, OLD, body=LONG)
    prune_all(archive)
    again = new_article(body=LONG, owed_at=NOW)
    assert recognised(archive, again).same_text
    moved = replace(again, reading=replace(again.reading, url="https://yna.test/moved"))
    assert recognised(archive, moved).elsewhere
    assert recognised(archive, moved).article.id == article.id
    changed = new_article(body="Quite other words.", owed_at=NOW)
    assert not recognised(archive, changed).same_text


def test_a_page_that_cannot_be_read_any_more_changes_nothing(archive: Database) -> None:
    article_at(archive, OLD, body=LONG)
    prune_all(archive)
    new = new_article(body=LONG, owed_at=NOW)
    unread = replace(new.reading, read=Read.FALLBACK, body="A summary.", lead="A summary.")
    fallback = replace(new, reading=unread, text_hash=hash_of("A summary."))
    assert recognised(archive, fallback).same_text


def test_a_revision_after_pruning_has_a_text_again(archive: Database) -> None:
    article = article_at(archive, OLD)
    prune_all(archive)
    revised = revise(archive, article, NOW, "Quite other words.")
    assert (revised.id, revised.revision) == (article.id, 2)
    assert found(archive, "other") == [article.id]
    assert prune_all(archive) == 0


def test_an_entry_that_is_listed_again_is_still_known(archive: Database) -> None:
    add_source(archive)
    tell(archive, entry(1), at=NOW)
    with archive.writing() as conn:
        (due,) = entries.claim_due(conn, now=NOW, lease=LEASE, limit=1)
        article = articles.add(conn, new_article(owed_at=OLD))
        articles.join(conn, article.id, due.source)
        entries.finish(conn, due, article=article.id)
    prune_all(archive)
    noted = tell(archive, entry(1), at=NOW + timedelta(minutes=5))
    assert (noted.new, noted.changed, noted.known) == (0, 0, 1)
    with archive.reading() as conn:
        assert conn.execute(select(func.count()).select_from(article_sources)).scalar_one() == 1


def test_what_was_told_stays_told(archive: Database) -> None:
    watch = add_watch(archive)
    article = article_at(archive, OLD)
    alert = alert_of(watch, article)
    assert within(archive, alert) is not None
    prune_all(archive)
    assert within(archive, alert) is None
    with archive.reading() as conn:
        assert conn.execute(select(func.count()).select_from(told)).scalar_one() == 1


def alert_of(watch: int, article: Article) -> Callable[[Connection], int | None]:
    new = NewAlert(
        watch=watch,
        story=article.story,
        article=article.id,
        kind=AlertKind.STORY,
        reason="told",
        state=AlertState.TOLD,
        at=OLD,
    )
    return lambda conn: alerts.add(conn, new)


def visited(archive: Database, at: datetime) -> None:
    claim_at = NOW + timedelta(days=1)
    due = claim(archive, at=claim_at)
    within(
        archive,
        lambda conn: entries.note(conn, due, visit(at=at), plan=always(next_visit(claim_at))),
    )


def test_visits_stay_for_thirty_days(archive: Database) -> None:
    add_source(archive)
    for days in (40, 35, 31, 29, 0):
        visited(archive, NOW - timedelta(days=days))
    with archive.reading() as conn:
        assert prune.count(conn, before=BEFORE, now=NOW).visits == 3
    gone = [
        within(archive, lambda conn: prune.remove_visits(conn, now=NOW, limit=2)) for _ in range(3)
    ]
    assert gone == [2, 1, 0]
    with archive.reading() as conn:
        assert conn.execute(select(func.count()).select_from(visits)).scalar_one() == 2


@pytest.fixture
def answered(archive: Database) -> Database:
    """Have two old deliveries and a new one, each answered twice."""
    channel = add_channel(archive, concurrency=5)
    for moment in (OLD, OLD, NOW):
        with archive.writing() as conn:
            outbox.owe(conn, channel=channel, alerts=[], payload=b"{}", now=moment)
            (due,) = outbox.claim_due(conn, now=moment, lease=LEASE, limit=1)
            attempt = Attempt(at=moment, outcome="HTTP 200", status=200, ms=4, answer=b"thanks")
            outbox.delivered(conn, due, attempt)
    return archive


def answers(archive: Database) -> list[bytes]:
    query = select(attempts.c.answer, attempts.c.delivery).order_by(attempts.c.delivery)
    with archive.reading() as conn:
        return [bytes(row.answer) for row in conn.execute(query)]


def test_answers_of_old_deliveries_are_emptied_once(answered: Database) -> None:
    with answered.reading() as conn:
        assert prune.count(conn, before=BEFORE, now=NOW).answers == 2
    gone = [
        within(answered, lambda conn: prune.remove_answers(conn, before=BEFORE, limit=1))
        for _ in range(3)
    ]
    assert gone == [1, 1, 0]
    assert answers(answered) == [b"", b"", b"thanks"]


def test_what_becomes_old_later_is_emptied_later(answered: Database) -> None:
    within(answered, lambda conn: prune.remove_answers(conn, before=BEFORE))
    later = NOW + timedelta(seconds=1)
    assert within(answered, lambda conn: prune.remove_answers(conn, before=later)) == 1
    assert answers(answered) == [b"", b"", b""]


def test_a_wording_that_was_pruned_is_not_kept(archive: Database) -> None:
    article = article_at(archive, OLD, body="As it was told first.")
    revise(archive, article, OLD + timedelta(minutes=1), "As it was told then.")
    with archive.reading() as conn:
        before = revised.wording(conn, article.id, 1)
    assert before == Wording(title="Article 1", body="As it was told first.")
    prune_all(archive)
    with archive.reading() as conn:
        assert [revised.wording(conn, article.id, n) for n in (1, 2)] == [None, None]
        assert [line.n for line in revised.of(conn, article.id)] == [1]

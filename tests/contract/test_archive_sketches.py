"""Sketches and copies in the archive: found by what is shared, told of the earliest original."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from sqlalchemy import func, select

from archive import articles, recognition, sketches
from archive.articles import NewArticle
from archive.copies import Copied
from archive.database import Database
from archive.recognition import Known, Unknown
from archive.schema import articles as article_rows
from archive.schema import texts
from archive.schema_likeness import sketches as rows
from bench.copy_edits import other_figures
from news.article import Article
from news.likeness import Sketch, sketch_of
from tests.contract.archive_world import MINUTE, NOW, add_article, new_article, within
from tests.unit.news.test_likeness import made


def told(number: int, body: str, publisher: str = "") -> NewArticle:
    new = new_article(number, publisher=publisher or f"p{number}.test", body=body)
    return replace(new, sketch=sketch_of(new.analyzed.body), owed_at=NOW + number * MINUTE)


def seen(archive: Database, new: NewArticle) -> Copied | None:
    found = within(archive, lambda conn: recognition.recognise(conn, new))
    assert isinstance(found, Unknown)
    return found.copy


def kept(archive: Database, new: NewArticle) -> Article:
    """Keep an article as the pipeline does."""
    copy = seen(archive, new)
    if copy is not None:
        new = replace(new, story=copy.story, copy_of=copy.article, copied=copy.per_cent)
    return add_article(archive, new)


def sketched(archive: Database) -> Sequence[int]:
    query = select(rows.c.article).distinct().order_by(rows.c.article)
    return within(archive, lambda conn: conn.execute(query).scalars().all())


def test_a_copy_is_one_of_the_earliest_and_keeps_no_sketch(archive: Database) -> None:
    text = made(1)
    first = kept(archive, told(1, text))
    longer = kept(archive, told(2, f"{text} {made(2, of=150)}"))
    assert (longer.copy_of, longer.story) == (first.id, first.story)
    third = told(3, f"{made(3, of=40)} {text}")
    copy = seen(archive, third)
    assert copy is not None
    assert (copy.article, copy.story, copy.publisher_name) == (first.id, first.story, "p1.test")
    assert 80 <= copy.per_cent <= 95
    assert sketched(archive) == [first.id]


def test_an_equal_text_is_a_copy_of_the_original_too(archive: Database) -> None:
    text = made(1)
    first = kept(archive, told(1, text))
    twin = f"{text} {made(2, of=60)}"
    second = kept(archive, told(2, twin))
    equal = seen(archive, told(3, twin))
    assert equal is not None
    assert (second.copy_of, equal.article) == (first.id, first.id)
    whole = seen(archive, told(4, text))
    assert whole is not None
    assert (whole.article, whole.per_cent) == (first.id, 100)


def test_another_day_of_a_series_and_a_stranger_are_none(archive: Database) -> None:
    text = made(1)
    kept(archive, told(1, text))
    assert seen(archive, told(2, made(2))) is None
    assert seen(archive, told(3, other_figures(random.Random(1), text))) is None
    assert seen(archive, told(4, other_figures(random.Random(2), text), "p1.test")) is None


def test_an_own_text_at_another_address_is_a_copy(archive: Database) -> None:
    text = made(1)
    first = kept(archive, told(1, text))
    again = seen(archive, told(2, text + " A line was added.", "p1.test"))
    assert again is not None
    assert again.article == first.id


def test_where_its_text_is_gone_a_sketch_says_enough(archive: Database) -> None:
    text = made(1)
    first = kept(archive, told(1, text))
    within(archive, lambda conn: conn.execute(texts.delete()))
    same = seen(archive, told(2, text + " A line was added."))
    assert same is not None
    assert (same.article, same.per_cent >= 80) == (first.id, True)
    assert seen(archive, told(3, f"{text[: len(text) // 4]} {made(9)}")) is None


def test_a_text_older_than_the_window_is_news_again(archive: Database) -> None:
    text = made(1)
    kept(archive, told(1, text))
    end = NOW + MINUTE + sketches.WINDOW
    again = replace(told(2, text + " Once more."), owed_at=end)
    assert seen(archive, again) is not None
    assert seen(archive, replace(again, owed_at=end + timedelta(seconds=1))) is None


def test_a_revision_takes_a_new_sketch_and_a_copy_stays_one(archive: Database) -> None:
    before, after = made(1), made(2)
    first = kept(archive, told(1, before))
    copy = kept(archive, told(2, before + " More."))
    for article, body in ((first, after), (copy, made(3))):
        new = told(article.id, body)
        within(archive, partial(articles.revise, article=article.id, new=new))
    found = seen(archive, told(3, after + " More."))
    assert found is not None
    assert found.article == first.id
    assert seen(archive, told(4, before + " Even more.")) is None
    assert sketched(archive) == [first.id]
    again = within(archive, lambda conn: articles.get(conn, copy.id))
    assert again is not None
    assert again.copy_of == first.id


def test_what_was_unreadable_at_first_is_sketched_once_it_is_read(archive: Database) -> None:
    first = kept(archive, told(1, "Only a summary."))
    assert sketched(archive) == []
    within(archive, lambda conn: articles.revise(conn, first.id, told(1, made(1))))
    assert sketched(archive) == [first.id]


def test_an_address_that_is_known_is_no_copy(archive: Database) -> None:
    text = made(1)
    kept(archive, told(1, text))
    found = within(archive, lambda conn: recognition.recognise(conn, told(1, text + " More.")))
    assert isinstance(found, Known)


def test_common_digests_bound_the_work(archive: Database) -> None:
    """A phrase that stands in many articles is met, set aside, and not followed into each."""
    phrase = tuple(range(100, 110))
    with archive.writing() as conn:
        for number in range(1, 3 * sketches.COMMON):
            new = replace(new_article(number), sketch=Sketch((*phrase, 10_000 + number)))
            articles.add(conn, new)
    asked = Sketch((*phrase, 10_001))
    near, common = within(archive, lambda conn: sketches.near(conn, asked))
    assert near == {}
    assert common == set(phrase)


def test_a_look_without_candidates_reads_no_text(archive: Database) -> None:
    kept(archive, told(1, made(1)))
    count = within(archive, lambda conn: conn.scalar(select(func.count()).select_from(rows)))
    assert count
    asked = told(2, made(2))
    near, common = within(archive, lambda conn: sketches.near(conn, asked.sketch))
    assert (near, common) == ({}, set())


def test_removing_and_pruning_take_what_they_say(archive: Database) -> None:
    for number in (1, 2, 3):
        kept(archive, told(number, made(number)))
    within(archive, lambda conn: sketches.remove(conn, [2]))
    assert sketched(archive) == [1, 3]
    later = NOW + sketches.WINDOW + 2 * MINUTE
    assert within(archive, lambda conn: sketches.prune(conn, now=later)) == 1
    assert within(archive, lambda conn: sketches.prune(conn, now=later)) == 0
    assert sketched(archive) == [3]
    forever = NOW + timedelta(days=900)
    assert within(archive, lambda conn: sketches.prune(conn, now=forever, limit=1)) == 1
    assert sketched(archive) == []
    there = within(
        archive, lambda conn: conn.scalar(select(func.count()).select_from(article_rows))
    )
    assert there == 3

"""Articles: recognised by address and by equal long text, kept in order, revised, joined."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from archive import article_rows, articles, publishers, recognition, stories
from archive.copies import Copied
from archive.database import Database
from archive.recognition import Known, Unknown
from archive.schema_likeness import revisions
from news.article import Read, Reading
from news.likeness import LONG_ENOUGH
from news.story import Story
from news.text import analyze
from tests.contract.archive_world import (
    FEED,
    LONG,
    MINUTE,
    NOW,
    add_article,
    add_source,
    hash_of,
    new_article,
    within,
)


def recognise(
    archive: Database, reading: Reading, publisher: str, own: int | None = None
) -> recognition.Recognised:
    new = replace(
        new_article(),
        reading=reading,
        publisher=publisher,
        text_hash=hash_of(reading.body),
        analyzed=analyze(reading.title, reading.body),
    )
    with archive.reading() as conn:
        return recognition.recognise(conn, new, own=own)


def test_an_article_comes_back_as_it_was_kept(archive: Database) -> None:
    new = new_article(title="김정은이 말했다 — Гроб", body="Ein Absatz.\nNoch einer.\tEnde.")
    kept = add_article(archive, new)
    assert kept.url == new.reading.url
    assert (kept.publisher, kept.publisher_name) == ("yna.test", "yna.test")
    assert (kept.title, kept.lead, kept.authors) == (new.reading.title, new.reading.lead, ("Kim",))
    assert (kept.first_seen_at, kept.owed_at, kept.published_at) == (NOW, NOW, NOW - MINUTE)
    assert (kept.revision, kept.read, kept.language) == (1, Read.FULL, "en")
    with archive.reading() as conn:
        assert articles.get(conn, kept.id) == kept
        assert articles.reading_of(conn, kept.id) == new.reading
        assert articles.get(conn, kept.id + 1) is None
        assert articles.reading_of(conn, kept.id + 1) is None


@pytest.mark.parametrize(
    "spelt",
    [
        "https://yna.test/view/1",
        "https://YNA.test:443/view/1?utm_source=feed",
        "https://yna.test/view/1#top",
    ],
)
def test_an_article_is_found_by_its_address_however_spelt(archive: Database, spelt: str) -> None:
    kept = add_article(archive)
    with archive.reading() as conn:
        assert articles.by_url(conn, spelt) == kept
        assert articles.by_url(conn, "https://yna.test/view/2") is None


def test_an_address_of_its_own_making_is_found_too(archive: Database) -> None:
    # An entry without an address stands under its feed's, with its key as the fragment.
    new = new_article()
    url = "https://yna.test/rss#id:tag:yna.test,2026:1"
    kept = add_article(archive, replace(new, reading=replace(new.reading, url=url)))
    with archive.reading() as conn:
        assert articles.by_url(conn, url) == kept


def test_a_known_address_is_the_same_article(archive: Database) -> None:
    new = new_article()
    kept = add_article(archive, new)
    assert recognise(archive, new.reading, "yna.test") == Known(article=kept, same_text=True)
    corrected = replace(new.reading, body="Corrected body.")
    assert recognise(archive, corrected, "yna.test") == Known(article=kept, same_text=False)
    retitled = replace(new.reading, title="Corrected title")
    assert recognise(archive, retitled, "yna.test") == Known(article=kept, same_text=False)


def test_an_equal_long_text_of_one_publisher_is_the_same_article(archive: Database) -> None:
    kept = add_article(archive, new_article(1, body=LONG))
    again = new_article(2, title="Article 1", body=LONG).reading
    assert recognise(archive, again, "yna.test") == Known(
        article=kept, same_text=True, elsewhere=True
    )
    titled = replace(again, title="Another piece")
    assert recognise(archive, titled, "yna.test") == Unknown()


def test_an_entrys_own_article_is_the_same_wherever_it_moves_to(archive: Database) -> None:
    kept = add_article(archive, new_article(1, body="Short."))
    moved = new_article(2, body="Short.")
    found = recognise(archive, moved.reading, "yna.test", own=kept.id)
    assert found == Known(article=kept, same_text=False)
    with archive.writing() as conn:
        article = articles.revise(conn, kept.id, moved)
        assert (article.id, article.url, article.revision) == (kept.id, moved.reading.url, 2)
        assert articles.by_url(conn, kept.url) is None
        assert articles.by_url(conn, moved.reading.url) == article


def test_what_may_not_be_kept_is_known_by_its_address_title_and_hash_alone(
    archive: Database,
) -> None:
    new = new_article(1, body=LONG)
    kept = add_article(archive, replace(new, reading=replace(new.reading, noarchive=True)))
    assert (kept.title, kept.lead) == (new.reading.title, "")
    with archive.reading() as conn:
        stored = articles.reading_of(conn, kept.id)
    assert stored is not None
    assert (stored.lead, stored.body) == ("", "")
    again = replace(new.reading, noarchive=True)
    assert recognise(archive, again, "yna.test") == Known(article=kept, same_text=True)


def test_an_equal_long_text_elsewhere_tells_the_same_story(archive: Database) -> None:
    kept = add_article(archive, new_article(1, body=LONG))
    copy = new_article(1, publisher="copy.test", body=LONG)
    whole = Copied(
        article=kept.id, story=kept.story, publisher_name=kept.publisher_name, per_cent=100
    )
    assert recognise(archive, copy.reading, "copy.test") == Unknown(whole)
    told = add_article(archive, replace(copy, story=kept.story, copy_of=kept.id, copied=100))
    assert told.story == kept.story


def test_an_equal_short_text_says_nothing(archive: Database) -> None:
    short = " ".join(["word"] * (LONG_ENOUGH - 1))
    add_article(archive, new_article(1, body=short))
    assert recognise(archive, new_article(2, body=short).reading, "yna.test") == Unknown()
    assert recognise(archive, new_article(2, body=short).reading, "b.test") == Unknown()


def test_what_is_new_is_unknown(archive: Database) -> None:
    add_article(archive)
    assert recognise(archive, new_article(2, body=LONG).reading, "yna.test") == Unknown()


def test_ids_and_moments_of_being_owed_run_the_same_way(archive: Database) -> None:
    with archive.reading() as conn:
        assert articles.last_owed_at(conn) is None
    moments = [NOW, NOW - MINUTE, NOW + MINUTE, NOW]  # a clock that is set back
    kept = [
        add_article(archive, new_article(number, owed_at=moment))
        for number, moment in enumerate(moments)
    ]
    assert [one.id for one in kept] == sorted({one.id for one in kept})
    assert [one.owed_at for one in kept] == [NOW, NOW, NOW + MINUTE, NOW + MINUTE]
    with archive.reading() as conn:
        assert articles.last_owed_at(conn) == NOW + MINUTE


def test_a_revision_keeps_the_texts_before(archive: Database) -> None:
    first = new_article(title="One", body="The first body.")
    kept = add_article(archive, first)
    second = new_article(title="Two", body="The second, longer body.", owed_at=NOW + MINUTE)
    revised = within(archive, lambda conn: articles.revise(conn, kept.id, second))
    assert (revised.id, revised.story, revised.owed_at) == (kept.id, kept.story, kept.owed_at)
    assert (revised.revision, revised.title) == (2, "Two")
    within(archive, lambda conn: articles.revise(conn, kept.id, new_article(title="Two")))
    with archive.reading() as conn:
        rows = conn.execute(select(revisions).order_by(revisions.c.n)).all()
        assert articles.reading_of(conn, kept.id) == new_article(title="Two").reading
    assert [(row.n, row.title, row.change) for row in rows] == [
        (1, "One", "headline"),
        (2, "Two", "lead"),
    ]
    assert (rows[0].body, rows[0].size) == ("The first body.", 9)
    assert rows[0].kinds == ["headline", "figure", "lead", "text"]
    assert rows[0].words == 5  # One, Two; first, second, longer
    assert rows[0].at == NOW + MINUTE


def test_sources_join_an_article_once(archive: Database) -> None:
    article = add_article(archive).id
    first = add_source(archive)
    second = add_source(archive, replace(FEED, name="World", url="https://yna.test/world"))
    with archive.writing() as conn:
        assert articles.join(conn, article, first)
        assert not articles.join(conn, article, first)
        assert articles.join(conn, article, second)
        assert articles.sources_of(conn, article) == [first, second]


def test_a_story_counts_who_tells_it_and_who_was_first(archive: Database) -> None:
    with archive.writing() as conn:
        publishers.describe(conn, "nknews.test", name="NK News", family="nk")
        publishers.describe(conn, "nkpro.test", name="NK Pro", family="nk")
    first = new_article(publisher="nknews.test")
    story = add_article(archive, replace(first, first_seen_at=NOW - MINUTE)).story
    for number, publisher in ((2, "nkpro.test"), (3, "yna.test"), (4, "yna.test")):
        add_article(archive, new_article(number, publisher=publisher, story=story))
    with archive.reading() as conn:
        assert stories.of(conn, story) == Story(
            id=story,
            articles=4,
            publishers=3,
            families=2,
            first_publisher="NK News",
            first_at=NOW - MINUTE,
        )


def test_a_publisher_is_named_by_its_description_or_its_domain(archive: Database) -> None:
    assert add_article(archive).publisher_name == "yna.test"
    with archive.writing() as conn:
        publishers.describe(conn, "yna.test", name="Yonhap", country="kr")
        (kept,) = publishers.listing(conn)
    assert (kept.name, kept.country, kept.family) == ("Yonhap", "kr", None)
    with archive.writing() as conn:
        publishers.describe(conn, "yna.test")
        (kept,) = publishers.listing(conn)
    assert (kept.name, kept.country) == ("yna.test", None)


def test_texts_are_cleaned_without_moving_an_offset(archive: Database) -> None:
    dirty = "A\x00B\ud800 and more\x0b."
    new = replace(new_article(title=dirty, body=dirty), analyzed=analyze(dirty, dirty, dirty[:3]))
    kept = add_article(archive, new)
    with archive.reading() as conn:
        reading = articles.reading_of(conn, kept.id)
    assert reading is not None
    assert reading.body == kept.title == "A B\ufffd and more ."
    assert len(reading.body) == len(dirty)


def test_an_address_longer_than_an_index_can_hold_is_kept(archive: Database) -> None:
    url = "https://yna.test/" + "x" * 9_000
    new = new_article()
    kept = add_article(archive, replace(new, reading=replace(new.reading, url=url)))
    with archive.reading() as conn:
        assert articles.by_url(conn, url) == kept


def test_every_moment_keeps_its_microsecond(archive: Database) -> None:
    moment = NOW.replace(year=1931) + timedelta(microseconds=1)
    new = new_article()
    kept = add_article(archive, replace(new, reading=replace(new.reading, published=moment)))
    assert kept.published_at == moment


def test_a_name_is_looked_up_among_thousands_in_no_time(archive: Database) -> None:
    """Recognising stands in the transaction that runs one at a time, so it looks nothing through.

    What it asks for is counted, for a clock would tell of the machine.
    """
    for number in range(30):
        title = f"The minister number {number} spoke in the harbour"
        reading = replace(new_article().reading, url=f"https://yna.test/{number}", title=title)
        analyzed = analyze(title, reading.body)
        add_article(archive, replace(new_article(), reading=reading, analyzed=analyzed))
    asked = "The minister number 7 spoke in the harbour"
    reading = replace(new_article().reading, url="https://news.test/x", title=asked)
    new = replace(
        new_article(),
        reading=reading,
        publisher="yna.test",
        analyzed=analyze(asked, ""),
        awaited=True,
    )
    with archive.reading() as conn:
        found = recognition.recognise(conn, new)
        rows = article_rows.NAMED.rows(conn, {"of_name": new.named, "limit": 100})
    assert isinstance(found, Known)
    assert found.titled
    assert found.article.url == "https://yna.test/7"
    assert [row["url"] for row in rows] == ["https://yna.test/7"]

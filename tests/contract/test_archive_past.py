"""What the archive tells of its own past: periods, how articles came, what watches did."""

from datetime import timedelta

import pytest

from archive import alerts, articles, entries, past, sources, watch_figures, watches
from archive.alerts import NewAlert
from archive.columns import EPOCH
from archive.database import Database
from archive.matches import add as add_match
from archive.search import index, period
from archive.search.find import find
from archive.search.period import found_since
from news.alert import AlertKind, AlertState
from news.match import Match
from news.query.parse import parse
from news.query.tree import Query
from tests.contract.archive_world import (
    LEASE,
    NOW,
    add_article,
    add_source,
    add_watch,
    entry,
    new_article,
    tell,
    within,
)

DAY = timedelta(days=1)


def query(text: str) -> Query:
    parsed = parse(text)
    assert isinstance(parsed, Query)
    return parsed


def keep_days(archive: Database, count: int) -> list[int]:
    """Keep one article a day, the oldest first; every other one speaks of troops."""
    return [
        add_article(
            archive,
            new_article(
                number,
                body=f"{'Troops' if number % 2 else 'Ships'} of day {number}.",
                owed_at=NOW - DAY * (count - number),
            ),
        ).id
        for number in range(1, count + 1)
    ]


def test_a_period_is_searched_whole_and_newest_first(archive: Database) -> None:
    ids = keep_days(archive, 6)  # the last one is owed now
    with archive.reading() as conn:
        found = found_since(conn, query("troops"), since=NOW - DAY * 3)
    assert found == [ids[4], ids[2]]


def test_windows_miss_nothing_and_say_how_far_they_are(
    archive: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(period, "FIRST_WINDOW", 2)
    monkeypatch.setattr(period, "LARGEST_WINDOW", 3)
    ids = keep_days(archive, 9)
    steps: list[tuple[int, int]] = []
    with archive.reading() as conn:
        found = found_since(
            conn, query("day"), since=NOW - DAY * 30, at=lambda done, of: steps.append((done, of))
        )
    assert found == ids[::-1]
    assert [done for done, _ in steps] == [2, 5, 8, 9]
    assert {of for _, of in steps} == {9}


def test_nothing_is_found_in_an_empty_archive(archive: Database) -> None:
    with archive.reading() as conn:
        assert found_since(conn, query("troops"), since=NOW - DAY) == []
        assert past.of(conn, []) == []
        assert past.began(conn) is None


def test_an_article_without_its_text_is_not_found(archive: Database) -> None:
    (number,) = keep_days(archive, 1)
    with archive.writing() as conn:
        reading = articles.reading_of(conn, number)
        assert reading is not None
        analyzed = new_article(1, body=reading.body).analyzed
        index.remove(conn, number, analyzed)
    with archive.reading() as conn:
        assert found_since(conn, query("troops"), since=NOW - DAY) == []


def test_an_article_is_told_of_by_its_first_entry(archive: Database) -> None:
    source = add_source(archive)
    tell(archive, entry(1), entry(2))
    kept = add_article(archive, new_article(1))
    other = add_article(archive, new_article(2))
    with archive.writing() as conn:
        for due in entries.claim_due(conn, now=NOW, lease=LEASE, limit=9):
            entries.finish(conn, due, article=kept.id)
    with archive.reading() as conn:
        told, untold = past.of(conn, [other.id, kept.id])
        assert past.began(conn) == NOW
        (known,) = sources.listing(conn)
    assert known.id == source
    assert (told.id, told.source_name, told.source_added_at) == (kept.id, "Yonhap", NOW)
    assert told.first_visit
    with archive.reading() as conn:
        assert past.publisher_names(conn, [told.publisher]) == {told.publisher: kept.publisher_name}
    assert (told.story, told.owed_at, told.first_seen_at) == (kept.story, NOW, NOW)
    assert told.published_at == kept.published_at
    assert (untold.id, untold.source_name, untold.first_visit) == (other.id, "", False)
    assert untold.source_added_at == EPOCH  # as of a source that was always there


def test_a_source_counts_from_when_it_had_the_address_that_told(archive: Database) -> None:
    number = add_source(archive)
    tell(archive, entry(1))
    kept = add_article(archive)
    with archive.writing() as conn:
        (due,) = entries.claim_due(conn, now=NOW, lease=LEASE, limit=9)
        entries.finish(conn, due, article=kept.id)
        settings = sources.listing(conn)[0].settings
        moved = type(settings)(name="Yonhap", kind="feed", url="https://yna.test/other")
        sources.change(conn, number, moved, now=NOW + DAY)
    with archive.reading() as conn:
        assert past.of(conn, [kept.id])[0].source_added_at == NOW


def test_many_articles_are_read_in_several_goes(
    archive: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past, "AT_ONCE", 2)
    ids = keep_days(archive, 5)
    with archive.reading() as conn:
        assert [one.id for one in past.of(conn, ids[::-1])] == ids


def alert(watch: int, article: int, state: AlertState = AlertState.TOLD) -> NewAlert:
    return NewAlert(
        watch=watch,
        story=None,
        article=article,
        kind=AlertKind.ARTICLE,
        reason="told",
        state=state,
        at=NOW,
    )


def test_figures_count_what_is_recent_and_remember_the_last_match(archive: Database) -> None:
    loud, late, mute = (add_watch(archive, name) for name in ("loud", "late", "mute"))
    ids = keep_days(archive, 10)
    with archive.writing() as conn:
        for number in ids[-3:]:
            match = Match(watch=loud, version=1, spans=())
            add_match(conn, match, article=number, revision=1)
        add_match(conn, Match(watch=late, version=1, spans=()), article=ids[0], revision=1)
        for new in (
            alert(loud, ids[-1]),
            alert(loud, ids[-2]),
            alert(loud, ids[-3], AlertState.DROPPED),
        ):
            alerts.add(conn, new)
    with archive.reading() as conn:
        figures = watch_figures.of_all(conn, since=NOW - DAY * 7)
    assert (figures[loud].alerts, figures[loud].matches) == (2, 3)
    assert figures[loud].last_match_at == NOW
    assert (figures[late].alerts, figures[late].matches) == (0, 0)
    assert figures[late].last_match_at == NOW - DAY * 9
    assert mute not in figures


def test_a_pause_by_hand_has_its_reason_until_it_ends(archive: Database) -> None:
    number = add_watch(archive)
    within(archive, lambda conn: watches.pause(conn, number, "by hand"))
    (kept,) = within(archive, watches.listing)
    assert (kept.paused, kept.paused_reason) == (True, "by hand")
    within(archive, lambda conn: watches.resume(conn, number))
    (kept,) = within(archive, watches.listing)
    assert (kept.paused, kept.paused_reason) == (False, None)


@pytest.mark.parametrize(
    "text",
    ["troops", "title:article", "ships OR troops", '"of day" -ships', "tro* -title:troops", "day"],
)
def test_a_whole_period_holds_what_a_search_finds(archive: Database, text: str) -> None:
    keep_days(archive, 12)
    with archive.reading() as conn:
        found = found_since(conn, query(text), since=NOW - DAY * 9)
        assert found == find(conn, query(text), since=NOW - DAY * 9, limit=100)
    assert found

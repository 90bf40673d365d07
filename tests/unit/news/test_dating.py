"""Which date is taken where feed and page tell two."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from news.dating import is_day, published_at, updated_at

SEEN = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
EARLY = SEEN - 5 * HOUR
DAY = datetime(2026, 11, 23, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SEOUL = timezone(9 * HOUR)
LONG_AGO = datetime(2019, 3, 4, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("feed", "page", "changed", "taken"),
    [
        (None, EARLY, None, EARLY),
        (EPOCH, EARLY, None, EARLY),
        (None, None, EARLY, EARLY),
        (EPOCH, EPOCH, None, None),
        (None, None, None, None),
        (EARLY, None, SEEN, EARLY),
        (EARLY, EPOCH, None, EARLY),
        (EARLY, DAY, None, EARLY),
        (SEEN, DAY - timedelta(days=400), None, SEEN),
        (DAY, EARLY.astimezone(SEOUL), None, EARLY),
        (SEEN - 2 * HOUR, (SEEN - 4 * HOUR).astimezone(SEOUL), None, SEEN - 4 * HOUR),
        (SEEN - 4 * HOUR, (SEEN - 2 * HOUR).astimezone(SEOUL), None, SEEN - 2 * HOUR),
        (SEEN - 4 * HOUR, SEEN - 2 * HOUR, None, SEEN - 4 * HOUR),
        (SEEN - timedelta(minutes=7), LONG_AGO, None, SEEN - timedelta(minutes=7)),
        (EARLY, EARLY - timedelta(days=2), None, EARLY - timedelta(days=2)),
        (DAY, LONG_AGO, None, DAY),
        (EPOCH, LONG_AGO, None, LONG_AGO),
        (EARLY, EARLY + timedelta(minutes=7), None, EARLY),
        (SEEN + 9 * HOUR, SEEN - timedelta(minutes=1), None, SEEN - timedelta(minutes=1)),
        (EARLY, SEEN + 3 * HOUR, None, EARLY),
        (SEEN + 9 * HOUR, None, None, SEEN),
        (SEEN + 9 * HOUR, SEEN + 8 * HOUR, None, SEEN),
        (None, SEEN + timedelta(days=400), None, SEEN),
    ],
)
def test_the_date_of_publication(
    feed: datetime | None,
    page: datetime | None,
    changed: datetime | None,
    taken: datetime | None,
) -> None:
    found = published_at(feed=feed, page=page, changed=changed, seen=SEEN)
    assert found == taken
    assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize(
    ("url", "old"),
    [
        ("https://a.test/2019/03/04/the-heron", True),
        ("https://a.test/2019-03-05-the-heron", True),
        ("https://a.test/news/20190304/7", True),
        ("https://a.test/2019/3/the-heron", True),
        ("https://a.test/2019/04/the-heron", False),
        ("https://a.test/2019/03/24/the-heron", False),
        ("https://a.test/the-heron-of-2019", False),
        ("https://a.test/120190304", False),
        ("https://a.test/the-heron", False),
        ("https://t.test/the-heron https://a.test/2019/03/04/the-heron", True),
    ],
)
def test_a_date_of_years_ago_is_believed_where_the_address_bears_it(url: str, *, old: bool) -> None:
    feed = SEEN - HOUR
    found = published_at(feed=feed, page=LONG_AGO, changed=None, seen=SEEN, url=url)
    assert found == (LONG_AGO if old else feed)


@pytest.mark.parametrize(
    ("page", "feed", "published", "taken"),
    [
        (None, None, EARLY, None),
        (EARLY + HOUR, None, EARLY, EARLY + HOUR),
        (None, EARLY + HOUR, EARLY, EARLY + HOUR),
        (EARLY + HOUR, SEEN, EARLY, EARLY + HOUR),
        (EARLY, None, EARLY, None),
        (EARLY - HOUR, None, EARLY, None),
        (EPOCH, None, None, None),
        (EARLY.astimezone(SEOUL), None, None, EARLY),
        (SEEN + HOUR, None, EARLY, SEEN),
    ],
)
def test_the_last_change(
    page: datetime | None,
    feed: datetime | None,
    published: datetime | None,
    taken: datetime | None,
) -> None:
    assert updated_at(page=page, feed=feed, published=published, seen=SEEN) == taken


def test_what_is_read_again_may_have_changed_since_it_was_first_seen() -> None:
    later = SEEN + timedelta(days=2)
    assert updated_at(page=later, feed=None, published=EARLY, seen=None) == later


@pytest.mark.parametrize(
    ("moment", "day"),
    [(DAY, True), (EARLY, False), (DAY.replace(tzinfo=SEOUL), False)],
)
def test_midnight_in_utc_is_a_day_alone(moment: datetime, *, day: bool) -> None:
    assert is_day(moment) is day

"""What is told of a feed before it is chosen, and which of several comes first."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.feed_figures import Claim, FeedFigures, figures_of, is_about_comments, per_day, rank
from crawler.feeds.document import ParsedFeed
from news.entry import Entry

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def entries(*moments: datetime | None) -> tuple[Entry, ...]:
    return tuple(Entry(title=f"Story {n}", published=when) for n, when in enumerate(moments))


@pytest.mark.parametrize(
    ("moments", "figure"),
    [
        ([], None),
        ([ago(hours=1)], None),
        ([ago(hours=hours) for hours in range(1, 25)], 24.0),
        ([ago(days=day) for day in range(1, 11)], 1.0),
        ([NOW] * 20, 15 * 24.0),  # all at once: at most what an hour brings
        ([ago(days=700 + day) for day in range(10)], 8 / 707),  # asleep for two years
    ],
)
def test_how_many_come_a_day(moments: list[datetime], figure: float | None) -> None:
    told = per_day(moments, now=NOW)
    assert told == pytest.approx(figure, rel=0.06) if figure is not None else told is None


def test_a_few_old_items_that_stay_say_nothing() -> None:
    recent = [ago(hours=hours) for hours in range(1, 25)]
    alone = per_day(recent, now=NOW)
    with_old = per_day([*recent, ago(days=4_000), ago(days=5_000)], now=NOW)
    assert alone is not None
    assert with_old == pytest.approx(alone, rel=0.1)


def test_the_newest_is_told_by_date_wherever_it_stands() -> None:
    figures = figures_of(
        ParsedFeed(entries=entries(ago(days=3), ago(hours=2), None, ago(days=1))), now=NOW
    )
    assert (figures.items, figures.newest_at) == (4, ago(hours=2))
    assert figures.newest is not None
    assert figures.newest.title == "Story 1"


def test_a_date_to_come_counts_as_now() -> None:
    figures = figures_of(ParsedFeed(entries=entries(NOW + timedelta(days=900))), now=NOW)
    assert figures.newest_at == NOW


def test_without_dates_the_first_is_the_newest() -> None:
    figures = figures_of(ParsedFeed(entries=entries(None, None)), now=NOW)
    assert (figures.per_day, figures.newest_at) == (None, None)
    assert figures.newest is not None
    assert figures.newest.title == "Story 0"


def test_an_empty_feed_has_no_figures() -> None:
    assert figures_of(ParsedFeed(entries=()), now=NOW) == FeedFigures(items=0)


def test_the_language_is_what_most_say() -> None:
    told = tuple(Entry(title="x", language=tongue) for tongue in ("ko", None, "ko", "en"))
    assert figures_of(ParsedFeed(entries=told), now=NOW).language == "ko"


@pytest.mark.parametrize(
    ("url", "words", "answer"),
    [
        ("https://p.test/comments/feed/", "", True),
        ("https://p.test/feed/", "Comments on: The Paper", True),
        ("https://p.test/feed/", "Комментарии", True),
        ("https://p.test/%EB%8C%93%EA%B8%80/rss", "", True),
        ("https://p.test/feed/", "The Paper", False),
        ("https://comments.test/feed/", "The Paper", False),
    ],
)
def test_comments_are_known_by_address_and_title(url: str, words: str, *, answer: bool) -> None:
    assert is_about_comments(url, words) is answer


def claim(path: str, per_day: float | None = 1.0, *, page: str = "/", items: int = 9) -> Claim:
    figures = FeedFigures(items=items, per_day=per_day)
    return Claim(
        url=f"https://p.test{path}", words="", page=f"https://p.test{page}", figures=figures
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (claim("/feed"), claim("/comments/feed", 900.0)),
        (claim("/feed"), claim("/tag/football/feed", 90.0)),
        (claim("/feed"), claim("/author/kim/feed", 90.0)),
        (claim("/b", 30.0), claim("/a", 2.0)),
        (claim("/b", 0.01), claim("/a", None)),
        (claim("/slow", 0.1), claim("/empty", None, items=0)),
        # whoever named a part of the site wants that part
        (claim("/world/rss", 1.0, page="/world"), claim("/rss", 90.0, page="/world")),
        (claim("/tag/x/feed", 1.0, page="/tag/x/"), claim("/feed", 90.0, page="/tag/x/")),
    ],
)
def test_which_of_two_comes_first(first: Claim, second: Claim) -> None:
    assert rank(first) < rank(second)

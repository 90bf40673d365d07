"""What a preview foresees: the policy's own decisions, story by story, in the order of owing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alerts.policy import Verdict
from archive.past import PastArticle
from news.query.parse import parse
from news.query.tree import Query
from news.watch import WatchSettings
from wirewatch.preview import Asked, foresee

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
TOLD, FOLDED, OLD, BELOW = Verdict.TOLD, Verdict.FOLDED, Verdict.DROPPED, Verdict.BELOW
HOUR = timedelta(hours=1)


def article(number: int, story: int | None = None) -> PastArticle:
    """Return an article of an old source, published ten minutes before it was owed."""
    return PastArticle(
        id=number,
        story=number if story is None else story,
        publisher=1,
        published_at=NOW - timedelta(minutes=10),
        first_seen_at=NOW - timedelta(minutes=1),
        owed_at=NOW,
        source_name="Yonhap",
        source_added_at=NOW - timedelta(days=90),
        first_visit=False,
    )


def asked(alert: tuple[str, ...] = ("story",), catch_up: timedelta = HOUR) -> Asked:
    query = parse("kursk")
    assert isinstance(query, Query)
    settings = WatchSettings(name="w", query="kursk", alert=alert)
    return Asked(settings=settings, query=query, days=60, catch_up=catch_up)


def verdicts(what: Asked, *told: PastArticle) -> list[Verdict]:
    return [one.verdict for one in foresee(what, told)]


@pytest.mark.parametrize(
    ("alert", "expected"),
    [
        (("story",), [TOLD, FOLDED, TOLD, FOLDED]),
        (("article",), [TOLD, TOLD, TOLD, TOLD]),
        (("story", "article"), [TOLD, TOLD, TOLD, TOLD]),
        (("growth",), [BELOW, BELOW, BELOW, BELOW]),
    ],
)
def test_a_story_is_told_once_and_an_article_always(
    alert: tuple[str, ...], expected: list[Verdict]
) -> None:
    told = [article(1, 1), article(2, 1), article(3, 3), article(4, 1)]
    assert verdicts(asked(alert), *told) == expected


@pytest.mark.parametrize(
    ("published", "added", "first_visit", "expected"),
    [
        (timedelta(minutes=10), timedelta(days=1), False, TOLD),
        (timedelta(days=30), timedelta(days=90), False, TOLD),  # late, of an old source
        (timedelta(hours=2), timedelta(minutes=5), True, OLD),
        (timedelta(hours=2), timedelta(minutes=5), False, OLD),
        (timedelta(minutes=50), timedelta(minutes=5), True, TOLD),  # within an hour
        (None, timedelta(minutes=5), True, OLD),
        (None, timedelta(minutes=5), False, TOLD),
        (-timedelta(days=2), timedelta(minutes=5), True, TOLD),  # a date to come
    ],
)
def test_old_news_is_what_was_old_for_its_source(
    published: timedelta | None, added: timedelta, *, first_visit: bool, expected: Verdict
) -> None:
    one = replace(
        article(1),
        published_at=None if published is None else NOW - published,
        source_added_at=NOW - added,
        first_visit=first_visit,
    )
    assert verdicts(asked(), one) == [expected]


def test_how_old_is_old_is_what_the_configuration_says() -> None:
    one = replace(article(1), published_at=NOW - 5 * HOUR, source_added_at=NOW - HOUR)
    assert verdicts(asked(), one) == [OLD]
    assert verdicts(asked(catch_up=6 * HOUR), one) == [TOLD]


def test_old_news_opens_no_story() -> None:
    old = replace(article(1, 1), published_at=NOW - 5 * HOUR, source_added_at=NOW - HOUR)
    assert verdicts(asked(), old, article(2, 1), article(3, 1)) == [OLD, TOLD, FOLDED]


def test_each_decision_has_its_words() -> None:
    first, second = foresee(asked(), [article(1, 1), article(2, 1)])
    assert first.words == "the first matching article of its story"
    assert second.words == "its story was told before"
    assert (first.article.id, second.article.id) == (1, 2)

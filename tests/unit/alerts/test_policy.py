"""What a watch is told, as tables."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alerts.policy import Candidate, Decision, Verdict, decide
from news.alert import AlertKind, Standing
from news.silence import Silence
from news.watch import Watch, WatchSettings

ADDED = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
LATER = ADDED + 10 * HOUR

FRESH, STORY, ARTICLE, BOTH = (
    Standing(),
    Standing(told_story=True),
    Standing(told_article=True),
    Standing(told_story=True, told_article=True),
)


def watch(*kinds: str, added_at: datetime = ADDED) -> Watch:
    settings = WatchSettings(name="Troops", query="troops", alert=kinds)
    return Watch(id=3, version=1, settings=settings, added_at=added_at)


NEWS = Candidate(
    watch=watch("story"),
    published_at=LATER,
    first_seen_at=LATER,
    source_name="Yonhap",
    source_added_at=ADDED,
    first_visit=False,
)


def decided(candidate: Candidate, standing: Standing = FRESH) -> Decision:
    return decide(candidate, standing, catch_up=HOUR)


@pytest.mark.parametrize(
    ("kinds", "standing", "verdict", "code", "kind"),
    [
        (("story",), FRESH, Verdict.TOLD, "told", AlertKind.STORY),
        (("story",), STORY, Verdict.FOLDED, "folded:story", AlertKind.STORY),
        (("story",), BOTH, Verdict.KNOWN, "known:told", AlertKind.STORY),
        (("article",), FRESH, Verdict.TOLD, "told", AlertKind.ARTICLE),
        (("article",), STORY, Verdict.TOLD, "told", AlertKind.ARTICLE),
        (("article",), BOTH, Verdict.KNOWN, "known:told", AlertKind.ARTICLE),
        (("article",), ARTICLE, Verdict.KNOWN, "known:told", AlertKind.ARTICLE),
        (("story", "article"), FRESH, Verdict.TOLD, "told", AlertKind.STORY),
        (("story", "article"), STORY, Verdict.TOLD, "told", AlertKind.ARTICLE),
        (("story", "article"), BOTH, Verdict.KNOWN, "known:told", AlertKind.ARTICLE),
        (("story", "article"), ARTICLE, Verdict.KNOWN, "known:told", AlertKind.STORY),
        (("story", "edit", "spike"), FRESH, Verdict.TOLD, "told", AlertKind.STORY),
        (("edit", "growth"), FRESH, Verdict.BELOW, "below:unasked", AlertKind.STORY),
        ((), FRESH, Verdict.BELOW, "below:unasked", AlertKind.STORY),
    ],
)
def test_what_was_told_decides_what_is_told(
    kinds: tuple[str, ...], standing: Standing, verdict: Verdict, code: str, kind: AlertKind
) -> None:
    decision = decided(replace(NEWS, watch=watch(*kinds)), standing)
    assert (decision.verdict, decision.code, decision.kind) == (verdict, code, kind)
    assert decision.words


def test_one_article_is_one_message_though_both_kinds_are_asked() -> None:
    asking = replace(NEWS, watch=watch("story", "article"))
    told = decided(asking)
    after = Standing(told_story=told.kind is AlertKind.STORY, told_article=True)
    assert decided(asking, after).verdict is Verdict.KNOWN


@pytest.mark.parametrize(
    ("published", "old"),
    [
        (ADDED - HOUR, False),
        (ADDED - HOUR - SECOND, True),
        (ADDED, False),
        (ADDED - timedelta(days=90), True),
    ],
)
@pytest.mark.parametrize("newer", ["source", "watch"])
def test_old_is_longer_than_catch_up_before_either_was_added(
    published: datetime, newer: str, *, old: bool
) -> None:
    long_ago = ADDED - timedelta(days=400)
    source, watching = (ADDED, long_ago) if newer == "source" else (long_ago, ADDED)
    decision = decided(
        replace(
            NEWS,
            published_at=published,
            source_added_at=source,
            watch=watch("story", added_at=watching),
        )
    )
    assert decision.code == ("dropped:old" if old else "told")
    assert not old or f"before {newer} " in decision.words


def test_an_article_that_appears_late_is_news_however_old_the_archive() -> None:
    """A source that is slow to tell is not a source that was just added."""
    late = replace(NEWS, published_at=ADDED + MINUTE, first_seen_at=ADDED + timedelta(days=30))
    assert decided(late).verdict is Verdict.TOLD


@pytest.mark.parametrize(("first_visit", "code"), [(True, "dropped:old"), (False, "told")])
def test_without_a_date_the_first_visit_decides(code: str, *, first_visit: bool) -> None:
    undated = replace(NEWS, published_at=None, first_seen_at=ADDED, first_visit=first_visit)
    assert decided(undated).code == code


def test_a_dated_article_of_the_first_visit_goes_by_its_date() -> None:
    first = replace(NEWS, published_at=ADDED - MINUTE, first_seen_at=ADDED, first_visit=True)
    assert decided(first).verdict is Verdict.TOLD


@pytest.mark.parametrize("published", [ADDED + timedelta(days=400), None])
def test_a_future_or_missing_date_counts_as_the_time_seen(published: datetime | None) -> None:
    """Seen long before the watch was added, it is old to that watch, whatever date it claims."""
    seen_before = replace(NEWS, published_at=published, first_seen_at=ADDED - 2 * HOUR)
    old_source = replace(seen_before, source_added_at=ADDED - timedelta(days=9))
    assert decided(old_source).code == "dropped:old"
    assert decided(replace(old_source, first_seen_at=ADDED + MINUTE)).code == "told"


def test_old_news_is_dropped_before_it_is_folded() -> None:
    old = replace(NEWS, published_at=ADDED - 5 * HOUR)
    assert decided(old, STORY).code == "dropped:old"
    assert decided(old, BOTH).code == "known:told"


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (ADDED - 75 * MINUTE, "published 75 min before source Yonhap was added"),
        (ADDED - 3 * HOUR - 5 * MINUTE, "published 3 h 5 min before source Yonhap was added"),
        (ADDED - timedelta(days=2, hours=3), "published 2 d 3 h before source Yonhap was added"),
        (None, "bears no date and stood in the first visit to Yonhap"),
    ],
)
def test_the_words_say_how_old(published: datetime | None, words: str) -> None:
    old = replace(NEWS, published_at=published, first_visit=True)
    assert decided(old).words == words


def test_without_catch_up_seconds_count() -> None:
    old = replace(NEWS, published_at=ADDED - 40 * SECOND)
    decision = decide(old, FRESH, catch_up=timedelta())
    assert decision.words == "published 40 s before source Yonhap was added"


NIGHT = Silence(id=3, until=LATER + HOUR, why="night desk")


@pytest.mark.parametrize(
    ("kinds", "standing", "verdict", "code", "kind"),
    [
        (("story",), FRESH, Verdict.HELD, "held:silence", AlertKind.STORY),
        (("article",), FRESH, Verdict.HELD, "held:silence", AlertKind.ARTICLE),
        (("article",), STORY, Verdict.HELD, "held:silence", AlertKind.ARTICLE),
        (("story", "article"), STORY, Verdict.HELD, "held:silence", AlertKind.ARTICLE),
        (("story",), STORY, Verdict.FOLDED, "folded:story", AlertKind.STORY),
        (("story",), BOTH, Verdict.KNOWN, "known:told", AlertKind.STORY),
        (("edit",), FRESH, Verdict.BELOW, "below:unasked", AlertKind.STORY),
    ],
)
def test_a_silence_holds_what_would_be_told_and_nothing_else(
    kinds: tuple[str, ...], standing: Standing, verdict: Verdict, code: str, kind: AlertKind
) -> None:
    silenced = replace(standing, silence=NIGHT)
    decision = decided(replace(NEWS, watch=watch(*kinds)), silenced)
    assert (decision.verdict, decision.code, decision.kind) == (verdict, code, kind)
    assert decision.held_by == (NIGHT if verdict is Verdict.HELD else None)


def test_old_news_is_not_held() -> None:
    old = replace(NEWS, published_at=ADDED - 2 * HOUR, first_seen_at=ADDED)
    assert decided(old, Standing(silence=NIGHT)).verdict is Verdict.DROPPED


def test_what_is_held_says_until_when_and_by_what() -> None:
    words = decided(NEWS, Standing(silence=NIGHT)).words
    assert words == (
        "the first matching article of its story; "
        "until 2026-11-23 17:00 UTC by silence si_3 (night desk)"
    )

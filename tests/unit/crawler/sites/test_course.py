"""Which page is next, and how often a section is looked at: pure decisions, by tables."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.sites.course import Bounds, Course, bounds_of
from crawler.sites.memory import Section
from crawler.sites.rhythm import (
    DEAD_AFTER,
    RAREST,
    after_failure,
    after_first,
    after_news,
    after_quiet,
)
from news.source import Spider

NOW = datetime(2026, 11, 23, tzinfo=UTC)
FRONT = Section(url="f", depth=0, looked=9)


def one(name: str, **settings: Any) -> Section:
    return replace(Section(url=name, depth=1), **settings)


def course(*sections: Section, number: int = 10, pages: int = 20, depth: int = 2) -> list[str]:
    """Return what a visit looks at, in its order."""
    front = replace(FRONT, looked=number - 1)
    kept = {section.url: section for section in (front, *sections)}
    way = Course(front="f", number=number, bounds=Bounds(depth=depth, pages=pages), sections=kept)
    looked = []
    while (section := way.next()) is not None:
        looked.append(section.url)
        kept[section.url] = replace(section, looked=number)
    return looked


@pytest.mark.parametrize(
    ("sections", "looked"),
    [
        ((), ["f"]),
        ((one("a", looked=9), one("b", looked=9, news=2.0)), ["f", "b", "a"]),
        ((one("a", looked=9), one("b", looked=5)), ["f", "b", "a"]),
        ((one("a", looked=9, every=4), one("b", looked=8, every=8)), ["f", "b"]),
        ((one("a", looked=9, every=2), one("b", looked=8, every=2)), ["f", "b", "a"]),
        ((one("a", looked=9, every=9), one("new")), ["f", "new"]),
        (tuple(one(f"n{n}") for n in range(5)), ["f", "n0", "n1", "n2"]),
        ((one("deep", depth=2), one("near")), ["f", "near", "deep"]),
        ((one("far", depth=3), one("gone", looked=1, every=32, failures=3)), ["f"]),
    ],
)
def test_what_is_looked_at_and_in_which_order(
    sections: tuple[Section, ...], looked: list[str]
) -> None:
    assert course(*sections) == looked


def test_a_first_visit_looks_at_all_that_it_may_and_the_nearest_first() -> None:
    sections = [one(f"n{n}", depth=n % 3 + 1) for n in range(9)]
    assert course(*sections, number=1) == ["f", "n0", "n3", "n6", "n1", "n4", "n7"]
    assert course(*sections, number=1, pages=3) == ["f", "n0", "n3"]


def test_one_page_stays_for_what_is_new_however_much_is_due() -> None:
    due = [one(f"d{n}", looked=9, news=float(9 - n)) for n in range(6)]
    assert course(*due, one("new"), pages=5) == ["f", "d0", "d1", "d2", "new"]


@pytest.mark.parametrize(
    ("spider", "bounds"),
    [
        (Spider(), (2, 20)),
        (Spider(depth=0, pages=1), (0, 1)),
        (Spider(depth=20, pages=100_000), (5, 100)),
        (Spider(depth=-3, pages=-3), (0, 1)),
    ],
)
def test_a_persons_bounds_are_kept_as_far_as_they_are_sane(
    spider: Spider, bounds: tuple[int, int]
) -> None:
    found = bounds_of(spider)
    assert (found.depth, found.pages) == bounds


def test_news_halves_the_wait_and_silence_doubles_it() -> None:
    section = after_first(one("a"), 3)
    waits = []
    for _ in range(7):
        section = after_quiet(section)
        waits.append(section.every)
    assert waits == [2, 4, 8, 16, RAREST, RAREST, RAREST]
    for _ in range(6):
        section = after_news(section, 2, NOW)
        waits.append(section.every)
    assert waits[7:] == [16, 8, 4, 2, 1, 1]
    assert 7.0 < section.news < 10.0
    assert section.news_at == int(NOW.timestamp())


def test_a_section_without_articles_of_its_own_has_to_show_some_first() -> None:
    assert after_first(one("a"), 0).every == 4
    assert after_first(one("a"), 1).every == 1


def test_who_fails_for_long_is_dead_and_who_is_gone_at_once() -> None:
    section = one("a")
    for times in range(1, DEAD_AFTER):
        section = after_failure(section, "HTTP 503", gone=False)
        assert (section.failures, section.every) == (times, 2**times)
    assert after_failure(section, "HTTP 503", gone=False).every == RAREST
    gone = after_failure(one("b"), "HTTP 410", gone=True)
    assert (gone.failures, gone.every, gone.fault) == (DEAD_AFTER, RAREST, "HTTP 410")

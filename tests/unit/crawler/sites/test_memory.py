"""What is remembered of a site: bounded, versioned, and read back whatever it became."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.lists.learned import MOST_WRITTEN, Learned
from crawler.sites.address import section_key
from crawler.sites.memory import (
    MOST_KNOWN,
    Memory,
    Section,
    described,
    mark_of,
    memory_from,
    memory_written,
    turned,
)
from news.source import Validators

FRONT = Section(url="https://press.test/", depth=0, looked=3, links=9, brought=2)
WORLD = Section(
    url="https://press.test/world",
    depth=1,
    looked=3,
    every=4,
    links=1,
    news=2.5,
    news_at=1_790_000_000,
    validators=Validators(etag='"a"', last_modified="Mon", body_hash="0" * 32),
)
MEMORY = Memory(
    visits=3,
    site=Learned(
        visits=3, count=9, shapes={"/slug": 5.0}, standing=["ab"], articles=["cd"], doubted=[]
    ),
    sections={section_key(one.url): one for one in (FRONT, WORLD)},
    known=(mark_of("a"), mark_of("b")),
)


def test_what_is_kept_comes_back() -> None:
    assert memory_from(memory_written(MEMORY)) == MEMORY


def huge(count: int) -> Memory:
    sections = {
        f"https://press.test/{number:03}/{'x' * 200}": Section(
            url=f"https://press.test/{number:03}/{'x' * 200}",
            depth=1 if number else 0,
            looked=number,
            news=float(number),
            fault="y" * 500,
            validators=Validators(etag="e" * 900, last_modified="m" * 70, body_hash="0" * 32),
        )
        for number in range(count)
    }
    known = tuple(mark_of(str(number)) for number in range(5_000))
    return replace(MEMORY, sections=sections, known=known)


def test_it_is_never_longer_than_may_be_kept_and_what_matters_most_stays() -> None:
    text = memory_written(huge(500))
    assert len(text.encode()) <= MOST_WRITTEN
    memory = memory_from(text)
    assert memory.visits == 3
    assert [one.depth for one in memory.sections.values()].count(0) == 1
    brought = [one.news for one in memory.sections.values() if one.depth]
    assert brought == sorted(brought, reverse=True)
    assert brought[0] == 499.0
    assert len(memory.known) < MOST_KNOWN


def test_a_validator_too_long_to_keep_is_left_out() -> None:
    memory = memory_from(memory_written(huge(3)))
    (kept, *_) = [one.validators for one in memory.sections.values()]
    assert (kept.etag, kept.last_modified) == (None, "m" * 70)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "null",
        "[]",
        "7",
        '{"v":2}',
        '{"v":1}',
        '{"v":1,"visits":1,"site":{},"sections":[["a"]],"known":""}',
        '{"v":1,"visits":1,"site":{},"sections":{},"known":""}',
        '{"v":1,"visits":null,"site":{},"sections":[],"known":""}',
        '{"visits":9,"count":3}',
    ],
)
def test_what_makes_no_sense_was_never_learned(text: str | None) -> None:
    assert memory_from(text) == Memory()
    assert described(text) == ["nothing was learned yet"]


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    memory_from(text)
    described(json.dumps({"v": 1, "visits": 1, "site": {}, "sections": [], "known": text}))


def test_what_was_kept_before_failures_had_a_beginning_is_read() -> None:
    said = json.loads(memory_written(MEMORY))
    for one in said["sections"]:
        one.pop()
    assert memory_from(json.dumps(said)) == MEMORY


def test_sections_that_turn_are_told_where_they_were_named_or_told_of_articles() -> None:
    def text(**failures: int) -> str:
        pages = [
            Section(
                url=f"https://press.test/{name}",
                depth=1,
                looked=3,
                links=2 if name == "told" else 0,
                failures=many,
                fault="HTTP 404" if many else "",
            )
            for name, many in failures.items()
        ]
        front = replace(FRONT, failures=1, fault="HTTP 404")
        return memory_written(
            replace(MEMORY, sections={section_key(one.url): one for one in (front, *pages)})
        )

    fails, well = text(named=1, told=1, linked=1), text(named=0, told=0, linked=0)
    named = ["https://press.test/named/"]

    def told(before: str | None, after: str) -> list[tuple[str, str]]:
        return [(one.url[19:], one.fault) for one in turned(before, after, named)]

    for before in (None, well):
        assert sorted(told(before, fails)) == [("named", "HTTP 404"), ("told", "HTTP 404")]
    assert told(fails, text(named=2, told=2, linked=2)) == []
    assert sorted(told(fails, well)) == [("named", ""), ("told", "")]


def test_it_is_told_in_plain_words() -> None:
    assert described(memory_written(MEMORY)) == [
        "2 pages were looked at, 0 known for later visits",
        "https://press.test/: 9 article links, 2 new; looked at first at every visit",
        "https://press.test/world: 1 article link, 0 new; looked at at every 4th visit",
        "articles have addresses such as /words-of-the-title",
    ]

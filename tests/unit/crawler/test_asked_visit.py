"""What goes over the engine's pipe comes back as it was."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.asked_visit import AskedVisit, asked_plain, asked_read, visit_plain, visit_read
from crawler.entry_wire import entry_of, entry_plain
from crawler.lists import task
from crawler.lists.find import Asked, FoundLinks, NotAList
from crawler.reader import NoCrawl
from news.entry import Entry
from news.source import Spider, Validators
from news.visit import Failed, Outcome, Told, Unchanged, Visit

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
SAME = Validators(etag='"7"', last_modified=None, body_hash="ab")


@pytest.mark.parametrize(
    "outcome",
    [
        Told(
            entries=(Entry(url="http://a.example/1", title="위", published=NOW),), validators=SAME
        ),
        Told(entries=(), validators=SAME, title="T", wait=timedelta(minutes=5), learned="{}"),
        Told(entries=(), validators=SAME, dropped=7, opened=("http://a.example/1",)),
        Told(entries=(), validators=SAME, opened=("x",), opened_since=NOW, rolled=True),
        Unchanged(validators=SAME, wait=timedelta(seconds=9)),
        Unchanged(validators=SAME, learned='{"v":1}'),
        Failed(reason="HTTP 410", gone=True),
        Failed(reason="later", wait=timedelta(hours=1), unreachable=True),
        Failed(reason="the engine's process ended twice while it was read", ours=True),
    ],
)
def test_a_visit_comes_back_as_it_was(outcome: Outcome) -> None:
    ended = "http://b.example/"
    rest = timedelta(seconds=2.5)
    visit = Visit(at=NOW, outcome=outcome, status=200, ms=7, size=9, rest=rest, url=ended)
    assert visit_read(json.loads(json.dumps(visit_plain(visit)))) == visit


def test_a_question_comes_back_as_it_was() -> None:
    spider = Spider(links="h3 > a", sections=("/world",), depth=2, render=True)
    asked = AskedVisit(
        kind="list", url="http://a.example/", spider=spider, learned="{}", validators=SAME
    )
    assert asked_read(json.loads(json.dumps(asked_plain(asked)))) == asked


_TEXTS = st.text(max_size=20)
_MOMENTS = st.none() | st.datetimes(timezones=st.just(UTC))


@given(
    st.builds(
        Entry,
        url=st.none() | _TEXTS,
        title=_TEXTS,
        summary=_TEXTS,
        published=_MOMENTS,
        updated=_MOMENTS,
        authors=st.lists(_TEXTS, max_size=3).map(tuple),
    )
)
def test_entries_come_back_as_they_were(entry: Entry) -> None:
    assert entry_of(json.loads(json.dumps(entry_plain(entry)))) == entry


def test_a_worker_answers_with_links_or_with_words() -> None:
    asked = Asked(url="http://a.example/", headers={}, links="a", learned=None, now=NOW)
    found = task.answer(task.run(task.question(b"<a href='/x'>A story</a>", asked)))
    assert isinstance(found, FoundLinks)
    assert [(entry.url, entry.title) for entry in found.entries] == [
        ("http://a.example/x", "A story")
    ]
    assert task.answer(task.run(task.question(b"", asked))) == NotAList("the page is empty")


async def test_where_no_engine_runs_that_is_said() -> None:
    visit = await NoCrawl().visit(AskedVisit(kind="list", url="http://a.example/"))
    assert isinstance(visit.outcome, Failed)
    assert "the engine that reads pages is not running" in visit.outcome.reason

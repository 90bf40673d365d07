"""Looking at a page again: what is asked, and what counts as the same."""

from collections.abc import AsyncIterator
from hashlib import blake2b

import pytest

from crawler.engine_asks import look_ask, page_ask
from crawler.extract.wire import outcome_plain
from crawler.follow import Following
from crawler.http import Fetched, FetchFailed
from crawler.marks import marks_plain, marks_read
from crawler.page_reader import PageReader
from crawler.robots import Robots
from crawler.workers import WorkerPool
from news.page import Page, PageMarks, PageOutcome, SamePage, Unread
from tests.unit.crawler.exchange import FakeExchange, found, moved, status

STORY = "http://a.test/story"
HTML = "<html><title>A bridge opens</title><body><p>" + "The new bridge is open. " * 20
HASH = blake2b(HTML.encode(), digest_size=16).digest()
WHEN = "Mon, 23 Nov 2026 06:00:00 GMT"
MARKS = PageMarks(etag='"v1"', modified=WHEN, body_hash=b"0" * 16)


@pytest.fixture
async def pool() -> AsyncIterator[WorkerPool]:
    """Give a pool whose workers end with the test."""
    pool = WorkerPool(size=1)
    yield pool
    await pool.close()


def over(pool: WorkerPool, *answers: Fetched | FetchFailed) -> tuple[PageReader, FakeExchange]:
    told = {answer.url if isinstance(answer, Fetched) else STORY: answer for answer in answers}
    exchange = FakeExchange(told)
    robots = Robots(exchange, monotonic=lambda: 0.0)
    return PageReader(following=Following(exchange=exchange, robots=robots), pool=pool), exchange


async def looked(pool: WorkerPool, answer: Fetched, marks: PageMarks | None) -> object:
    reader, _ = over(pool, answer)
    return (await reader.look_again(STORY, marks)).outcome


async def test_a_page_that_is_read_brings_its_marks(pool: WorkerPool) -> None:
    reader, exchange = over(pool, found(STORY, HTML, etag='"v1"', **{"last-modified": WHEN}))
    page = (await reader.read(STORY)).outcome
    assert isinstance(page, Page)
    assert page.marks == PageMarks(etag='"v1"', modified=WHEN, body_hash=HASH)
    assert exchange.headers[STORY] == {}


@pytest.mark.parametrize("etag", ["x" * 301, 'a"\r\nCookie: b', "“v1”", ""])
async def test_what_would_make_no_good_header_is_no_mark(pool: WorkerPool, etag: str) -> None:
    reader, _ = over(pool, found(STORY, HTML, etag=etag))
    page = (await reader.read(STORY)).outcome
    assert isinstance(page, Page)
    assert page.marks == PageMarks(body_hash=HASH)


async def test_the_question_is_conditional_at_every_hop_and_304_is_the_same(
    pool: WorkerPool,
) -> None:
    end = "http://a.test/end"
    reader, exchange = over(pool, moved(STORY, end), status(end, 304))
    assert (await reader.look_again(STORY, MARKS)).outcome == SamePage()
    asked = {"If-None-Match": '"v1"', "If-Modified-Since": WHEN}
    assert exchange.headers[STORY] == exchange.headers[end] == asked


async def test_without_marks_it_is_read_as_any_page(pool: WorkerPool) -> None:
    reader, exchange = over(pool, found(STORY, HTML))
    assert isinstance((await reader.look_again(STORY, None)).outcome, Page)
    assert exchange.headers[STORY] == {}


async def test_the_same_bytes_are_the_same_page_and_no_worker_sees_them() -> None:
    pool = WorkerPool(size=0)
    marks = PageMarks(body_hash=HASH)
    assert await looked(pool, found(STORY, HTML), marks) == SamePage()


async def test_other_bytes_are_read(pool: WorkerPool) -> None:
    page = await looked(pool, found(STORY, HTML, etag='"v2"'), MARKS)
    assert isinstance(page, Page)
    assert page.marks == PageMarks(etag='"v2"', body_hash=HASH)


async def test_a_304_that_nobody_asked_for_is_no_page(pool: WorkerPool) -> None:
    outcome = await looked(pool, status(STORY, 304), None)
    assert isinstance(outcome, Unread)


@pytest.mark.parametrize("number", [404, 410, 500])
async def test_what_cannot_be_read_says_so(pool: WorkerPool, number: int) -> None:
    outcome = await looked(pool, status(STORY, number), MARKS)
    assert isinstance(outcome, Unread)
    assert outcome.status == number


@pytest.mark.parametrize("marks", [None, MARKS, PageMarks(body_hash=HASH)])
def test_marks_go_through_the_pipe(marks: PageMarks | None) -> None:
    assert marks_read(marks_plain(marks)) == marks


OUTCOMES: list[PageOutcome] = [
    Page(url=STORY, canonical=None, title="A", text="B", marks=MARKS),
    Page(url=STORY, canonical=None, title="A", text="B"),
    Unread(reason="HTTP 404", status=404),
]


@pytest.mark.parametrize("outcome", OUTCOMES)
async def test_answers_to_both_questions_are_read(outcome: PageOutcome) -> None:
    marks = outcome.marks if isinstance(outcome, Page) else None
    message = {"outcome": outcome_plain(outcome), "marks": marks_plain(marks)}
    assert page_ask(STORY).read(message) == outcome
    assert look_ask(STORY, MARKS).read(message) == outcome
    assert look_ask(STORY, MARKS).read({"same": True}) == SamePage()
    assert look_ask(STORY, None).question == {"url": STORY, "render": False, "again": None}

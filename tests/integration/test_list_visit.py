"""Lists visited for real: a host on 127.0.0.1, the engine's process, a worker, and the reader."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from crawler.engine import Engine
from crawler.reader import Reader, ReaderParts
from crawler.registry import READERS
from crawler.workers import WorkerPool
from news.clock import utc_now
from news.source import DueSource, Rhythm, SourceSettings, Spider, Validators
from news.visit import Failed, Told, Unchanged, Visit
from tests.integration.pages_server import Host, html_answer
from tests.integration.raw_server import RawServer, answer
from tests.integration.test_engine import processes, reading
from wirewatch.net.client import NetworkSettings, open_client
from wirewatch.net.fetcher import GuardedFetcher

FEED = (
    b"<rss version='2.0'><channel><title>News</title><item><title>Crane falls</title>"
    b"<link>/story/1</link></item></channel></rss>"
)


def front(*numbers: int, title: str = "Crane number {} comes down at last") -> bytes:
    stories = "".join(
        f'<div class="item"><h2><a href="/story/{number}">{title.format(number)}</a></h2></div>'
        for number in numbers
    )
    nav = '<nav><a href="/harbour">Harbour</a><a href="/about">About us</a></nav>'
    return f"<html><title>The Harbour</title><body>{nav}{stories}</body></html>".encode()


def source(server: RawServer, path: str, kind: str = "list") -> DueSource:
    return DueSource(
        id=1,
        settings=SourceSettings(name="Harbour", kind=kind, url=server.url(path)),
        validators=Validators(),
        rhythm=Rhythm(),
        added_at=utc_now(),
        claim_no=1,
        first_visit=True,
    )


def after(due: DueSource, visit: Visit) -> DueSource:
    """Return the source as it is claimed after `visit`, which told."""
    told = visit.outcome
    assert isinstance(told, Told), told
    return replace(due, validators=told.validators, learned=told.learned)


@asynccontextmanager
async def reader_of(kind: str) -> AsyncIterator[tuple[Reader, Host, RawServer, Engine]]:
    pool = WorkerPool(size=1)
    async with (
        reading() as (engine, host, server),
        open_client(NetworkSettings(agent="w", allow=("127.0.0.1",))) as client,
    ):
        parts = ReaderParts(
            fetcher=GuardedFetcher(client), parser=pool, clock=utc_now, crawl=engine
        )
        yield READERS[kind](parts), host, server, engine
    await pool.close()


def paths(visit: Visit) -> list[str]:
    assert isinstance(visit.outcome, Told), visit.outcome
    return [
        (entry.url or "").partition("127.0.0.1")[2].partition("/")[2]
        for entry in visit.outcome.entries
    ]


async def test_a_list_is_told_and_then_what_is_new_and_edited() -> None:
    async with reader_of("list") as (reader, host, server, _):
        host.pages["/front"] = html_answer(front(7, 8, 9), Cache_Control="max-age=300")
        due = source(server, "/front")
        first = await reader.visit(due)
        assert paths(first) == ["story/7", "story/8", "story/9"]
        assert (first.status, first.size) == (200, len(front(7, 8, 9)))
        assert isinstance(first.outcome, Told)
        assert first.outcome.title == "The Harbour"
        assert first.outcome.wait == timedelta(minutes=5)
        due = after(due, first)
        again = await reader.visit(due)  # the same body, though the server says nothing of it
        assert isinstance(again.outcome, Unchanged)
        host.pages["/front"] = html_answer(front(6, 7, 8, title="The crane {} was never there"))
        edited = await reader.visit(due)
        assert paths(edited) == ["story/6", "story/7", "story/8"]
        assert isinstance(edited.outcome, Told)
        assert edited.outcome.entries[1].title == "The crane 7 was never there"


async def test_what_the_server_said_is_said_back_and_304_is_unchanged() -> None:
    async with reader_of("list") as (reader, host, server, _):
        host.pages["/front"] = html_answer(front(7, 8, 9), ETag='"v1"', Last_Modified="Mon")
        due = source(server, "/front")
        due = after(due, await reader.visit(due))
        host.pages["/front"] = answer(status="304 Not Modified", Cache_Control="max-age=60")
        visit = await reader.visit(due)
        assert visit.outcome == Unchanged(validators=due.validators, wait=timedelta(minutes=1))
        asked = server.heads[-1].lower()
        assert 'if-none-match: "v1"' in asked
        assert "if-modified-since: mon" in asked


async def test_a_selector_names_the_links() -> None:
    async with reader_of("list") as (reader, host, server, _):
        host.pages["/front"] = html_answer(front(7, 8))
        due = source(server, "/front")
        named = replace(due.settings, spider=Spider(links="nav > a"))
        assert paths(await reader.visit(replace(due, settings=named))) == ["harbour", "about"]
        none = replace(due.settings, spider=Spider(links="div.gone > a"))
        visit = await reader.visit(replace(due, settings=none))
        assert isinstance(visit.outcome, Failed)
        assert "the selector in links finds no link" in visit.outcome.reason


async def test_each_refusal_has_its_words() -> None:
    async with reader_of("list") as (reader, host, server, engine):
        host.robots = b"User-agent: *\nDisallow: /private\nCrawl-delay: 4"
        host.pages["/gone"] = answer(status="410 Gone")
        host.pages["/busy"] = answer(status="503 Busy", Retry_After="120")
        host.pages["/moved"] = answer(status="301 Moved", Location="/front")
        host.pages["/astray"] = answer(status="302 Found", Location="/private/x")
        host.pages["/front"] = html_answer(front(7, 8, 9))
        told = {
            path: await reader.visit(source(server, path))
            for path in ("/private", "/gone", "/busy", "/moved", "/astray", "/pdf", "/nothing")
        }
        assert host.asked["/private"] == host.asked["/private/x"] == 0
        assert engine.crawl_delay(server.url("/")) == timedelta(seconds=4)
    assert paths(told.pop("/moved")) == ["story/7", "story/8", "story/9"]
    reasons = {path: visit.outcome for path, visit in told.items()}
    refused = f"robots.txt of http://127.0.0.1:{server.port} does not allow it"
    assert reasons == {
        "/private": Failed(reason=refused),
        "/gone": Failed(reason="the page is gone for good (HTTP 410)", gone=True),
        "/busy": Failed(
            reason="the server is not available for now (HTTP 503)", wait=timedelta(seconds=120)
        ),
        "/astray": Failed(reason=refused),
        "/pdf": Failed(reason="it is a PDF, not a page"),
        "/nothing": Failed(reason="there is nothing at this address (HTTP 404)"),
    }


async def test_a_child_that_is_killed_over_a_list_is_asked_once_more() -> None:
    async with reader_of("list") as (reader, host, server, _):
        host.pages["/front"] = html_answer(front(7, 8, 9))
        await reader.visit(source(server, "/front"))
        processes()[0].kill()
        assert paths(await reader.visit(source(server, "/front"))) == [
            "story/7",
            "story/8",
            "story/9",
        ]


async def test_after_a_stop_a_list_is_not_looked_at() -> None:
    async with reader_of("list") as (reader, _, server, engine):
        await engine.stop()
        visit = await reader.visit(source(server, "/front"))
    assert visit.outcome == Failed(reason="wirewatch is stopping", ours=True)


def failing(due: DueSource, times: int, since: timedelta = timedelta(days=2)) -> DueSource:
    """Return the source as it is claimed after so many failed visits, the last good so long ago."""
    return replace(due, rhythm=Rhythm(failures=times), last_good_at=utc_now() - since)


async def test_what_a_source_is_is_found_out_once_and_again_when_it_stays_another() -> None:
    async with reader_of("auto") as (reader, host, server, _):
        host.pages["/news"] = answer(FEED)
        due = source(server, "/news", kind="auto")
        first = await reader.visit(due)
        assert paths(first) == ["story/1"]
        assert host.asked["/news"] == 1
        host.pages["/news"] = html_answer(front(7, 8, 9))
        due = after(due, first)
        second = await reader.visit(failing(due, 4))
        assert paths(second) == ["story/7", "story/8", "story/9"]
        assert isinstance(second.outcome, Told)
        assert second.outcome.anew
        assert host.asked["/news"] == 3  # as a feed, then as a list
        due = after(due, second)
        host.pages["/news"] = html_answer(front(6, 7, 8))
        third = await reader.visit(due)
        assert paths(third) == ["story/6", "story/7", "story/8"]
        assert isinstance(third.outcome, Told)
        assert not third.outcome.anew
        assert host.asked["/news"] == 4  # as a list alone
        host.pages["/news"] = answer(FEED)
        assert isinstance((await reader.visit(due)).outcome, Failed)
        assert paths(await reader.visit(failing(due, 4))) == ["story/1"]


async def test_a_feed_whose_server_shows_its_front_page_for_a_while_stays_a_feed() -> None:
    async with reader_of("auto") as (reader, host, server, _):
        host.pages["/news"] = answer(FEED)
        due = source(server, "/news", kind="auto")
        due = after(due, await reader.visit(due))
        host.pages["/news"] = html_answer(front(7, 8, 9))
        hour = timedelta(hours=1)
        for late in (due, failing(due, 3), failing(due, 9, hour), failing(due, 0)):
            visit = await reader.visit(late)
            assert isinstance(visit.outcome, Failed)
            assert visit.outcome.reason.startswith("it was a feed and is none now: ")
        assert host.asked["/news"] == 5  # once each
        host.pages["/news"] = answer(FEED)
        assert isinstance((await reader.visit(failing(due, 3))).outcome, Unchanged)
        host.pages["/news"] = html_answer(b"<html><body><p>Under construction.</p></body></html>")
        visit = await reader.visit(failing(due, 9))
        assert isinstance(visit.outcome, Failed)
        assert "nor is it" not in visit.outcome.reason


async def test_what_is_neither_says_so_and_what_does_not_answer_is_asked_once() -> None:
    async with reader_of("auto") as (reader, host, server, _):
        host.pages["/news"] = html_answer(b"<html><body><p>Under construction.</p></body></html>")
        visit = await reader.visit(source(server, "/news", kind="auto"))
        assert isinstance(visit.outcome, Failed)
        assert "no links to articles were found" in visit.outcome.reason
        assert "nor is it a feed" in visit.outcome.reason
        missing = await reader.visit(source(server, "/nothing", kind="auto"))
        assert missing.outcome == Failed(reason="there is nothing at this address (HTTP 404)")
        assert host.asked["/nothing"] == 1

"""List pages that are not what they say: FAULTS.md "documents", "identity, time" and "status".

The same rows as for feeds (test_bad_documents.py, test_bad_identity.py, test_bad_status.py), by the
real engine; what a worker makes of strange markup stands in tests/unit/crawler/lists.
"""

import gzip
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import timedelta

import pytest

from archive.database import Database
from crawler.engine import Engine
from news.clock import utc_now
from tests.integration.bad_server import Answer, bad_server, broken_off, gzipped, reset, status
from tests.integration.bad_world import BadWorld, bad_world, feed, item
from tests.integration.raw_server import answer
from wirewatch.net.client import NetworkSettings
from wirewatch.pages_child import command

HEADLINES = [
    f"Солдаты {word} вернулись домой после долгой зимы, story {number}"
    for number, word in enumerate(("севера", "юга", "востока", "запада", "столицы", "гор"))
]
EVERY = timedelta(minutes=20)


@pytest.fixture
async def world(sqlite_archive: Database) -> AsyncIterator[BadWorld]:
    network = NetworkSettings(agent="w", allow=("127.0.0.1",), deadline=timedelta(seconds=20))
    engine = Engine(command(network))
    await engine.start()
    try:
        async with bad_server() as server, bad_world(sqlite_archive, server, engine) as made:
            made.now = utc_now()  # the engine's process knows no other
            yield made
    finally:
        await engine.stop()


def front(
    headlines: Sequence[str], *, link: str = "/news/2026/{n}-story", head: str = "", more: str = ""
) -> str:
    stories = "".join(
        f'<div class="item"><h2><a href="{link.format(n=HEADLINES.index(title))}">{title}</a></h2>'
        f"<p>Подробности.</p></div>"
        for title in headlines
    )
    nav = '<nav><a href="/harbour">Порт</a><a href="/about">О нас</a></nav>'
    return f"<html><head>{head}<title>Вести</title></head><body>{nav}{stories}{more}</body></html>"


def html(body: bytes, content_type: str = "text/html; charset=utf-8", **headers: str) -> bytes:
    return answer(body, Content_Type=content_type, **headers)


def well(count: int) -> bytes:
    return html(front(HEADLINES[:count]).encode())


PAGE = front(HEADLINES[:5])
PAGES: dict[str, Answer] = {
    "utf-8, the header says latin-1": html(PAGE.encode(), "text/html; charset=iso-8859-1"),
    "windows-1251, only the page says it": html(
        front(HEADLINES[:5], head="<meta charset=windows-1251>").encode("cp1251"), "text/html"
    ),
    "a charset that does not exist": html(PAGE.encode(), "text/html; charset=klingon-8"),
    "utf-16 with a mark": html(PAGE.encode("utf-16"), "text/html"),
    "blanks and marks first": html(b" \n\xef\xbb\xbf\xef\xbb\xbf\n" + PAGE.encode()),
    "as plain text": html(PAGE.encode(), "text/plain; charset=utf-8"),
    "without a content type": answer(PAGE.encode()),
    "NUL, C0 and forbidden numbers": html(
        PAGE.replace("Подробности", "\x00П\x01од&#0;роб&#27;ности\x1b").encode()
    ),
    "no end": html(PAGE.rpartition("</div>")[0].encode()),
    "not really gzip": html(PAGE.encode(), Content_Encoding="gzip"),
    "gzip that ends early": gzipped(PAGE.encode() + b" " * 3_000, cut=4, Content_Type="text/html"),
    "links that lead nowhere among them": html(
        front(
            HEADLINES[:5],
            more="".join(
                f'<div class="item"><h2><a href="{href}">Солдаты нигде не вернулись</a></h2></div>'
                for href in ("javascript:alert(1)", "data:,x", "mailto:a@b.test", "file:///x", "#")
            ),
        ).encode()
    ),
}


@pytest.mark.parametrize("sent", PAGES.values(), ids=PAGES)
async def test_what_can_be_read_of_a_list_is_read(world: BadWorld, sent: Answer) -> None:
    world.read_from(world.server.will("/front", well(4), sent), kind="list", every=EVERY)
    await world.poll(3)
    assert sorted(world.titles()) == sorted(HEADLINES[:5])
    assert world.titles_told() == [HEADLINES[4]]  # what a first look finds undated is no news
    assert world.unclean() == []


NO_LISTS: dict[str, tuple[Answer, str]] = {
    "nothing": (html(b""), "empty"),
    "a picture": (html(b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "image/png"), "not a page"),
    "a feed": (html(feed(item()), "application/rss+xml"), ""),
    "no links": (html(b"<html><body><p>Log in to our Wi-Fi</p></body></html>"), ""),
    "gzip of nonsense": (html(b"\x1f\x8b\x08" + b"\xff" * 40, Content_Encoding="gzip"), ""),
    "a connection that breaks off": (reset, "connection closed without an answer"),
    "an end in the middle": (broken_off(PAGE.encode(), after=90, Content_Type="text/html"), ""),
    "a compressed compression": (gzipped(gzip.compress(b"x" * 999)), ""),
    "HTTP 404": (status("404 Not Found"), "HTTP 404"),
    "HTTP 500": (status("500 Internal Server Error"), "HTTP 500"),
    "HTTP 403": (status("403 Forbidden"), "HTTP 403"),
}


@pytest.mark.parametrize(("sent", "reason"), NO_LISTS.values(), ids=NO_LISTS)
async def test_what_is_no_list_is_not_all_gone(world: BadWorld, sent: Answer, reason: str) -> None:
    url = world.server.will("/front", well(4), well(5), sent, sent, well(6))
    world.read_from(url, kind="list", every=EVERY)
    await world.poll(3)
    row = world.source_row()
    assert reason in (row.last_reason or "nothing new")
    assert row.next_visit_at > world.now
    await world.poll(3)
    assert world.source_row().failing_since is None
    assert sorted(world.titles()) == sorted(HEADLINES)
    assert world.titles_told() == HEADLINES[4:]


POLLS: dict[str, Callable[[int], str]] = {
    "well": lambda _: front(HEADLINES),
    "tracking in links": lambda poll: front(
        HEADLINES, link="/news/2026/{n}-story?utm_source=front" + str(poll)
    ),
    "the order turned around": lambda poll: front(HEADLINES[:: -1 if poll % 2 else 1]),
    "a clock in the page": lambda poll: front(HEADLINES, more=f"<p>Сейчас 06:0{poll}</p>"),
    "comments counted": lambda poll: front(HEADLINES, more=f'<a href="/c">{poll} comments</a>'),
}


@pytest.mark.parametrize("at", POLLS.values(), ids=POLLS)
async def test_one_article_and_one_alert_however_often_looked_at(
    world: BadWorld, at: Callable[[int], str]
) -> None:
    pages = [well(4), *(html(at(poll).encode()) for poll in range(5))]
    world.read_from(world.server.will("/front", *pages), kind="list", every=EVERY)
    await world.poll(len(pages))
    assert sorted(world.titles()) == sorted(HEADLINES)
    assert sorted(world.titles_told()) == sorted(HEADLINES[4:])


async def test_gone_stops_and_says_so(world: BadWorld) -> None:
    world.read_from(world.server.will("/front", well(4), status("410 Gone")), kind="list")
    await world.poll(2)
    row = world.source_row()
    assert row.next_visit_at is None
    assert row.paused_reason == "the page is gone for good (HTTP 410); it is not visited again"


@pytest.mark.parametrize(("header", "hours"), [("7200", 2), ("604800", 24), ("garbage", 0)])
async def test_retry_after_is_obeyed_up_to_a_day(world: BadWorld, header: str, hours: int) -> None:
    busy = status("429 Too Many Requests", Retry_After=header)
    world.read_from(world.server.will("/front", busy), kind="list", every=EVERY)
    await world.poll()
    asked = world.source_row().next_visit_at - world.now
    least = max(timedelta(hours=hours), EVERY)
    assert least - timedelta(minutes=1) <= asked <= least + timedelta(minutes=1)

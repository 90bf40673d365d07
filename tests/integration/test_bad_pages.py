"""Pages of articles that are not what they say, read by the real engine on the way of a story.

FAULTS.md "documents" and "status" for articles: what can be read is read; where nothing can, the
entry's own words are kept, marked, and matched, so that each article is there and told once.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from archive.database import Database
from crawler.engine import Engine
from tests.integration.bad_server import Answer, bad_server, broken_off, gzipped, reset, status
from tests.integration.bad_world import BadWorld, bad_world, feed, item
from tests.integration.raw_server import answer
from wirewatch.net.client import NetworkSettings
from wirewatch.pages_child import command

TEXT = "Солдаты вернулись домой ночью, и никто не назвал их имён, сказали в порту."
_numbers = count(1)


def story(head: str = "") -> str:
    """Return a page that no other is equal to."""
    more = f"{TEXT} {next(_numbers)} {TEXT}"
    return (
        f"<html><head>{head}<title>Заголовок</title></head><body><article><h1>Заголовок</h1>"
        f"<p>{TEXT}</p><p>{more}</p></article></body></html>"
    )


def utf8() -> bytes:
    return story("<meta charset=utf-8>").encode()


def html(body: bytes, content_type: str = "text/html", **headers: str) -> bytes:
    return answer(body, Content_Type=content_type, **headers)


READ: dict[str, Answer] = {
    "utf-8, the header says latin-1": html(utf8(), "text/html; charset=iso-8859-1"),
    "utf-8, nobody says so": html(story().encode()),
    "windows-1251, only the page says it": html(
        story("<meta charset=windows-1251>").encode("cp1251")
    ),
    "koi8-r, only the header says it": html(story().encode("koi8-r"), "text/html; charset=koi8-r"),
    "a charset that does not exist": html(utf8(), "text/html; charset=klingon-8"),
    "utf-16 with a mark": html(story().encode("utf-16")),
    "blanks and two marks first": html(b"\n \xef\xbb\xbf\xef\xbb\xbf \n" + utf8()),
    "as plain text, but a page": html(utf8(), "text/plain"),
    "as bytes": html(utf8(), "application/octet-stream"),
    "without a content type": answer(utf8()),
    "NUL and C0 in it": html(utf8().replace(" ночью".encode(), " \x00\x01\x1bночью\x08".encode())),
    "characters by number": html(utf8().replace("имён".encode(), "имён&#0;&#27;".encode())),
    "no end": html(utf8().partition(b"</article>")[0]),
    "not really gzip": html(utf8(), Content_Encoding="gzip"),
    "gzip that ends early": gzipped(utf8() + b" " * 3_000, cut=4, Content_Type="text/html"),
    "404 that is a page": html(utf8().replace(b"200", b"404")),
}

UNREAD: dict[str, tuple[Answer, str]] = {
    "gone": (status("410 Gone"), "HTTP 410"),
    "not found": (status("404 Not Found"), "HTTP 404"),
    "refused": (status("403 Forbidden"), "HTTP 403"),
    "failed": (status("500 Internal Server Error"), "HTTP 500"),
    "nothing": (html(b""), "the page is empty"),
    "blanks": (html(b" \n\x00 "), "the page is empty"),
    "nothing but a frame": (html(b"<html><body><nav>Home</nav></body></html>"), "text"),
    "gzip of nonsense": (html(b"\x1f\x8b\x08" + b"\xff" * 40, Content_Encoding="gzip"), ""),
    "a picture": (html(b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "image/png"), "not a page"),
    "a connection that breaks off": (reset, "connection closed"),
    "an end in the middle": (broken_off(utf8(), after=60, Content_Type="text/html"), ""),
    "a feed": (html(feed(item()), "application/rss+xml"), ""),
    # the last one, for it asks all of its host to wait
    "busy": (status("503 Service Unavailable", Retry_After="120"), "HTTP 503"),
}


@pytest.fixture
async def world(sqlite_archive: Database) -> AsyncIterator[BadWorld]:
    network = NetworkSettings(agent="w", allow=("127.0.0.1",), deadline=timedelta(seconds=20))
    engine = Engine(command(network))
    async with bad_server() as server, bad_world(sqlite_archive, server) as made:
        await engine.start()
        try:
            made.pipeline = replace(made.pipeline, pages=engine)
            yield made
        finally:
            await engine.stop()


async def read(world: BadWorld, pages: dict[str, Answer]) -> None:
    """Let a feed name these pages, and read them all."""
    items = [item(f"Story {number}", f"/{number}") for number in range(len(pages))]
    for number, sent in enumerate(pages.values()):
        world.server.will(f"/{number}", sent)
    world.read_from(world.server.will("/feed", answer(feed(*items), Content_Type="text/xml")))
    await world.poll()


async def test_a_host_that_is_asked_too_often_says_so(world: BadWorld) -> None:
    await read(world, {"too many": status("429 Too Many Requests", Retry_After="nonsense")})
    (note,) = world.notes()
    assert "HTTP 429" in note
    assert [one.read for one in world.kept()] == ["fallback"]


async def test_what_can_be_read_of_a_page_is_read(world: BadWorld) -> None:
    await read(world, READ)
    kept = dict(zip(READ, world.kept(), strict=True))
    wrong = {
        name: one.body for name, one in kept.items() if TEXT not in one.body.replace("  ", " ")
    }
    assert wrong == {}
    assert {one.read for one in kept.values()} == {"full"}
    assert world.unclean() == []


async def test_where_nothing_can_be_read_the_entrys_own_words_are_kept(world: BadWorld) -> None:
    await read(world, {name: sent for name, (sent, _) in UNREAD.items()})
    kept = dict(zip(UNREAD, world.kept(), strict=True))
    assert {name: one.read for name, one in kept.items()} == dict.fromkeys(UNREAD, "fallback")
    assert world.titles_told() == [f"Story {number}" for number in range(len(UNREAD))]
    notes = dict(zip(UNREAD, world.notes(), strict=True))
    assert {name: note for name, note in notes.items() if UNREAD[name][1] not in note} == {}
    assert world.unclean() == []
    due = {row.title: row.due_at for row in world.noted() if row.due_at is not None}
    assert "Story 0" not in due  # gone is gone
    busy = f"Story {list(UNREAD).index('busy')}"
    assert due[busy] >= world.now + timedelta(seconds=120)

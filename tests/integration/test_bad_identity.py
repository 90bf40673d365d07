"""Feeds whose ids, addresses and dates mean nothing: one article, one alert, however often polled.

FAULTS.md "identity, time", row by row, through client, worker, pipeline and archive:

| case | held by |
|---|---|
| one guid for all; guids, links or both new at every poll; clocks running backwards | `POLLS` |
| dates future, 1970, absent, impossible | `DATES`: nothing is skipped, the future is now |
| links relative, missing, javascript:, internal | `LINKS`: only http(s) is kept |

More stands in tests/integration/test_one_alert_an_article.py, and for any two documents whatever in
tests/contract/test_archive_identity_laws.py.
"""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest

from archive.database import Database
from tests.integration.bad_server import bad_server
from tests.integration.bad_world import DATE, EMPTY, BadWorld, bad_world, dated, feed, item
from tests.integration.raw_server import answer
from tests.integration.story_world import NOW

TITLES = ["A first story", "Another story", "Even a third story"]


@pytest.fixture
async def world(archive: Database) -> AsyncIterator[BadWorld]:
    async with bad_server() as server, bad_world(archive, server) as made:
        yield made


def xml(body: bytes) -> bytes:
    return answer(body, Content_Type="application/rss+xml")


def three(guid: str, link: str, date: Callable[[int], str] | None = None) -> Callable[[int], bytes]:
    """Return a feed of three items for each poll; `{n}` is the item and `{p}` the poll."""

    def at(poll: int) -> bytes:
        return feed(
            *(
                item(
                    title,
                    link.format(n=n, p=poll),
                    f"<guid isPermaLink='false'>{guid.format(n=n, p=poll)}</guid>",
                    date=DATE if date is None else date(poll),
                )
                for n, title in enumerate(TITLES)
            )
        )

    return at


def backwards(poll: int) -> str:
    moment = NOW - timedelta(minutes=poll)
    return f"{moment:%a, %d %b %Y %H:%M:%S GMT}"


POLLS: dict[str, Callable[[int], bytes]] = {
    "well": three("id-{n}", "/{n}"),
    "one guid for all": three("guid", "/{n}"),
    "an empty guid": three("", "/{n}"),
    "guids new at every poll": three("id-{n}-{p}", "/{n}"),
    "guids new at every poll, and shared": three("id-{p}", "/{n}"),
    "links new at every poll": three("id-{n}", "/{n}?session={p}"),
    "tracking in links": three("id-{n}", "/{n}?utm_source=rss{p}&amp;fbclid={p}#top{p}"),
    "paths new at every poll": three("id-{n}", "/s{p}/{n}"),
    "guids and links new at every poll": three("id-{n}-{p}", "/s{p}/{n}"),
    "a clock that runs backwards": three("id-{n}", "/{n}", backwards),
    "guids new, and a clock that runs backwards": three("id-{n}-{p}", "/{n}", backwards),
    "the order turned around": lambda poll: feed(
        *(item(title, f"/{title[2]}") for title in TITLES[:: -1 if poll % 2 else 1])
    ),
    "each item twice": lambda _: feed(*(item(title, f"/{title[2]}") for title in TITLES * 2)),
}


@pytest.mark.parametrize("at", POLLS.values(), ids=POLLS)
async def test_one_article_and_one_alert_however_often_polled(
    world: BadWorld, at: Callable[[int], bytes]
) -> None:
    documents = [xml(EMPTY), *(xml(at(poll)) for poll in range(6))]
    world.read_from(world.server.will("/feed", *documents), every=timedelta(minutes=20))
    await world.poll(len(documents))
    assert sorted(world.titles()) == TITLES
    assert sorted(world.titles_told()) == TITLES


FUTURE = "Sun, 23 Nov 2036 06:00:00 GMT"

DATES: dict[str, tuple[str, datetime | None]] = {
    "in ten years": (dated(FUTURE), NOW),
    "in an hour, by a zone that is wrong": (dated("Mon, 23 Nov 2026 08:00:00 +0100"), NOW),
    "in the year 9999": (dated("Fri, 31 Dec 9999 23:59:59 GMT"), NOW),
    "in the year 20226": ("<pubDate>20226-11-23</pubDate>", None),
    "1970": (dated("Thu, 01 Jan 1970 00:00:00 GMT"), None),
    "year 0": ("<pubDate>0000-00-00T00:00:00Z</pubDate>", None),
    "absent": ("", None),
    "empty": (dated(""), None),
    "impossible": (dated("Mon, 31 Feb 2026 25:61:00 GMT"), None),
    "words": (dated("yesterday evening"), None),
    "a number": (dated("1795413600"), None),
    "a million digits": (dated("9" * 1_000_000), None),
    "well, in another tongue": (dated("2026년 11월 23일 (월) 15:00:00"), NOW),
    "twice": (dated(FUTURE) + dated("Mon, 23 Nov 2026 06:00:00 GMT"), NOW),
}


@pytest.mark.parametrize(("date", "published"), DATES.values(), ids=DATES)
async def test_nothing_is_skipped_for_its_date(
    world: BadWorld, date: str, published: datetime | None
) -> None:
    opening = xml(feed(item("An opening story")))
    then = xml(feed(item("A story", "/2", date, date=""), item("An opening story")))
    world.read_from(world.server.will("/feed", opening, then), every=timedelta(minutes=20))
    await world.poll(4)
    assert world.titles_told() == ["An opening story", "A story"]
    _, kept = world.kept()
    seen = NOW + timedelta(minutes=20)
    if published is None:
        assert kept.published in {None, datetime(2026, 11, 23, 6, tzinfo=UTC)}
    else:
        assert kept.published is not None
        assert NOW <= kept.published <= seen


LINKS: dict[str, tuple[str, str | None]] = {
    "relative": ("<link>../a/./b</link>", "{server}/a/b"),
    "relative to the scheme": ("<link>//example.test/b</link>", "http://example.test/b"),
    "with blanks around": ("<link> \n/b\n </link>", "{server}/b"),
    "missing": ("", None),
    "empty": ("<link/>", None),
    "javascript": ("<link>javascript:alert(1)</link>", None),
    "javascript with blanks": ("<link> java&#10;script:alert(1)</link>", None),
    "data": ("<link>data:text/html,hello</link>", None),
    "file": ("<link>file:///etc/passwd</link>", None),
    "mail": ("<link>mailto:desk@example.test</link>", None),
    "ftp": ("<link>ftp://example.test/b</link>", None),
    "internal": ("<link>http://169.254.169.254/latest</link>", "http://169.254.169.254/latest"),
    "without a host": ("<link>http:///b</link>", "http://b"),
    "broken": ("<link>http://[::1/b</link>", None),
}


@pytest.mark.parametrize(("link", "url"), LINKS.values(), ids=LINKS)
async def test_only_addresses_of_the_web_are_kept(
    world: BadWorld, link: str, url: str | None
) -> None:
    inside = f"<title>A story</title>{link}{dated('Mon, 23 Nov 2026 06:00:00 GMT')}"
    world.read_from(world.server.will("/feed", xml(EMPTY), xml(feed(inside))))
    await world.poll(4)
    assert world.titles_told() == ["A story"]
    server = f"http://{world.server.place}"
    (noted,) = world.noted()
    assert noted.url == (url and url.format(server=server))
    (kept,) = world.kept()
    assert kept.url.startswith(url.format(server=server) if url else f"{server}/feed#")
    (told,) = world.payloads()
    assert told["data"]["article"]["url"] == kept.url
    assert set(world.server.asked) == {"/feed"}

"""Redirects: where they led, and what goes with them.

Where none may lead, and how many are enough: tests/contract/test_one_way_out.py.
"""

from base64 import b64encode
from collections.abc import AsyncIterator

import httpx
import pytest

from crawler.http import Fetched, FetchFailed, FetchRequest
from tests.integration.raw_server import answer, by_path, raw_server
from wirewatch.net.client import NetworkSettings, open_client
from wirewatch.net.fetcher import GuardedFetcher, is_same_party

BASIC = b64encode(b"me:s3cret").decode()


@pytest.fixture
async def fetcher() -> AsyncIterator[GuardedFetcher]:
    settings = NetworkSettings(agent="w", allow=("127.0.0.1",))
    async with open_client(settings, lookup=lambda *_: []) as client:
        yield GuardedFetcher(client)


def moved(location: str, status: str = "302 Found") -> bytes:
    return answer(b"see there", status=status, Location=location)


async def fetch(fetcher: GuardedFetcher, url: str, **headers: str) -> Fetched | FetchFailed:
    return await fetcher.fetch(FetchRequest(url=url, headers=headers))


async def test_redirects_lead_to_the_answer(fetcher: GuardedFetcher) -> None:
    ways = {"/a": moved("/b"), "/b": moved("c?x=1"), "/c?x=1": answer(b"here")}
    async with raw_server(by_path(ways)) as server:
        found = await fetch(fetcher, server.url("/a"))
        assert isinstance(found, Fetched)
        assert (found.url, found.body) == (server.url("/c?x=1"), b"here")
        assert found.permanent is None


@pytest.mark.parametrize(
    ("statuses", "permanent"),
    [
        (["301 Moved", "308 Moved"], "/2"),
        (["301 Moved", "302 Found"], "/1"),
        (["302 Found", "301 Moved"], None),
        (["301 Moved", "307 Elsewhere", "308 Moved"], "/1"),
        (["303 See"], None),
    ],
)
async def test_what_has_moved_for_good_is_reported(
    fetcher: GuardedFetcher, statuses: list[str], permanent: str | None
) -> None:
    ways = {f"/{n}": moved(f"/{n + 1}", status) for n, status in enumerate(statuses)}
    ways[f"/{len(statuses)}"] = answer(b"here")
    async with raw_server(by_path(ways)) as server:
        found = await fetch(fetcher, server.url("/0"))
        assert isinstance(found, Fetched)
        assert found.permanent == (permanent and server.url(permanent))


async def test_what_fails_says_where_redirects_had_led(fetcher: GuardedFetcher) -> None:
    big = answer(b"x" * 99, status="429 Too Many Requests")
    ways = {"/a": moved("/b"), "/b": big, "/c": moved("/d"), "/d": moved("ftp://a.test/")}
    async with raw_server(by_path(ways)) as server:
        request = FetchRequest(url=server.url("/a"), max_bytes=9)
        too_large, astray = await fetcher.fetch(request), await fetch(fetcher, server.url("/c"))
        assert isinstance(too_large, FetchFailed)
        assert isinstance(astray, FetchFailed)
        assert (too_large.status, too_large.url) == (429, server.url("/b"))
        assert astray.url == server.url("/d")


async def test_credentials_stay_with_their_origin(fetcher: GuardedFetcher) -> None:
    async with raw_server(by_path({"/there": answer(b"here")})) as other:
        ways = {"/": moved("/on"), "/on": moved(other.url("/there"))}
        async with raw_server(by_path(ways)) as server:
            url = server.url("/").replace("http://", "http://me:s3cret@")
            found = await fetch(fetcher, url, **{"If-None-Match": '"1"', "X-Key": "s3cret"})
            assert isinstance(found, Fetched)
            assert found.url == other.url("/there")
        for head in server.heads:
            assert f"authorization: basic {BASIC}".lower() in head.lower()
            assert "x-key: s3cret" in head.lower()
        assert "authorization" not in other.heads[0].lower()
        assert "s3cret" not in other.heads[0].lower()
        assert 'if-none-match: "1"' in other.heads[0].lower()


async def test_words_show_no_credentials(fetcher: GuardedFetcher) -> None:
    outcome = await fetch(fetcher, "http://me:s3cret@10.0.0.1/feed?key=s3cret")
    assert isinstance(outcome, FetchFailed)
    assert "s3cret" not in outcome.reason


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("http://a.test/x", "http://a.test/y", True),
        ("http://a.test/", "https://a.test/", True),
        ("https://a.test/", "http://a.test/", False),
        ("http://a.test:81/", "https://a.test/", False),
        ("http://a.test/", "http://b.test/", False),
        ("https://a.test/", "https://a.test:444/", False),
    ],
)
def test_who_counts_as_the_same_party(old: str, new: str, *, same: bool) -> None:
    assert is_same_party(old, new) is same


def test_the_client_follows_nothing_by_itself() -> None:
    client = open_client(NetworkSettings(agent="w"))
    assert isinstance(client, httpx.AsyncClient)
    assert not client.follow_redirects
    assert not client.trust_env

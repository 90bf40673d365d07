"""Ways out are made from the archive's channels, and made anew when these change."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import httpx
import pytest_asyncio

from alerts.channels.webhook import WebhookChannel
from alerts.dispatch import NoWay, Way
from alerts.registry import ChannelParts
from archive import channels
from archive.database import Database
from news.channel import ChannelSettings
from wirewatch.desk import Rules
from wirewatch.threads import CurrentDesk, KeptWays

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
SETTINGS = ChannelSettings(
    name="desk",
    url="https://hook.test/path-that-is-a-secret",
    secrets=("whsec_bm90IGEgcmVhbCBzZWNyZXQsIG9ubHkgYSB0ZXN0",),
)


@pytest_asyncio.fixture
async def ways(sqlite_archive: Database) -> AsyncIterator[KeptWays]:
    async with httpx.AsyncClient() as http:
        yield KeptWays(CurrentDesk(sqlite_archive, Rules()), ChannelParts(http=http))


async def add(archive: Database, settings: ChannelSettings) -> int:
    return await archive.write(partial(channels.add, settings=settings, now=NOW))


async def test_a_channel_is_made_once(ways: KeptWays, sqlite_archive: Database) -> None:
    number = await add(sqlite_archive, SETTINGS)
    way = await ways.way(number)
    assert isinstance(way, Way)
    assert way.name == "desk"
    assert isinstance(way.channel, WebhookChannel)
    assert way.channel.url == SETTINGS.url
    await add(sqlite_archive, replace(SETTINGS, name="mail"))  # another desk, the same channel
    assert await ways.way(number) is way


async def test_a_changed_channel_is_made_anew(ways: KeptWays, sqlite_archive: Database) -> None:
    number = await add(sqlite_archive, SETTINGS)
    await ways.way(number)
    changed = replace(SETTINGS, url="https://hook.test/new")
    await sqlite_archive.write(partial(channels.change, channel=number, settings=changed))
    way = await ways.way(number)
    assert isinstance(way, Way)
    assert isinstance(way.channel, WebhookChannel)
    assert way.channel.url == changed.url


async def test_a_channel_that_is_not_served_says_why(
    ways: KeptWays, sqlite_archive: Database
) -> None:
    slack = await add(sqlite_archive, replace(SETTINGS, shape="slack"))
    mail = await add(sqlite_archive, replace(SETTINGS, name="mail", url="mailto:desk@news.test"))
    assert await ways.way(slack) == NoWay("desk", 'shape "slack" is not served yet')
    words = "there is no mail server: [mail] needs server and from"
    assert await ways.way(mail) == NoWay("mail", words)


async def test_a_number_without_channel_is_named_as_it_is_elsewhere(ways: KeptWays) -> None:
    assert await ways.way(7) == NoWay("ch_7", "no such channel is served here")

"""Ways out are made from the archive's channels, and made anew when these change."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import httpx
import pytest_asyncio

from alerts.channels.webhook import WebhookChannel
from alerts.dispatch import NoWay, Way
from alerts.registry import ChannelParts
from archive import channels
from archive.database import Database
from news.channel import ChannelSettings
from wirewatch.config.load import load
from wirewatch.desk import Rules
from wirewatch.live_file import LiveFile
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


async def test_a_mail_server_that_is_named_later_opens_its_channels(
    sqlite_archive: Database, tmp_path: Path
) -> None:
    file = tmp_path / "wirewatch.toml"
    file.write_text("", "utf-8")
    number = await add(sqlite_archive, replace(SETTINGS, name="mail", url="mailto:desk@news.test"))
    async with httpx.AsyncClient() as http:
        desk = CurrentDesk(sqlite_archive, Rules())
        ways = KeptWays(desk, ChannelParts(http=http), LiveFile(load(file)))
        assert isinstance(await ways.way(number), NoWay)
        file.write_text('[mail]\nserver = "smtp://127.0.0.1"\nfrom = "a@wire.test"\n', "utf-8")
        assert isinstance(await ways.way(number), Way)

"""Addresses find their channels."""

import httpx
import pytest

from alerts.channels.webhook import WebhookChannel
from alerts.registry import ChannelParts, Unserved, channel_for
from news.channel import ChannelSettings

SECRET = "whsec_bm90IGEgcmVhbCBzZWNyZXQsIG9ubHkgYSB0ZXN0"


async def channel_of(url: str, *, shape: str | None = None, secret: str = SECRET) -> object:
    settings = ChannelSettings(name="desk", url=url, secrets=(secret,), shape=shape)
    async with httpx.AsyncClient() as http:
        return channel_for(settings, ChannelParts(http=http))


@pytest.mark.parametrize("url", ["https://hook.test/abc", "HTTP://hook.test:8080/"])
async def test_a_web_address_is_a_webhook(url: str) -> None:
    channel = await channel_of(url)
    assert isinstance(channel, WebhookChannel)
    assert (channel.url, channel.secrets) == (url, (SECRET,))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mailto:desk@example.org", "there is no mail server: [mail] needs server and from"),
        ("apprise:ntfy://abc", "services of Apprise (apprise:) are not served yet"),
        ("jsonl:/tmp/x", "files (jsonl:) are not served yet"),
        ("command:/bin/true", "commands (command:) are not served yet"),
        ("gopher://hook.test", "the address is of no known kind"),
        ("no address", "the address is of no known kind"),
    ],
)
async def test_what_is_not_served_is_named(url: str, reason: str) -> None:
    assert await channel_of(url) == Unserved(reason)


async def test_a_webhook_that_could_never_be_sent_is_not_made() -> None:
    assert await channel_of("https://hook.test/", shape="slack") == Unserved(
        'shape "slack" is not served yet'
    )
    assert await channel_of("https://hook.test/", secret="whsec_x") == Unserved(
        "its secret is not whsec_ followed by base64"
    )

"""Addresses find their channels."""

import json
from dataclasses import replace

import httpx
import pytest

from alerts import letter
from alerts.channels.email import MailChannel
from alerts.channels.mail_server import MailServer, Security
from alerts.channels.webhook import WebhookChannel
from alerts.registry import ChannelParts, Payloads, Unserved, channel_for, readable
from news.channel import ChannelSettings
from news.story import Account
from tests.unit.alerts.facts import FACTS

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


SERVER = MailServer(
    host="mail.test", port=587, security=Security.STARTTLS, sender="wirewatch <alerts@wire.test>"
)


async def mailbox_of(url: str, server: MailServer = SERVER) -> object:
    settings = ChannelSettings(name="desk", url=url)
    async with httpx.AsyncClient() as http:
        return channel_for(settings, ChannelParts(http=http, mail=server))


@pytest.mark.parametrize(
    ("url", "receiver"),
    [
        ("mailto:desk@mail.test", "desk@mail.test"),
        ("mailto:desk+korea@почта.test", "desk+korea@xn--80a1acny.test"),
        ("MAILTO:desk%2Bkorea@mail.test", "desk+korea@mail.test"),
    ],
)
async def test_a_mail_address_is_a_mailbox(url: str, receiver: str) -> None:
    channel = await mailbox_of(url)
    assert isinstance(channel, MailChannel)
    assert channel.envelope.receiver.addr_spec == receiver
    assert receiver not in repr(channel)


@pytest.mark.parametrize(
    ("url", "server", "reason"),
    [
        ("mailto:desk", SERVER, "its address is none that mail can go to"),
        ("mailto:desk@mail.test%0ABcc:x", SERVER, "its address is none that mail can go to"),
        ("mailto:a@mail.test%2Cb@mail.test", SERVER, "its address is none that mail can go to"),
        (
            "mailto:desk@mail.test",
            replace(SERVER, sender="alerts"),
            "from of [mail] is no address that mail can come from",
        ),
        (
            "mailto:desk@mail.test",
            replace(SERVER, security=Security.PLAIN),
            "a mail server elsewhere is reached by STARTTLS (smtp:) or TLS (smtps:) alone",
        ),
    ],
)
async def test_a_mailbox_that_could_never_be_reached_is_not_made(
    url: str, server: MailServer, reason: str
) -> None:
    assert await mailbox_of(url, server) == Unserved(reason)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1"])
async def test_to_this_machine_mail_may_go_in_clear(host: str) -> None:
    server = replace(SERVER, host=host, security=Security.PLAIN)
    assert isinstance(await mailbox_of("mailto:desk@mail.test", server), MailChannel)


def test_each_kind_has_its_payload_and_each_is_written_once() -> None:
    asked: list[int] = []

    def accounts() -> list[Account]:
        asked.append(1)
        return []

    payloads = Payloads(replace(FACTS, accounts=accounts))
    webhook = payloads.of("https://hook.test/a")
    assert asked == []  # only what shows them asks for them
    assert json.loads(webhook)["type"] == "story.matched"
    assert payloads.of("http://hook.test/b") is webhook
    mail = payloads.of("mailto:desk@mail.test")
    assert payloads.of("mailto:night@mail.test") is mail
    assert asked == [1]
    read = letter.read(mail)
    assert read is not None
    assert read.subject.startswith("[Coffins] ")
    assert read.domain is None
    sent_from = letter.read(Payloads(FACTS, mail_domain="wire.test").of("mailto:desk@mail.test"))
    assert sent_from is not None
    assert sent_from.domain == "wire.test"
    assert payloads.of("command:/bin/true") is webhook


def test_a_payload_reads_as_its_kind_does() -> None:
    payloads = Payloads(FACTS)
    for url, words in (
        ("https://hook.test/", '  "type": "story'),
        ("mailto:d@m.test", "Matched: "),
    ):
        assert words in readable(url, payloads.of(url))


async def test_a_webhook_that_could_never_be_sent_is_not_made() -> None:
    assert await channel_of("https://hook.test/", shape="slack") == Unserved(
        'shape "slack" is not served yet'
    )
    assert await channel_of("https://hook.test/", secret="whsec_x") == Unserved(
        "its secret is not whsec_ followed by base64"
    )

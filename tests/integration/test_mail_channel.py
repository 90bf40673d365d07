"""The mail channel against real servers: encrypted, logged in, away, and saying no in every way."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP

from alerts.channel import Deferred, Delivered, Refused, Rejected, Sent
from alerts.channels.email import MailChannel, trusted
from alerts.channels.email_message import Envelope, address_of
from alerts.channels.mail_server import MailServer, Security
from alerts.letter import letter
from alerts.render import render
from news.delivery import Delivery
from tests.integration.post_office import (
    PASSWORD,
    USER,
    Certificates,
    PostOffice,
    breaks_off,
    certificates,
    hangs,
    only_with_password,
    post_office,
)
from tests.unit.alerts.facts import FACTS

DELIVERY = Delivery(id="dl_7", payload=letter(FACTS))
SERVER = MailServer(
    host="localhost", port=0, security=Security.PLAIN, sender="wirewatch <alerts@wire.test>"
)


def channel(
    office: PostOffice,
    server: MailServer = SERVER,
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context,
    to: str = "desk@mail.test",
    deadline: float = 5,
) -> MailChannel:
    sender, receiver = address_of(server.sender), address_of(to)
    assert sender is not None
    assert receiver is not None
    return MailChannel(
        envelope=Envelope(sender=sender, receiver=receiver, channel="desk"),
        server=replace(server, port=office.port),
        tls=tls,
        deadline=deadline,
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("certificates"))


@asynccontextmanager
async def starttls(made: Certificates, office: PostOffice) -> AsyncIterator[PostOffice]:
    async with post_office(
        office,
        tls_context=made.server,
        require_starttls=True,
        auth_required=True,
        authenticator=only_with_password,
    ):
        yield office


ENCRYPTED = replace(SERVER, security=Security.STARTTLS, user=USER, password=PASSWORD)


async def test_a_mail_goes_out_encrypted_and_logged_in(made: Certificates) -> None:
    async with starttls(made, PostOffice()) as office:
        sent = await channel(office, ENCRYPTED, made.trusting).send(DELIVERY)
    assert sent.outcome == Delivered()
    assert (sent.status, sent.answer) == (250, b"250 2.0.0 queued")
    (session,), (envelope,) = office.sessions, office.envelopes
    assert session.ssl is not None
    assert session.authenticated
    assert (envelope.mail_from, envelope.rcpt_tos) == ("alerts@wire.test", ["desk@mail.test"])


async def test_a_server_that_begins_encrypted(made: Certificates) -> None:
    server = replace(SERVER, security=Security.TLS)
    async with post_office(PostOffice(), tls=made.server) as office:
        sent = await channel(office, server, made.trusting).send(DELIVERY)
    assert sent.outcome == Delivered()
    assert len(office.got) == 1


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
async def test_a_certificate_of_a_strangers_authority_is_not_believed(
    made: Certificates, security: Security
) -> None:
    tls = made.server if security is Security.TLS else None
    async with post_office(PostOffice(), tls=tls, tls_context=None if tls else made.server) as at:
        sent = await channel(at, replace(SERVER, security=security)).send(DELIVERY)
    assert isinstance(sent.outcome, Deferred)
    assert "certificate is not to be trusted" in sent.outcome.reason
    assert at.got == []


async def test_a_certificate_of_another_name_is_not_believed(made: Certificates) -> None:
    server = replace(ENCRYPTED, host="127.0.0.1")
    async with starttls(made, PostOffice()) as office:
        sent = await channel(office, server, made.trusting).send(DELIVERY)
    assert isinstance(sent.outcome, Deferred)
    assert "certificate is not to be trusted" in sent.outcome.reason


async def test_what_the_environment_trusts_is_trusted(
    made: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(made.authority))
    trusted.cache_clear()
    async with starttls(made, PostOffice()) as office:
        sent = await channel(office, ENCRYPTED, trusted).send(DELIVERY)
    trusted.cache_clear()
    assert sent.outcome == Delivered()


async def test_without_starttls_nothing_goes_out_in_clear() -> None:
    async with post_office(PostOffice()) as office:
        sent = await channel(office, ENCRYPTED).send(DELIVERY)
    assert sent.outcome == Deferred(
        "the mail server offers no STARTTLS, and nothing goes out in clear"
    )
    assert office.got == []


async def test_a_wrong_password_is_the_operators_to_mend(made: Certificates) -> None:
    wrong = replace(ENCRYPTED, password="hunter2")
    async with starttls(made, PostOffice()) as office:
        sent = await channel(office, wrong, made.trusting).send(DELIVERY)
    assert isinstance(sent.outcome, Deferred)
    assert sent.outcome.reason.startswith("SMTP 535 5.7.8: ")
    assert "does not accept the user and password" in sent.outcome.reason
    assert "hunter2" not in repr(sent) + repr(wrong)


async def test_a_server_that_knows_no_login_is_said() -> None:
    server = replace(SERVER, user=USER, password=PASSWORD)
    async with post_office(PostOffice(), auth_exclude_mechanism=["PLAIN", "LOGIN"]) as office:
        sent = await channel(office, server).send(DELIVERY)
    assert sent.outcome == Deferred("the mail server offers no login that wirewatch knows")


@pytest.mark.parametrize(
    ("step", "answer", "outcome"),
    [
        ("RCPT", "451 4.7.1 greylisted", Deferred),
        ("RCPT", "450 try later", Deferred),
        ("RCPT", "550 5.1.1 <desk@mail.test>: no such user", Refused),
        ("RCPT", "550 no such user", Refused),
        ("RCPT", "550 blocked", Deferred),
        ("RCPT", "554 5.7.1 relay access denied", Deferred),
        ("MAIL", "550 5.7.1 sender not allowed", Deferred),
        ("DATA", "554 5.7.1 this looks like spam", Rejected),
        ("DATA", "452 4.3.1 disk full", Deferred),
        ("DATA", "552 5.2.2 over quota", Deferred),
    ],
)
async def test_an_answer_decides(step: str, answer: str, outcome: type) -> None:
    async with post_office(PostOffice(says={step: answer})) as office:
        sent = await channel(office).send(DELIVERY)
    assert isinstance(sent.outcome, outcome)
    assert sent.status == int(answer[:3])
    assert sent.answer.decode() == answer
    assert "desk@mail.test" not in repr(sent)


async def hanging(office: PostOffice) -> Sent:
    return await channel(office, deadline=0.2).send(DELIVERY)


@pytest.mark.parametrize("step", ["MAIL", "DATA"])
async def test_a_server_that_hangs_is_left(step: str) -> None:
    async with post_office(PostOffice(says={step: hangs})) as office:
        sent = await hanging(office)
    assert sent.outcome == Deferred("no end within 0.2 s")


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
async def test_a_server_that_breaks_off_is_tried_again(step: str) -> None:
    async with post_office(PostOffice(says={step: breaks_off})) as office:
        sent = await channel(office).send(DELIVERY)
    assert sent.outcome == Deferred("the mail server broke the connection off")


async def test_a_server_that_is_down_is_tried_again() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        sent = await channel(PostOffice(port=taken.getsockname()[1])).send(DELIVERY)
    assert sent.outcome == Deferred("nothing answers at the mail server's address")


async def test_what_is_no_mail_server_is_said() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        sent = await channel(PostOffice(port=port)).send(DELIVERY)
    assert sent.outcome == Deferred("SMTP: the mail server's answer cannot be read")
    assert sent.status is None


async def test_addresses_beyond_ascii_need_a_server_that_takes_them() -> None:
    async with post_office(PostOffice(), enable_SMTPUTF8=True) as office:
        sent = await channel(office, to="редакция@почта.test").send(DELIVERY)
    assert sent.outcome == Delivered()
    (envelope,) = office.envelopes
    assert envelope.rcpt_tos == ["редакция@xn--80a1acny.test"]
    assert "SMTPUTF8" in envelope.mail_options
    async with post_office(PostOffice()) as plain:
        sent = await channel(plain, to="редакция@почта.test").send(DELIVERY)
    assert isinstance(sent.outcome, Deferred)
    assert "no SMTPUTF8" in sent.outcome.reason


async def test_a_domain_beyond_ascii_needs_nothing() -> None:
    async with post_office(PostOffice()) as office:
        sent = await channel(office, to="desk@почта.test").send(DELIVERY)
    assert sent.outcome == Delivered()
    assert office.envelopes[0].rcpt_tos == ["desk@xn--80a1acny.test"]


async def test_what_was_written_for_a_webhook_is_not_mailed() -> None:
    async with post_office(PostOffice()) as office:
        sent = await channel(office).send(Delivery(id="dl_7", payload=render(FACTS)))
    assert sent.outcome == Rejected("it was not written as a mail")
    assert office.sessions == []


async def test_a_message_that_is_too_large_is_given_up_alone() -> None:
    async with post_office(PostOffice(), data_size_limit=1_000) as office:
        sent = await channel(office).send(DELIVERY)
    assert sent.outcome == Rejected("SMTP 552: the mail server finds this message too large")


async def test_a_goodbye_that_never_comes_takes_nothing_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def smtp_quit(self: SMTP, _: str) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("alerts.channels.email._FAREWELL", 0.05)
    monkeypatch.setattr(SMTP, "smtp_QUIT", smtp_quit)
    async with post_office(PostOffice()) as office:
        sent = await channel(office).send(DELIVERY)
    assert sent.outcome == Delivered()


@pytest.fixture
def goodbyes(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Let no server answer a goodbye; the event tells that one was said."""
    said = asyncio.Event()

    async def smtp_quit(self: SMTP, _: str) -> None:
        said.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(SMTP, "smtp_QUIT", smtp_quit)
    return said


async def test_a_mail_that_was_taken_just_in_time_is_not_sent_again(
    goodbyes: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alerts.channels.email._FAREWELL", 0.5)  # ends well after the deadline
    async with post_office(PostOffice()) as office:
        sent = await channel(office, deadline=0.3).send(DELIVERY)
    assert goodbyes.is_set()
    assert sent.outcome == Delivered()
    assert sent.answer == b"250 2.0.0 queued"


async def test_whoever_is_stopped_at_the_goodbye_still_says_that_it_arrived(
    goodbyes: asyncio.Event,
) -> None:
    async with post_office(PostOffice()) as office:
        sending = asyncio.create_task(channel(office).send(DELIVERY))
        await goodbyes.wait()
        sending.cancel()
        sent = await sending
    assert sent.outcome == Delivered()


async def test_each_attempt_has_the_same_bytes(tmp_path: Path) -> None:
    async with post_office(PostOffice()) as office:
        for _ in range(2):
            await channel(office).send(DELIVERY)
    assert office.got[0] == office.got[1]

"""Mail servers on 127.0.0.1, and certificates that nobody else trusts."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "desk@mail.test", "open sesame"


@dataclass(kw_only=True)
class PostOffice:
    """A server that keeps what it takes; `says` are its answers in place of yes, by step.

    Steps are EHLO, MAIL, RCPT and DATA (the answer after the message); one that is a callable is
    awaited, and hangs or breaks off.
    """

    says: dict[str, str | Callable[[SMTP], Awaitable[str]]] = field(default_factory=dict)
    port: int = 0
    got: list[bytes] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    arrived: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    async def _answer(self, step: str, server: SMTP, yes: str) -> str:
        said = self.says.get(step, yes)
        return said if isinstance(said, str) else await said(server)

    async def handle_MAIL(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return await self._answer("MAIL", server, "250 OK")

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return await self._answer("RCPT", server, "250 OK")

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = await self._answer("DATA", server, "250 2.0.0 queued")
        assert envelope.original_content is not None
        self.got.append(envelope.original_content)
        self.sessions.append(session)
        self.envelopes.append(envelope)
        self.arrived.release()
        return answer

    @property
    def mails(self) -> list[EmailMessage]:
        """What came, as a reader of mail reads it."""
        return [message_from_bytes(raw, policy=default) for raw in self.got]


@asynccontextmanager
async def post_office(
    office: PostOffice, *, tls: ssl.SSLContext | None = None, **options: Any
) -> AsyncIterator[PostOffice]:
    """Open `office`; with `tls` every connection begins encrypted."""
    loop = asyncio.get_running_loop()
    open_ones: set[SMTP] = set()

    def connection() -> SMTP:
        made = SMTP(office, hostname="localhost", loop=loop, **options)
        open_ones.add(made)
        return made

    server = await loop.create_server(connection, "127.0.0.1", 0, ssl=tls)
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        server.close()
        for one in open_ones:
            _abort(one)
        await asyncio.sleep(0)


async def hangs(server: SMTP) -> str:
    """Never answer."""
    await asyncio.Event().wait()
    return "250 nobody hears this"


async def breaks_off(server: SMTP) -> str:
    """Close the connection without a word."""
    _abort(server)
    return "250 nobody hears this"


def _abort(server: SMTP) -> None:
    if isinstance(server.transport, asyncio.Transport):
        server.transport.abort()


def only_with_password(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, asked: object
) -> AuthResult:
    """Let USER in with PASSWORD."""
    assert isinstance(asked, LoginPassword)
    right = (asked.login, asked.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@dataclass(frozen=True, slots=True)
class Certificates:
    """An authority made for one test, as a file, and what a server called localhost shows."""

    authority: Path
    server: ssl.SSLContext

    def trusting(self) -> ssl.SSLContext:
        """Return what trusts this authority and no other."""
        return ssl.create_default_context(cafile=str(self.authority))


def certificates(folder: Path) -> Certificates:
    """Make an authority, and a certificate of it for localhost."""
    keys = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, n)]) for n in ("CA", "localhost")]
    own = _certificate(names[0], keys[0], names[0], keys[0])
    shown = _certificate(names[1], keys[1], names[0], keys[0])
    authority, chain = folder / "authority.pem", folder / "server.pem"
    authority.write_bytes(own.public_bytes(serialization.Encoding.PEM))
    secret = keys[1].private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    chain.write_bytes(secret + shown.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    return Certificates(authority, context)


def _certificate(
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    signer: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.BasicConstraints(ca=subject == issuer, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(signer, hashes.SHA256())
    )


def address(mail: EmailMessage, name: str) -> Address:
    """Return the one address of a header."""
    (found,) = mail[name].addresses
    assert isinstance(found, Address)
    return found

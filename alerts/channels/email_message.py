"""A letter becomes a message of mail: the headers of sending, and a body of text and HTML.

The same letter under the same id gives the same bytes, whenever it is sent. Nothing that a
stranger wrote can add a header: every value is one line of inert text before it is written.

The lines are our own and not of `email.message`: that loses blanks where it folds long subjects
in other scripts, and encodes the address in List-Unsubscribe until no reader knows it.
"""

import re
from base64 import b64encode, encodebytes
from collections.abc import Iterator
from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import format_datetime, getaddresses
from quopri import encodestring
from urllib.parse import quote

from alerts.letter import Letter
from news.inert import inert
from news.url import ascii_name

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_DOMAIN = re.compile(r"(?!.{254})[\w-]{1,63}(\.[\w-]{1,63})*|\[[0-9a-fA-F.:]+\]", re.ASCII)
_ATOMS = re.compile(r"[\w !#$%&'*+/=?^`{|}~-]*", re.ASCII)
_WORD_BYTES = 45  # as base64 in one encoded word, which may have 75 characters
_NAME_LIMIT = 30  # of a name within a link: each character may take twelve there
_NEWLINE = "\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Between whom a mail goes, and the name of the channel that takes it there."""

    sender: Address
    receiver: Address
    channel: str

    @property
    def is_ascii(self) -> bool:
        """Tell whether any server can carry it; others need SMTPUTF8."""
        return self.sender.addr_spec.isascii() and self.receiver.addr_spec.isascii()


def address_of(text: str) -> Address | None:
    """Read "Name <desk@example.org>" or the address alone, its domain as DNS knows it.

    None where it is no address that mail can go to.
    """
    found = getaddresses([text])
    if len(found) != 1 or not text.isprintable():
        return None
    name, spec = found[0]
    user, _, domain = spec.rpartition("@")
    try:
        address = Address(display_name=inert(name), username=user, domain=ascii_name(domain))
    except ValueError:  # a domain that cannot be spelled in ASCII, among others
        return None
    whole = bool(user) and not any(map(str.isspace, spec))
    return address if whole and _DOMAIN.fullmatch(address.domain) else None


def message(letter: Letter, number: str, envelope: Envelope) -> bytes:
    """Return the whole mail; `number` is the delivery's id, the same at every attempt."""
    boundary = f"=_{number}"  # "=_" stands in no encoded line, so no text can contain it
    head = {
        **headers(letter, number, envelope),
        "From": _mailbox(envelope.sender),
        "To": _mailbox(envelope.receiver),
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="{boundary}"',
    }
    lines = [*(f"{name}: {value}" for name, value in head.items()), ""]
    for kind, content in (("plain", letter.text), ("html", letter.html)):
        lines += [f"--{boundary}", *_part(kind, content)]
    return (_NEWLINE.join([*lines, f"--{boundary}--"]) + _NEWLINE).encode()


def headers(letter: Letter, number: str, envelope: Envelope) -> dict[str, str]:
    """Return what stands above the text, save who wrote to whom."""
    domain = letter.domain or envelope.sender.domain
    said = {
        "Subject": _words(inert(letter.subject)),
        "Date": format_datetime(letter.at),
        # With its time: an archive begun anew counts from 1 again, and readers drop what they know.
        "Message-ID": f"<{number}.{int(letter.at.timestamp())}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if letter.thread is not None:
        # The root is never sent: so all mails of a story are equals, whichever arrives first.
        said["In-Reply-To"] = said["References"] = f"<{letter.thread}@{domain}>"
    if letter.watch is not None:
        said["List-Id"] = f"<{letter.watch}.wirewatch.{domain}>"
        said["List-Unsubscribe"] = f"<{_unsubscribe(letter, envelope)}>"
    if letter.language and _LANGUAGE.fullmatch(letter.language):
        said["Content-Language"] = letter.language
    return said


def _unsubscribe(letter: Letter, envelope: Envelope) -> str:
    name, channel = (
        inert(text or "")[:_NAME_LIMIT] for text in (letter.watch_name, envelope.channel)
    )
    words = f"unsubscribe {letter.watch} ({name}) from channel {channel}"
    return f"mailto:{quote(envelope.sender.addr_spec, safe='@')}?subject={quote(words, safe='')}"


def _mailbox(address: Address) -> str:
    """Write an address with its name, where it has one."""
    name, spec = address.display_name, address.addr_spec
    if not name:
        return spec
    if name.isascii() and "=?" not in name and not _ATOMS.fullmatch(name):
        quoted = name.replace("\\", r"\\").replace('"', r"\"")
        return f'"{quoted}" <{spec}>'
    return f"{_words(name)} <{spec}>"


def _words(text: str) -> str:
    """Return `text` as a header says it: as it is, or as encoded words, one a line."""
    if text.isascii() and "=?" not in text:
        return text
    return f"{_NEWLINE} ".join(
        f"=?utf-8?b?{b64encode(piece).decode('ascii')}?=" for piece in _pieces(text)
    )


def _pieces(text: str) -> Iterator[bytes]:
    """Cut `text` between characters into pieces that fit an encoded word each."""
    piece = b""
    for character in text:
        encoded = character.encode("utf-8", "replace")
        if len(piece) + len(encoded) > _WORD_BYTES:
            yield piece
            piece = b""
        piece += encoded
    yield piece


def _part(kind: str, text: str) -> Iterator[str]:
    """Give the lines of a part, all short and in ASCII, by whichever encoding is shorter."""
    raw = text.replace("\r", "").encode("utf-8", "replace")
    quoted, packed = encodestring(raw), encodebytes(raw.replace(b"\n", b"\r\n"))
    readable = len(quoted) <= len(packed)
    yield f'Content-Type: text/{kind}; charset="utf-8"'
    yield f"Content-Transfer-Encoding: {'quoted-printable' if readable else 'base64'}"
    yield ""
    yield from (quoted if readable else packed).decode("ascii").rstrip("\n").split("\n")

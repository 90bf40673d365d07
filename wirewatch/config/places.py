"""How places are written in wirewatch.toml: addresses of all kinds, mail servers, databases.

Each function returns the text if it is right, or raises ValueError with words for the person who
wrote it. Addresses may hold secrets, so the words never repeat more of one than its scheme.
"""

import ipaddress
import re
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import SplitResult, urlsplit

from wirewatch.config.fault import did_you_mean, quoted

CHANNEL_SCHEMES = ("http", "https", "mailto", "apprise", "jsonl", "command")
_HOST_NAME = re.compile(
    r"(?=.{1,253}$)(?:(?!-)[\w-]{1,63}(?<!-)\.)*(?!-)[\w-]{1,63}(?<!-)\.?", re.UNICODE
)


def web_address(text: str) -> str:
    """Return `text` if it is an absolute http or https address."""
    parts = _split(text)
    if parts.scheme not in {"http", "https"}:
        raise ValueError(f"an address begins with https:// or http://, not {_scheme(text)}")
    if not host_name(parts.hostname or ""):
        raise ValueError("the address names no host")
    return text


def channel_address(text: str) -> str:
    """Return `text` if it is one address of a kind of channel that wirewatch knows."""
    scheme, colon, rest = text.partition(":")
    if not colon or scheme not in CHANNEL_SCHEMES:
        hint = did_you_mean(scheme, CHANNEL_SCHEMES[:2]) if colon else ""
        if colon and "?" not in hint:
            hint = f'; other services are written "apprise:{_word(scheme)}://…"'
        choice = quoted(f"{known}:" for known in CHANNEL_SCHEMES)
        raise ValueError(f"a channel's address begins with {choice}, not {_scheme(text)}{hint}")
    if scheme in {"http", "https"}:
        return web_address(text)
    if scheme == "mailto":
        if "," in rest or "?" in rest:
            raise ValueError("a channel is one address and no more; write a [[channel]] for each")
        mail_address(rest)
    elif not rest.strip():
        raise ValueError(f'nothing stands behind "{scheme}:"')
    return text


def mail_address(text: str) -> str:
    """Return `text` if it is one address of mail, "Name <desk@example.org>" or without the name."""
    _, address = parseaddr(text)
    try:
        parsed = Address(addr_spec=address)
    except (ValueError, IndexError, MessageError):  # the library raises all of these for nonsense
        parsed = Address()
    if not (parsed.username and host_name(parsed.domain)):
        raise ValueError('that is no mail address; write one like "desk@example.org"')
    return text


def mail_server(text: str) -> str:
    """Return `text` if it names a mail server, with STARTTLS (smtp:) or TLS (smtps:)."""
    parts = _split(text)
    if parts.scheme not in {"smtp", "smtps"} or not host_name(parts.hostname or ""):
        raise ValueError(
            'a mail server is written "smtp://user@mail.example:587" or "smtps://user@mail.example"'
        )
    if parts.password is not None:
        raise ValueError('the password stands in its own key: password = "file:…"')
    return text


def proxy_address(text: str) -> str:
    """Return `text` if it names a proxy for outgoing requests."""
    parts = _split(text)
    if parts.scheme not in {"http", "https", "socks5"} or not host_name(parts.hostname or ""):
        raise ValueError('a proxy is written "http://proxy.example:3128" or "socks5://…"')
    return text


def archive_address(text: str) -> str:
    """Return `text` if it names a SQLite file or a PostgreSQL database."""
    if text.startswith("sqlite:///") and len(text) > len("sqlite:///"):
        return text
    parts = _split(text)
    if parts.scheme in {"postgresql", "postgres", "postgresql+psycopg"} and len(parts.path) > 1:
        return text
    raise ValueError(
        'an archive is written "sqlite:///wirewatch.db" or "postgresql://user@host/database"'
    )


def host_name(text: str) -> bool:
    """Tell whether `text` is a host: a name, an IPv4 or an IPv6 address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return bool(_HOST_NAME.fullmatch(text))
    return True


def _split(text: str) -> SplitResult:
    if text != text.strip() or any(character.isspace() for character in text):
        raise ValueError("an address holds no blanks")
    try:
        parts = urlsplit(text)
        _ = parts.port  # reading it checks it
    except ValueError:
        raise ValueError("that is no address: its host or port cannot be read") from None
    return parts


def _scheme(text: str) -> str:
    scheme, colon, _ = text.partition(":")
    return f'"{_word(scheme)}:"' if colon else "a bare name"


def _word(text: str) -> str:
    return text[:20] if text[:20].isprintable() else "…"

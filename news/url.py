"""Addresses: which of them name the same thing, and which may be followed at all.

`canonical_url` makes two addresses of one article equal without asking anybody: RFC 3986's
normalisation, and parameters that only say where a reader came from dropped. What might name
another article (the scheme, other parameters and their order, the last slash) stays as it is.
"""

import re
import unicodedata
from collections.abc import Callable
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from news.tracking import is_tracking

_DEFAULT_PORTS = {"http": 80, "https": 443}

_BLANK_ENDS = "".join(map(chr, range(33)))
_LINE_BREAKS = re.compile(r"[\t\r\n]")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})|(%)|([^A-Za-z0-9\-._~!$&'()*+,;=:@/?]+)")
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_NAMELESS = re.compile(r"https?:(?!//[^/?#])", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_\-.]+|\[[0-9a-f:.]+\]")


def canonical_url(url: str, *, drops: Callable[[str], bool] = is_tracking) -> str:
    """Return the one spelling of `url` that all its spellings share.

    Pure and idempotent. What is not an absolute http(s) address comes back as it went in; `drops`
    tells which pieces of a query (`name=value`) are no part of it.
    """
    parts = _split(url)
    authority = parts and _authority(parts)
    if not parts or not authority:
        return url
    path = _without_dots(_percent(_SESSION.sub("", parts.path))) or "/"
    query = "&".join(
        _percent(piece) for piece in parts.query.split("&") if piece and not drops(piece)
    )
    bang = f"#{_percent(parts.fragment)}" if parts.fragment.startswith("!") else ""
    return f"{parts.scheme}://{authority}{path}{'?' + query if query else ''}{bang}"


def host_of(url: str) -> str:
    """Return `scheme://name:port` of an http(s) address, the port always named; else ""."""
    parts = _split(url)
    name = parts and _host(parts)
    if not parts or not name:
        return ""
    return f"{parts.scheme}://{name}:{parts.port or _DEFAULT_PORTS[parts.scheme]}"


def is_http(url: str) -> bool:
    """Tell whether `url` is absolute, http or https, and names a host."""
    return host_of(url) != ""


def ascii_name(name: str) -> str:
    """Return the name of a host as DNS knows it; UnicodeError if it cannot be known there."""
    if name.isascii():
        return name.lower()
    folded = unicodedata.normalize("NFKC", name).lower().replace("。", ".")
    folded = unicodedata.normalize("NFKC", folded)
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
        for label in folded.split(".")
    )


def absolute(base: str, link: str) -> str | None:
    """Return where `link`, found in a document at `base`, leads: http(s) only, else None.

    Links that dress up as another host (a name before an @, backslashes) lead nowhere.
    """
    bare = _LINE_BREAKS.sub("", link.strip(_BLANK_ENDS))
    if not bare or "\\" in bare.split("?", 1)[0] or _NAMELESS.match(bare):
        return None
    try:
        joined = urljoin(base, bare)
        parts = urlsplit(joined)
    except ValueError:
        return None
    if "@" in parts.netloc or not is_http(joined):
        return None
    return joined.replace(" ", "%20")


def _split(url: str) -> SplitResult | None:
    """Return the parts of an absolute http(s) address with a port that can be, else None."""
    try:
        parts = urlsplit(_LINE_BREAKS.sub("", url.strip(_BLANK_ENDS)))
        known = parts.scheme in _DEFAULT_PORTS and parts.port != 0
    except ValueError:
        return None
    return parts if known else None


def _authority(parts: SplitResult) -> str | None:
    host = _host(parts)
    if host is None or parts.port in (None, _DEFAULT_PORTS[parts.scheme]):
        return host
    return f"{host}:{parts.port}"


def without_credentials(url: str) -> str:
    """Return `url` without the name and password that may stand in it."""
    begin, mark, rest = url.partition("://")
    place, slash, path = rest.partition("/")
    return f"{begin}{mark}{place.rpartition('@')[2]}{slash}{path}"


def _host(parts: SplitResult) -> str | None:
    """Return the host in its ASCII spelling, without the dot of the root; None if it cannot be."""
    name = parts.netloc.rpartition("@")[2]
    try:
        if name.startswith("["):
            host = f"[{IPv6Address(parts.hostname or '')}]"
        else:
            host = ascii_name(unquote(parts.hostname or "")).rstrip(".")
    except (AddressValueError, UnicodeError):
        return None
    return host if _HOST.fullmatch(host) else None


def _percent(text: str) -> str:
    """Spell `text` with capital hex digits, no needless escapes and no bare forbidden bytes."""
    return _PERCENT.sub(_respelled, text)


def _respelled(found: re.Match[str]) -> str:
    if found[1]:
        byte = int(found[1], 16)
        return chr(byte) if byte in _UNRESERVED else f"%{byte:02X}"
    raw = found[0].encode("utf-8", "surrogatepass")
    return "".join(f"%{byte:02X}" for byte in raw)


def _without_dots(path: str) -> str:
    """Resolve `.` and `..` as RFC 3986 section 5.2.4 does."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            del kept[max(1, len(kept) - 1) :]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)

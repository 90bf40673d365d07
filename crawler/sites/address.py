"""Which addresses are those of section pages: the fronts of departments, topics and lists.

A spider that takes whatever is linked ends in calendars, sessions and sorted tables, which never
end. So an address is taken for what it plainly is: words like those of a newsroom's departments,
and of a query only what chooses a department.
"""

from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

from crawler.lists.address import address_of, kinds_of, tokens_of
from crawler.lists.words import MEDIA, PAGING, SERVICES
from news.publisher import publisher_of
from news.url import canonical_url, host_of, is_http

_MOST_SEGMENTS = 4
_MOST_BESIDE_NAVIGATION = 3
_MOST_ADDRESS = 300
"""Sections are remembered, so a stranger's address must not be long."""

_MOST_POINTS = 2.0
"""From so many on (crawler/lists/address.py), the words of an address are a headline's."""

_IN_NAVIGATION = frozenset(("word", "slug", "odd", "digits"))
_BESIDE_NAVIGATION = frozenset(("word", "odd"))
_FRONTS = frozenset(("index", "home", "default", "main"))
_TURNING = frozenset(
    ("page", "paged", "seite", "pagina", "sort", "filter", "order", "print", "amp", "email")
)
_CHOOSING = frozenset(
    ("section", "sec", "seccion", "sc_section_code", "sc_sub_section_code", "view_type", "rubrik")
) | {"category", "cat", "cate", "ctg", "topic", "tag", "menu", "code"}
"""In a query: keys that choose a department; with any other, an address is no section's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """How far a site goes: the pages of one publisher, within `named` parts where there are any."""

    site: str
    named: tuple[str, ...] = ()

    def holds(self, url: str) -> bool:
        """Tell whether `url` belongs to the site, and to one of the parts that were named."""
        if publisher_of(url) != publisher_of(self.site):
            return False
        return not self.named or any(_is_within(url, part) for part in self.named)

    def ours(self) -> tuple[str, ...]:
        """Return the addresses of the parts that were named, as far as they are this site's."""
        return tuple(one for one in self.named if self.holds(one))

    def strange(self) -> tuple[str, ...]:
        """Return those that are another site's: they are left out."""
        return tuple(one for one in self.named if not self.holds(one))


def scope_of(site: str, sections: tuple[str, ...]) -> Scope:
    """Return the scope of the site at `site`; sections are paths or whole addresses."""
    named = (one if is_http(one) else urljoin(site, "/" + one.lstrip("/")) for one in sections)
    once = {section_key(one): canonical_url(one) for one in reversed(list(named))}
    return Scope(site=site, named=tuple(reversed(once.values())))


def section_key(url: str) -> str:
    """Return what a section is known by: its address, be it written with a slash at its end."""
    parts = urlsplit(canonical_url(url))
    return parts._replace(path=parts.path.rstrip("/")).geturl()


def is_section(url: str, scope: Scope, *, in_navigation: bool) -> bool:
    """Tell whether a link to `url` leads to a section page; of navigation more is believed."""
    if len(url) > _MOST_ADDRESS or not scope.holds(url):
        return False
    parts = urlsplit(url)
    segments = [unquote(one) for one in parts.path.split("/") if one]
    said = address_of(url)
    if not _chooses(parts) or said.is_file or len(set(segments)) < len(segments):
        return False
    if not segments:
        return bool(parts.query) or (in_navigation and _named(url) != _named(scope.site))
    if _is_elsewhere(segments) or _is_front(segments, parts):
        return False
    kinds = kinds_of(segments)
    most = _MOST_SEGMENTS if in_navigation else _MOST_BESIDE_NAVIGATION
    usual = _IN_NAVIGATION if in_navigation else _BESIDE_NAVIGATION
    # A number alone is a page of an archive; behind a word it may name a department.
    plain = set(kinds) <= usual and kinds[0] != "digits" and said.points < _MOST_POINTS
    return plain and len(kinds) <= most


def _named(url: str) -> str:
    """Return the name of a host; a site and its `www` are one."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _is_within(url: str, part: str) -> bool:
    own, whole = urlsplit(url), urlsplit(part)
    if host_of(url) != host_of(part):
        return False
    path = whole.path.rstrip("/")
    inside = own.path.rstrip("/") == path or own.path.startswith(path + "/")
    return inside and (not whole.query or own.query == whole.query)


def _chooses(parts: SplitResult) -> bool:
    asked = parse_qsl(parts.query, keep_blank_values=True)
    return all(
        key.lower() in _CHOOSING and len(value) <= _MOST_SEGMENTS * 10 for key, value in asked
    )


def _is_elsewhere(segments: list[str]) -> bool:
    for segment in segments:
        tokens = tokens_of(segment)
        ends = {segment.lower(), *tokens[:1], *tokens[-1:]}
        if ends & (MEDIA | SERVICES | _TURNING) or segment.lower() in PAGING - _CHOOSING:
            return True
    return False


def _is_front(segments: list[str], parts: SplitResult) -> bool:
    return len(segments) == 1 and not parts.query and bool({*tokens_of(segments[0])[:1]} & _FRONTS)

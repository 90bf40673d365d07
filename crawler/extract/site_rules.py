"""Rules for single sites, as data: where their pages have the title, text, authors and date.

They are for pages that say none of it by themselves. A rule ends: sites are rebuilt, and one that
nobody looked at for long is more often wrong than right. One that finds nothing changes nothing.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from lxml.etree import XPath, XPathError
from lxml.html import HtmlElement, fromstring

from crawler.extract.plain import content_of, plain_line
from news.clock import utc_now
from news.errors import WirewatchError
from news.publisher import publisher_domain

VERSION = 1
PARTS = ("title", "text", "author", "date")
_MOST_FOUND = 2_000
_NOTHING = fromstring("<html><body></body></html>")


class FaultyRuleError(WirewatchError):
    """The file of site rules breaks its own form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRule:
    """Where the pages of one registrable domain have what, until the end of a day."""

    domain: str
    valid_until: date
    paths: Mapping[str, XPath]


def rules_in(text: str) -> dict[str, SiteRule]:
    """Return the rules of a file by domain; `FaultyRuleError` says what is wrong, and where."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise FaultyRuleError(f"site rules: {fault}") from None
    if told.get("version") != VERSION:
        raise FaultyRuleError(f"site rules: version must be {VERSION}")
    rules: dict[str, SiteRule] = {}
    for number, one in enumerate(told.get("rule", ()), start=1):
        rule = _rule(one, f"site rule {number}")
        if rule.domain in rules:
            raise FaultyRuleError(f"site rule {number}: {rule.domain} has a rule already")
        rules[rule.domain] = rule
    return rules


def ruled(
    tree: HtmlElement, url: str, rules: Mapping[str, SiteRule], today: date
) -> dict[str, list[str]]:
    """Return what the rule for the page's domain finds, by part; {} where there is none."""
    rule = rules.get(publisher_domain(urlsplit(url).hostname or "")) if rules else None
    if rule is None or today > rule.valid_until:
        return {}
    found = {part: _texts(path(tree)) for part, path in rule.paths.items()}
    return {part: texts for part, texts in found.items() if texts}


def shipped_ruled(tree: HtmlElement, url: str) -> dict[str, list[str]]:
    """Return what the rules that come with wirewatch find in a page from `url`."""
    return ruled(tree, url, _shipped(), utc_now().date())


def zones_in(text: str) -> dict[str, str]:
    """Return the zones of a file by domain: those of publishers whose address does not tell it."""
    try:
        told = tomllib.loads(text).get("zones", {})
    except tomllib.TOMLDecodeError as fault:
        raise FaultyRuleError(f"site rules: {fault}") from None
    known = available_timezones()  # reads a folder: once for all
    for domain, zone in told.items():
        if publisher_domain(domain) != domain or zone not in known:
            raise FaultyRuleError(
                f'site rules: zones: {domain}: write it as "example.org" = "Asia/Seoul"'
            )
    return dict(told)


def shipped_zone(host: str) -> str | None:
    """Return the zone in which the publisher at `host` writes, None where no rule tells it."""
    return _shipped_zones().get(publisher_domain(host)) if host else None


@lru_cache(maxsize=1)
def _shipped_zones() -> Mapping[str, str]:
    return zones_in(_shipped_text())


def _shipped_text() -> str:
    return files("crawler.extract").joinpath("site_rules.toml").read_text("utf-8")


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, SiteRule]:
    return rules_in(_shipped_text())


def _rule(one: Mapping[str, Any], place: str) -> SiteRule:
    unknown = sorted(one.keys() - {"domain", "valid_until", *PARTS})
    if unknown:
        raise FaultyRuleError(f"{place}: {unknown[0]} is not known; a rule has {', '.join(PARTS)}")
    domain, until = one.get("domain"), one.get("valid_until")
    if not isinstance(domain, str) or publisher_domain(domain) != domain or "." not in domain:
        raise FaultyRuleError(f'{place}: domain must be a registrable one, such as "example.org"')
    if type(until) is not date:
        raise FaultyRuleError(f"{place}: valid_until must be a day, such as 2027-06-30")
    paths = {part: _path(one[part], f"{place}: {part}") for part in PARTS if part in one}
    if not paths:
        raise FaultyRuleError(f"{place}: it needs at least one of {', '.join(PARTS)}")
    return SiteRule(domain=domain, valid_until=until, paths=paths)


def _path(said: object, place: str) -> XPath:
    if not isinstance(said, str):
        raise FaultyRuleError(f"{place} must be an XPath in quotes")
    try:
        path = XPath(said)
        path(_NOTHING)  # a function that does not exist shows only here
    except XPathError as fault:
        raise FaultyRuleError(f"{place}: {fault}: {said}") from None
    return path


def _texts(found: object) -> list[str]:
    """Return the texts of what an XPath found: elements, attributes, or one text itself."""
    several = found[:_MOST_FOUND] if isinstance(found, list) else [found]
    texts = (
        content_of(one) if isinstance(one, HtmlElement) else plain_line(str(one)) for one in several
    )
    return [text for text in texts if text]

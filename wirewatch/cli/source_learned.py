"""What was learned of a source: which kind it was found out to be, and what its reader knows."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from crawler.lists import learned as lists
from crawler.lists.remembered import remembered
from crawler.sitemaps import learned as sitemaps
from crawler.sites import memory as sites
from crawler.sites.memory import Section, memory_from
from news.source import SourceSettings
from wirewatch.cli.screen import Screen
from wirewatch.config.tables import FOUND_OUT

_DESCRIBED: dict[str, Callable[[str | None], list[str]]] = {
    FOUND_OUT: lists.described,
    "list": lists.described,
    "site": sites.described,
    "sitemap": sitemaps.described,
}


def found_kinds(learned: Mapping[int, str]) -> dict[int, str]:
    """Return what each source was found out to be, by its number."""
    found = {number: remembered(text)[0] for number, text in learned.items()}
    return {number: kind for number, kind in found.items() if kind is not None}


def kind_in_words(kind: str, found: str | None) -> str:
    """Return what a source is, "feed (found out)" where nobody said it."""
    if kind != FOUND_OUT:
        return kind
    return "not found out yet" if found is None else f"{found} (found out)"


def described(kind: str, learned: str | None) -> list[str]:
    """Say what was learned, a line for each thing; a kind nobody named is what it was found as."""
    found, of_it = remembered(learned)
    if found is not None and found != "feed":
        kind, learned = found, of_it
    return _DESCRIBED[kind](learned) if kind in _DESCRIBED else []


def learned_lines(
    screen: Screen, settings: SourceSettings, learned: str | None
) -> Iterator[tuple[str, str]]:
    """Yield what `source show` tells, each under its name; of a site each section."""
    if learned is None:
        return
    if settings.kind != "site":
        if remembered(learned)[0] == "feed":
            return  # there is nothing to learn of it
        for number, line in enumerate(described(settings.kind, learned)):
            yield ("" if number else "learned"), line
        return
    for number, section in enumerate(_sections(learned)):
        yield ("" if number else "sections"), f"{section.url}: {_does(screen, section)}"


def learned_json(settings: SourceSettings, learned: str | None) -> dict[str, object]:
    """Return the same for machines."""
    found, _ = remembered(learned)
    return {
        "found_kind": found if settings.kind == FOUND_OUT else None,
        "learned": [] if learned is None else described(settings.kind, learned),
        "sections": [_section_json(one) for one in _sections(learned)]
        if settings.kind == "site"
        else [],
    }


def _sections(learned: str | None) -> list[Section]:
    known = memory_from(learned).sections.values()
    return sorted(known, key=lambda one: (one.depth > 0, not one.failures, -one.news, one.url))


def _does(screen: Screen, section: Section) -> str:
    if section.failures:
        since = _moment(section.failing_at)
        begun = f" since {screen.at(since)}" if since else ""
        return f"fails{begun}: {section.fault}"
    if not section.looked:
        return "not looked at yet"
    at = _moment(section.news_at)
    if at is not None:
        return f"brings news, the last {screen.ago(at)}"
    links = "1 article" if section.links == 1 else f"{section.links} articles"
    return f"{links} at the last look, none of them news yet"


def _section_json(section: Section) -> dict[str, object]:
    return {
        "url": section.url,
        "looked_at": section.looked > 0,
        "articles": section.links,
        "last_news_at": _moment(section.news_at),
        "failing_since": _moment(section.failing_at) if section.failures else None,
        "reason": section.fault or None,
    }


def _moment(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None

"""What is remembered of a site from visit to visit: its section pages, and what was told of it.

It is kept as text and read back whatever became of it: what makes no sense was never learned.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b
from typing import Any

from crawler.lists.learned import MOST_WRITTEN, Learned, addressed_like, learned_from
from crawler.sites.address import section_key
from news.source import Validators

VERSION = 1
MOST_SECTIONS = 100
MOST_KNOWN = 1_000
MOST_TEXT = 80
_HASH = 8
_SIZES = ((1.0, 1.0), (0.7, 0.8), (0.4, 0.6), (0.2, 0.3), (0.0, 0.1))
"""Shares of known articles and of sections that are kept, where all of them would be too long."""

_MOST_STANDING, _MOST_ARTICLES = 150, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A page of a site that tells of articles; the front page is that of depth 0.

    `looked` is the number of the visit that looked at it last (0: none did), `every` how many
    visits lie between two looks. `links` and `brought` are how many links to articles stood there
    then, and how many of these were new; `news` is the fading sum of those, `news_at` (UTC,
    seconds) when there were any. `failures` counts looks in a row that brought no page, and
    `fault` says why; `failing_at` (UTC, seconds) is when they began to.
    """

    url: str
    depth: int
    looked: int = 0
    every: int = 1
    links: int = 0
    brought: int = 0
    news: float = 0.0
    news_at: int = 0
    failures: int = 0
    fault: str = ""
    failing_at: int = 0
    validators: Validators = field(default_factory=Validators)


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """All of it: `sections` by what they are known by; `known` marks articles, newest first.

    `site` is what was learned of how its articles are addressed and built in.
    """

    visits: int = 0
    site: Learned = field(default_factory=Learned)
    sections: Mapping[str, Section] = field(default_factory=dict)
    known: tuple[str, ...] = ()


def mark_of(key: str) -> str:
    """Return a short name for an article's canonical address."""
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).digest()
    return urlsafe_b64encode(digest).decode()


def memory_from(text: str | None) -> Memory:
    """Read what was kept; what cannot be read was never learned."""
    try:
        said = json.loads(text or "{}")
        if not isinstance(said, dict) or said.get("v") != VERSION:
            return Memory()
        known = str(said["known"])
        sections = [_section(one) for one in said["sections"][:MOST_SECTIONS]]
        return Memory(
            visits=int(said["visits"]),
            site=learned_from(json.dumps(said["site"])),
            sections=dict(sections),
            known=tuple(known[at : at + _HASH] for at in range(0, len(known), _HASH)),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return Memory()


def memory_written(memory: Memory) -> str:
    """Return `memory` as text, at most 32 KiB: what is oldest, and brings least, is left out."""
    ranked = sorted(memory.sections.items(), key=lambda pair: _rank(pair[1]))
    text = ""
    for known, sections in _SIZES:
        text = _text(
            memory,
            memory.known[: int(MOST_KNOWN * known)],
            ranked[: int(MOST_SECTIONS * sections)],
        )
        if len(text) <= MOST_WRITTEN:
            break
    return text


def described(learned: str | None) -> list[str]:
    """Say what was learned of a site, a line for each thing, in plain words."""
    memory = memory_from(learned)
    if not memory.visits:
        return ["nothing was learned yet"]
    now = [one for one in memory.sections.values() if one.looked == memory.visits]
    later = len(memory.sections) - len(now)
    lines = [f"{_pages(len(now))} looked at, {later} known for later visits"]
    lines += [_line(one) for one in sorted(now, key=lambda one: (one.depth, one.url))]
    lines += [addressed_like(shape) for shape in list(memory.site.shapes)[:3]]
    return lines


def _line(section: Section) -> str:
    if section.fault:
        return f"{section.url}: {section.fault}"
    again = "at every visit" if section.every == 1 else f"at every {section.every}th visit"
    if section.depth == 0:
        again = "first at every visit"
    links = "1 article link" if section.links == 1 else f"{section.links} article links"
    return f"{section.url}: {links}, {section.brought} new; looked at {again}"


def turned(before: str | None, after: str | None, named: Iterable[str]) -> list[Section]:
    """Return the sections that began to fail at a visit, and those that answer again.

    Of what navigation leads to, only what told of articles once; `named` is what a person named.
    """
    past, wanted = memory_from(before).sections, set(map(section_key, named))
    return [
        one
        for key, one in memory_from(after).sections.items()
        if one.depth > 0
        and bool(one.failures) != bool(key in past and past[key].failures)
        and (key in wanted or one.links > 0)
    ]


def _pages(count: int) -> str:
    return "1 page was" if count == 1 else f"{count} pages were"


def _rank(section: Section) -> tuple[bool, bool, float, int, int]:
    """Put first what must not be forgotten."""
    return (
        section.depth > 0,
        section.failures > 0,
        -section.news,
        section.depth,
        -section.looked,
    )


def _text(memory: Memory, known: Iterable[str], sections: Iterable[tuple[str, Section]]) -> str:
    site = replace(
        memory.site,
        standing=list(memory.site.standing)[:_MOST_STANDING],
        articles=list(memory.site.articles)[:_MOST_ARTICLES],
    )
    said = {
        "v": VERSION,
        "visits": memory.visits,
        "site": asdict(site),
        "sections": [[key, *_plain(one)] for key, one in sections],
        "known": "".join(known),
    }
    return json.dumps(said, separators=(",", ":"))


def _plain(one: Section) -> Iterator[Any]:
    yield from (one.url, one.depth, one.looked, one.every, one.links, one.brought)
    yield from (round(one.news, 2), one.news_at, one.failures, one.fault[:MOST_TEXT])
    kept = one.validators
    yield from (_short(kept.etag), _short(kept.last_modified), kept.body_hash)
    yield one.failing_at


def _short(text: str | None) -> str | None:
    return text if text is not None and len(text) <= MOST_TEXT else None


def _section(said: list[Any]) -> tuple[str, Section]:
    _, url, depth, looked, every, links, brought, news, at, failures, fault, *marks = said
    etag, modified, body_hash, *since = marks
    section = Section(
        url=str(url),
        depth=int(depth),
        looked=int(looked),
        every=max(1, int(every)),
        links=int(links),
        brought=int(brought),
        news=float(news),
        news_at=int(at),
        failures=int(failures),
        fault=str(fault),
        failing_at=int(since[0]) if since else 0,
        validators=Validators(etag=etag, last_modified=modified, body_hash=body_hash),
    )
    return section_key(section.url), section

"""A source that was looked at and may be added: where it is, and what it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from crawler.discover import spellings
from crawler.feed_figures import FeedFigures, figures_of
from crawler.feeds.document import ParsedFeed
from crawler.found import FoundFeed
from news.source import DueSource, Rhythm, SourceSettings, Spider, Validators
from news.visit import Failed, Told, Unchanged, Visit
from wirewatch.cli.looking import Looking


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A source that was read; `ends` is where redirects led, `twins` tell the same items.

    An index of sitemaps has `parts`; one of them may have it as its `whole`.
    """

    url: str
    title: str
    kind: str
    figures: FeedFigures
    titles: tuple[str, ...] = ()
    of_comments: bool = False
    twins: tuple[str, ...] = ()
    ends: str = ""
    broken: str | None = None
    parts: tuple[str, ...] = ()
    whole: str = ""
    render: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """It could not be read; `reason` says why."""

    url: str
    reason: str
    status: int | None = None
    wait: timedelta | None = None


Read: TypeAlias = Ready | Not

_TITLES = 5


def ready_feed(found: FoundFeed) -> Ready:
    """Return a feed that was found as a source."""
    return Ready(
        url=found.url,
        title=found.title,
        kind=found.kind,
        figures=found.figures,
        of_comments=found.of_comments,
        twins=found.twins,
        ends=found.ends,
        broken=found.feed.broken,
        parts=found.parts,
        whole=found.whole,
    )


async def read_as(looking: Looking, kind: str, text: str, *, spider: Spider) -> Read:
    """Read what a person typed as a source of this kind, and of no other."""
    failed = Not(url=text, reason="this is not an http or https address")
    for number, url in enumerate(spellings(text)):
        settings = SourceSettings(name="", kind=kind, url=url, spider=spider)
        visit = await visited(looking, settings)
        match visit.outcome:
            case Told() as told:
                return _ready(settings, told, looking.parts.clock())
            case Failed(reason=reason, wait=wait) if number == 0:
                failed = Not(url=url, reason=reason, status=visit.status, wait=wait)
            case Failed() | Unchanged():
                pass
        if visit.status is not None:
            break
    return failed


async def visited(
    looking: Looking, settings: SourceSettings, *, learned: str | None = None
) -> Visit:
    """Visit a source as if for the first time; nobody hears of it."""
    reader = await looking.reader(settings.kind)
    return await reader.visit(
        DueSource(
            id=0,
            settings=settings,
            validators=Validators(),
            rhythm=Rhythm(),
            added_at=looking.parts.clock(),
            claim_no=0,
            first_visit=True,
            learned=learned,
        )
    )


def _ready(settings: SourceSettings, told: Told, now: datetime) -> Ready:
    return Ready(
        url=settings.url,
        title=told.title or "",
        kind=settings.kind,
        figures=figures_of(ParsedFeed(entries=told.entries), now=now),
        broken=told.broken,
        render=settings.spider.render,
        titles=_first_titles([entry.title for entry in told.entries]),
    )


def _first_titles(titles: Sequence[str]) -> tuple[str, ...]:
    return tuple(title for title in titles if title)[:_TITLES]

"""What a person wants to know of a feed before choosing it, and which of several is the best."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from crawler.feeds.document import ParsedFeed
from news.entry import Entry

_LEAST_SPAN = timedelta(hours=1)
_TYPICAL = 0.75
"""So much of a feed's items is looked at; a few old ones that stay for ever then say nothing."""

_COMMENTS = re.compile(
    r"comment|kommentar|commentaire|comentari|commenti|reacties|комментари|评论|評論|コメント|댓글",
    re.IGNORECASE,
)
_PART_OF_A_SITE = re.compile(
    r"/(?:tags?|categor(?:y|ies)|authors?|topics?|search|users?|podcasts?|videos?|photos?|gallery)/",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFigures:
    """How many items a feed has, how many come a day (None: its dates do not say), the newest."""

    items: int
    per_day: float | None = None
    newest: Entry | None = None
    newest_at: datetime | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A feed in the running: its address and title, and where the page that was named stands."""

    url: str
    words: str
    page: str
    figures: FeedFigures


def figures_of(feed: ParsedFeed, *, now: datetime) -> FeedFigures:
    """Read a feed's figures from its entries; dates to come count as now."""
    dated = [(min(when, now), entry) for entry in feed.entries if (when := _when(entry))]
    newest_at, newest = max(dated, key=lambda pair: pair[0], default=(None, None))
    if newest is None:
        newest = feed.entries[0] if feed.entries else None
    return FeedFigures(
        items=len(feed.entries),
        per_day=per_day([when for when, _ in dated], now=now),
        newest=newest,
        newest_at=newest_at,
        language=_most(entry.language for entry in feed.entries),
    )


def per_day(moments: Sequence[datetime], *, now: datetime) -> float | None:
    """Return how many a day `moments` (up to now) make; None where they say nothing."""
    many = round(len(moments) * _TYPICAL)
    if many < 1 or len(moments) < 2:  # noqa: PLR2004 - one moment is no rhythm
        return None
    span = max(now - sorted(moments, reverse=True)[many - 1], _LEAST_SPAN)
    return many * (timedelta(days=1) / span)


def is_about_comments(url: str, words: str) -> bool:
    """Tell whether a feed carries what readers say, not what the site does."""
    return bool(_COMMENTS.search(words) or _COMMENTS.search(unquote(urlsplit(url).path)))


def rank(claim: Claim) -> tuple[bool, bool, bool, bool, float]:
    """Return what feeds are sorted by: the whole of what was named, and the liveliest, first."""
    path, page = urlsplit(claim.url).path, urlsplit(claim.page).path.rstrip("/")
    of_this_page = page != "" and path.startswith(page)
    return (
        is_about_comments(claim.url, claim.words),
        claim.figures.items == 0,
        page != "" and not of_this_page,
        bool(_PART_OF_A_SITE.search(path)) and not of_this_page,
        -(claim.figures.per_day or 0.0),
    )


def _when(entry: Entry) -> datetime | None:
    return entry.published or entry.updated


def _most(names: Iterable[str | None]) -> str | None:
    counted = Counter(name for name in names if name)
    return counted.most_common(1)[0][0] if counted else None

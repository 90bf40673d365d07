"""What looking for feeds brings, as values."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeAlias

from crawler.candidates import Way, key_of
from crawler.feed_figures import Claim, FeedFigures, is_about_comments, rank
from crawler.feeds.document import ParsedFeed


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed or sitemap that was read: where it stands for good, and what it says of itself.

    `ends` is where redirects led for now; `twins` are addresses that told the same items, in other
    formats mostly. An index of sitemaps has `parts`; where one of them is offered in its place, the
    index is its `whole`.
    """

    url: str
    title: str
    way: Way
    figures: FeedFigures
    feed: ParsedFeed
    label: str = ""
    twins: tuple[str, ...] = ()
    kind: str = "feed"
    ends: str = ""
    parts: tuple[str, ...] = ()
    whole: str = ""

    @property
    def has_titles(self) -> bool:
        """Tell whether it says of its items what they are about, as a sitemap for news does."""
        return any(entry.title for entry in self.feed.entries)

    @property
    def of_comments(self) -> bool:
        """Tell whether it carries what readers say."""
        return is_about_comments(self.url, f"{self.title} {self.label}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """An address that was named but is no feed, or was not tried; `reason` says why."""

    url: str
    reason: str
    way: Way
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The feeds of the page at `url`, best first; `itself` where the address is a feed.

    Where a site has none, they are its sitemaps for news; where it has, `beside` are those.
    """

    url: str
    feeds: tuple[FoundFeed, ...]
    itself: bool = False
    missed: tuple[Missed, ...] = ()
    beside: tuple[FoundFeed, ...] = ()

    @property
    def guessed(self) -> bool:
        """Tell whether the page names none of them: they are the site's, found at usual places."""
        return not self.itself and all(one.way is Way.GUESSED for one in self.feeds)


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingFound:
    """The address answers, but neither it nor anything it leads to is a feed.

    `sitemaps` are those that list nothing but addresses.
    """

    url: str
    what: str
    title: str = ""
    missed: tuple[Missed, ...] = ()
    sitemaps: tuple[FoundFeed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotReached:
    """The address brought no document; `reason` says why, `wait` how long to stay away."""

    url: str
    reason: str
    status: int | None = None
    wait: timedelta | None = None


Outcome: TypeAlias = Found | NothingFound | NotReached


def best_first(feeds: Sequence[FoundFeed], *, page: str) -> tuple[FoundFeed, ...]:
    """Return the feeds of `page` in the order to choose from; equal ones are folded into one."""
    return tuple(sorted(_folded(feeds), key=lambda one: rank(_claim(one, page))))


def _claim(one: FoundFeed, page: str) -> Claim:
    words = f"{one.title} {one.label}"
    return Claim(url=one.url, words=words, page=page, figures=one.figures)


def _folded(feeds: Sequence[FoundFeed]) -> list[FoundFeed]:
    """Fold feeds that tell the same items into the first of them."""
    by_items: dict[object, FoundFeed] = {}
    for one in feeds:
        keys: object = frozenset(entry.key() for entry in one.feed.entries) or key_of(one.url)
        first = by_items.get(keys)
        if first is None:
            by_items[keys] = one
        elif key_of(first.url) != key_of(one.url):
            by_items[keys] = replace(first, twins=(*first.twins, one.url))
    return list(by_items.values())

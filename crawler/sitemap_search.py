"""The sitemaps of a site, for who looks for a source and found no feed.

robots.txt names them, the likeliest to bring news first; else the usual places are tried. An index
is offered itself, with the figures of its likeliest sitemaps: which of them bring news changes, for
many have the date in their names. Only one that is named for news and bears no number, among others
that are not, is offered in its place.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never
from urllib.parse import urlsplit

from crawler.candidates import Candidate, Way, key_of
from crawler.feed_figures import figures_of
from crawler.feeds.document import ParsedFeed
from crawler.found import FoundFeed, Missed
from crawler.http import Fetched
from crawler.probe import Probe
from crawler.sitemaps import task
from crawler.sitemaps.children import hint_of
from crawler.sitemaps.document import Child, NotASitemap
from crawler.sitemaps.read import Asked, Index, Read, Sifted
from crawler.sitemaps.scan import looks_like_a_sitemap
from crawler.workers import WorkerFailed
from news.url import absolute

MOST_SITEMAPS = 6
MOST_BESIDE_FEEDS = 2
"""So many requests are made: for who has no feed, and for who has one."""

_PROMISING = 4
_NEWS_PLACES = ("news-sitemap.xml", "sitemap-news.xml", "sitemap_news.xml", "news_sitemap.xml")
_PLACES = ("sitemap.xml", "sitemap_index.xml", "wp-sitemap.xml")
_CHILDREN = 2
_DATED = re.compile(r"[0-9]")
_MOST_NAMED = 3


@dataclass(slots=True)
class SitemapSearch:
    """One search through a site's sitemaps; `left` counts the requests that it may still make."""

    probe: Probe
    left: int = MOST_SITEMAPS
    missed: list[Missed] = field(default_factory=list)
    _tried: set[str] = field(default_factory=set)

    async def beside_feeds(self, url: str) -> list[FoundFeed]:
        """Return what robots.txt names as sitemaps for news."""
        self.left = MOST_BESIDE_FEEDS
        named = await self.probe.sitemaps_of(url)
        wanted = [one for one in named if self._promises(one)]
        return [one for one in await self._read_all(wanted, Way.NAMED) if one.has_titles]

    async def of_site(self, url: str) -> list[FoundFeed]:
        """Return the sitemaps of the site that `url` is part of, those for news first."""
        named = await self.probe.sitemaps_of(url)
        named.sort(key=lambda one: -hint_of(one, self.probe.now))
        found = await self._read_all(named[:_MOST_NAMED], Way.NAMED)
        if not any(one.has_titles for one in found):
            places = _NEWS_PLACES if found else (_NEWS_PLACES[0], *_PLACES, *_NEWS_PLACES[1:])
            guesses = [absolute(url, f"/{place}") or "" for place in places]
            found += await self._read_all(guesses, Way.GUESSED)
        return sorted(found, key=lambda one: not one.has_titles)

    async def itself(self, answer: Fetched, url: str) -> FoundFeed | None:
        """Return the document that a person named as a sitemap, if it is one."""
        if not looks_like_a_sitemap(answer.body):
            return None
        return await self._read(answer, Candidate(url=url, way=Way.GIVEN), offered=False)

    async def _read_all(self, urls: Sequence[str], way: Way) -> list[FoundFeed]:
        found: list[FoundFeed] = []
        for url in urls:
            if self.left <= 0 or any(one.has_titles for one in found):
                break
            one = Candidate(url=url, way=way)
            answer = await self._get(one)
            sitemap = None if answer is None else await self._read(answer, one)
            if sitemap is not None and sitemap.figures.items:
                found.append(sitemap)
        return found

    async def _get(self, one: Candidate) -> Fetched | None:
        if key_of(one.url) in self._tried:
            return None
        self._tried.add(key_of(one.url))
        self.left -= 1
        answer = await self.probe.get(one)
        if isinstance(answer, Fetched):
            return answer
        self.missed.append(answer)
        return None

    async def _read(
        self, answer: Fetched, one: Candidate, *, offered: bool = True
    ) -> FoundFeed | None:
        """Read a sitemap; of an index, its likeliest ones (`offered`: one may stand for it)."""
        made = await self._parsed(answer, one.url)
        match made:
            case NotASitemap(reason):
                self.missed.append(Missed(url=one.url, way=one.way, reason=reason))
                return None
            case Sifted():
                return self._found(made, answer, one)
            case Index():
                return await self._of_index(made, answer, one, offered=offered)
            case _:
                assert_never(made)

    async def _of_index(
        self, made: Index, answer: Fetched, index: Candidate, *, offered: bool
    ) -> FoundFeed | None:
        read: list[Sifted] = []
        for child in made.children[:_CHILDREN]:
            one = Candidate(url=child.url, way=index.way)
            got = await self._get(one)
            sifted = None if got is None else await self._parsed(got, child.url)
            if got is None or not isinstance(sifted, Sifted):
                continue
            sitemap = self._found(sifted, got, one)
            if offered and sitemap.has_titles and self._stands_for(child, made, index.url):
                return replace(sitemap, whole=answer.permanent or index.url)
            read.append(sifted)
        if not read:
            return None
        parts = tuple(child.url for child in made.children)
        return replace(self._found(_together(read), answer, index), parts=parts)

    def _stands_for(self, child: Child, made: Index, index: str) -> bool:
        """Tell whether one sitemap of an index is all of its news, tomorrow as well."""
        news = {one.url for one in made.children if self._promises(one.url)}
        parts = urlsplit(child.url)
        return (
            news == {child.url}
            and made.many > 1
            and not self._promises(index)
            and _DATED.search(f"{parts.path}?{parts.query}") is None
        )

    def _promises(self, url: str) -> bool:
        return hint_of(url, self.probe.now) >= _PROMISING

    async def _parsed(self, answer: Fetched, url: str) -> Read:
        asked = Asked(url=url, learned=None, now=self.probe.now)
        data = await self.probe.parts.parser.call(task.FUNCTION, task.question(answer.body, asked))
        if isinstance(data, WorkerFailed):
            return NotASitemap(f"it cannot be read: {data.reason}")
        return task.answer(data)

    def _found(self, sifted: Sifted, answer: Fetched, one: Candidate) -> FoundFeed:
        feed = ParsedFeed(entries=sifted.entries, title=sifted.title, broken=sifted.broken)
        return FoundFeed(
            url=answer.permanent or one.url,
            ends=answer.url,
            title=sifted.title or "",
            way=one.way,
            figures=figures_of(feed, now=self.probe.now),
            feed=feed,
            kind="sitemap",
        )


def _together(read: Sequence[Sifted]) -> Sifted:
    """Return what the sitemaps of an index tell as one; where some have titles, those alone."""
    titled = [one for one in read if any(entry.title for entry in one.entries)] or read[:1]
    entries = tuple(entry for one in titled for entry in one.entries)
    broken = next((one.broken for one in titled if one.broken), None)
    return replace(titled[0], entries=entries, broken=broken)

"""The kinds of sources that can be read, one line each.

Those under `VISITORS` are looked at by the engine's process: they follow links, so robots.txt and
the rests between pages hold for them. The others are fetched by us.
"""

from collections.abc import Callable, Mapping
from functools import partial

from crawler.crawled import CrawledReader
from crawler.feeds.fetch import FeedReader
from crawler.found_out import FoundOutReader
from crawler.reader import Reader, ReaderParts

VISITORS: Mapping[str, str] = {
    "list": "crawler.lists.visit:ListVisits",
    "site": "crawler.sites.visit:SiteVisits",
    "sitemap": "crawler.sitemaps.visit:SitemapVisits",
}
"""By their names, since the main process and the commands load nothing of what reads pages."""

READERS: Mapping[str, Callable[[ReaderParts], Reader]] = {
    "feed": FeedReader,
    "auto": FoundOutReader,
    **{kind: partial(CrawledReader, kind=kind) for kind in VISITORS},
}

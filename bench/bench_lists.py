"""Articles told from navigation on the labelled front pages, beside two simple ways of doing so.

One takes every link of the same site whose text has four words, or ten characters of a script
without blanks; the other asks courlan, which comes with trafilatura, whether an address may be an
article's.
"""

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from courlan import is_navigation_page, is_not_crawlable
from lxml.html import document_fromstring

from crawler.extract.charset import decoded
from crawler.lists.anchors import Link, links_of, weight_of
from crawler.lists.find import Asked, FoundLinks, find
from news.publisher import publisher_of
from tests.unit.crawler.lists.labelled import ADDRESSES, LabelledPage, labelled, score

ROUNDS = 5
NOW = datetime(2026, 11, 23, tzinfo=UTC)
WORDS, CHARACTERS = 4, 25.0


def main() -> None:
    pages = [labelled(name) for name in ADDRESSES]
    print(f"lists: {len(pages)} pages, {sum(len(page.articles) for page in pages)} articles")
    print(f"{'':28} {'precision':>10} {'recall':>8} {'CPU a page':>12}")
    _measure("ours", ours, pages)
    _measure("long texts of the same site", by_length, pages)
    _measure("courlan, by address", by_address, pages)


def _measure(
    name: str, way: Callable[[LabelledPage], list[str]], pages: list[LabelledPage]
) -> None:
    told = score((page.articles, way(page)) for page in pages)
    began = time.process_time()
    for _ in range(ROUNDS):
        for page in pages:
            way(page)
    spent = (time.process_time() - began) / ROUNDS / len(pages)
    print(f"{name:28} {told.precision:>10.3f} {told.recall:>8.3f} {spent * 1e3:>9.1f} ms")


def ours(page: LabelledPage) -> list[str]:
    found = find(page.body, Asked(url=page.url, headers={}, links=None, learned=None, now=NOW))
    return [one.url or "" for one in found.entries] if isinstance(found, FoundLinks) else []


def by_length(page: LabelledPage) -> list[str]:
    return [link.url for link in _own(page) if _is_long(link)]


def by_address(page: LabelledPage) -> list[str]:
    urls = (link.url for link in _own(page))
    return [url for url in urls if not is_navigation_page(url) and not is_not_crawlable(url)]


def _own(page: LabelledPage) -> Iterable[Link]:
    tree = document_fromstring(decoded(page.body, ""))
    links = links_of(tree.iter("a"), base=page.url, page=page.url)
    return [link for link in links if publisher_of(link.url) == publisher_of(page.url)]


def _is_long(link: Link) -> bool:
    texts = [anchor.text for anchor in link.anchors]
    return any(len(text.split()) >= WORDS or weight_of(text) >= CHARACTERS for text in texts)


if __name__ == "__main__":
    main()

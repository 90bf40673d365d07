"""CPU of a sitemap with fifty thousand addresses, beside what trafilatura makes of it.

trafilatura takes the addresses out of the text with a pattern and sorts out those of other sites
and languages; it knows neither dates nor titles, and nothing of an earlier visit. The visits of
ours: the first, a later one with three new pages, one after the site wrote everything anew, and
one that brings the same body again.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from trafilatura.sitemaps import SitemapObject

from crawler.answers import settled, validators_of
from crawler.http import Fetched
from crawler.sitemaps.learned import Learned, written
from crawler.sitemaps.read import Asked, Sifted, read
from crawler.sitemaps.scan import scan

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
MAP = "https://paper.test/sitemap.xml"
PAGES = 50_000
ROUNDS = 3


def main() -> None:
    before, after = sitemap(PAGES - 3), sitemap(PAGES)
    anew = sitemap(PAGES, touched=True)
    print(f"sitemap: {PAGES:,} addresses, {len(after) / 1e6:.1f} MB")
    first = _read(before, None)
    learned = written(Learned(visits=1, newest=first.newest, documents=[first.after]))
    second, third = _read(after, learned), _read(anew, learned)
    print(
        f"remembered: {len(learned):,} bytes; told: {len(first.entries)} at first, "
        f"{len(second.entries)} later, {len(third.entries)} when all was written anew"
    )
    answer = Fetched(url=MAP, status=200, body=after)
    known = validators_of(answer)
    _measure("ours, first visit", lambda: _read(before, None))
    _measure("ours, three new", lambda: _read(after, learned))
    _measure("ours, all written anew", lambda: _read(anew, learned))
    _measure("ours, the same body", lambda: settled(answer, known, NOW, noun="sitemap"))
    _measure("ours, scanning alone", lambda: scan(after))
    text = after.decode()
    _measure("trafilatura, addresses alone", lambda: _trafilatura(text))


def sitemap(count: int, *, touched: bool = False) -> bytes:
    """Return a sitemap, newest first, a page each half hour."""
    told = "".join(
        f"<url><loc>https://paper.test/2026/story-{number}-of-the-harbour</loc><lastmod>"
        f"{(NOW if touched else NOW - timedelta(minutes=30 * (PAGES - number))).isoformat()}"
        "</lastmod><changefreq>daily</changefreq><priority>0.5</priority></url>"
        for number in range(count - 1, -1, -1)
    )
    head = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return f"{head}{told}</urlset>".encode()


def _read(body: bytes, learned: str | None) -> Sifted:
    found = read(body, Asked(url=MAP, learned=learned, now=NOW))
    if not isinstance(found, Sifted):
        raise TypeError(found)
    return found


def _trafilatura(text: str) -> int:
    sitemap = SitemapObject("https://paper.test", "paper.test", [MAP])
    sitemap.content, sitemap.current_url = text, MAP
    sitemap.process()
    return len(sitemap.urls)


def _measure(name: str, way: Callable[[], object]) -> None:
    began = time.process_time()
    for _ in range(ROUNDS):
        way()
    print(f"{name:32} {(time.process_time() - began) / ROUNDS * 1e3:>9.1f} ms CPU")


if __name__ == "__main__":
    main()

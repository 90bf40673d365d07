"""Sitemaps of a paper that does not exist, as sites write them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
HOME = "https://paper.test/"
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def ago(**time: float) -> str:
    return (NOW - timedelta(**time)).isoformat()


def url(path: str, lastmod: str = "") -> str:
    date = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<url><loc>{HOME}{path}</loc>{date}</url>"


def news(path: str, title: str, published: str) -> str:
    return (
        f"<url><loc>{HOME}{path}</loc><news:news><news:publication><news:name>The Paper"
        "</news:name><news:language>en</news:language></news:publication>"
        f"<news:publication_date>{published}</news:publication_date>"
        f"<news:title>{title}</news:title><news:keywords>port, crane</news:keywords>"
        "</news:news></url>"
    )


def urlset(*urls: str) -> bytes:
    return f'<?xml version="1.0"?><urlset {XMLNS} {NEWS}>{"".join(urls)}</urlset>'.encode()


def index(children: Iterable[tuple[str, str]]) -> bytes:
    told = "".join(
        f"<sitemap><loc>{HOME}{path}</loc>"
        + (f"<lastmod>{lastmod}</lastmod>" if lastmod else "")
        + "</sitemap>"
        for path, lastmod in children
    )
    return f'<?xml version="1.0"?><sitemapindex {XMLNS}>{told}</sitemapindex>'.encode()

"""A query tried on 60 days of the past: through the index, and text by text as a loop would.

100,000 articles of 2.6 kB, their words drawn as a language draws them, came over 60 days from 40
publishers. The loop reads every text of the period and asks it the query; it is timed on a tenth of
them. Ours also decides what would have been told, finds samples, and says which term brings most.
"""

import time
from dataclasses import replace
from datetime import timedelta
from statistics import median

from sqlalchemy import Connection, insert, select, text

from archive import articles, sources
from archive.columns import digest
from archive.database import Database
from archive.schema import articles as article_rows
from archive.schema import entries as entry_rows
from archive.schema import texts
from archive.search.find import first_since
from bench.archive_material import NOW, VOCABULARY, article
from bench.archives import on_postgresql, on_sqlite
from news.query.evaluate import compiled
from news.query.parse import parse
from news.query.tree import Query
from news.source import SourceSettings
from news.text import analyze
from news.watch import WatchSettings
from wirewatch.preview import Asked, preview

DAYS = 60
COUNTS = {"SQLite": 100_000, "PostgreSQL": 30_000}
BATCH = 1_000
AGAIN = 5
RARE, SELDOM, USUAL, COMMON = (VOCABULARY[rank] for rank in (9_000, 2_000, 300, 40))
OTHERS = [VOCABULARY[rank] for rank in range(1_000, 1_006)]
QUERIES = {
    "a rare word": RARE,
    "two usual words": f"{USUAL} {COMMON}",
    "a watch": f"({' OR '.join(OTHERS)}) {COMMON} -{SELDOM}",
    "six seldom words": " OR ".join(OTHERS),
    "a usual word": USUAL,
    "a common word": COMMON,
}


def main() -> None:
    for name, opened in (("SQLite", on_sqlite), ("PostgreSQL", on_postgresql)):
        with opened() as archive:
            began = time.perf_counter()
            _fill(archive, COUNTS[name])
            took = time.perf_counter() - began
            print(f"\n{name}, {COUNTS[name]:,} articles ({took:.0f} s to write them)")
            print(f"{'':20} {'articles':>9} {'alerts':>8} {'preview ms':>11} {'loop ms':>9}")
            for words, query in QUERIES.items():
                print(_line(archive, words, query, COUNTS[name]))


def _line(archive: Database, words: str, query: str, count: int) -> str:
    parsed = parse(query)
    assert isinstance(parsed, Query)
    settings = WatchSettings(name="w", query=query)
    asked = Asked(settings=settings, query=parsed, days=DAYS)
    with archive.reading() as conn:
        tried = preview(conn, asked, now=NOW)
        took = []
        for _ in range(AGAIN):
            began = time.perf_counter()
            preview(conn, asked, now=NOW)
            took.append(time.perf_counter() - began)
        loop = _loop(conn, parsed, count // 10) * 10
    return (
        f"{words:20} {tried.articles:9,} {tried.alerts:8,} {median(took) * 1e3:11.0f}"
        f" {loop * 1e3:9,.0f}"
    )


def _loop(conn: Connection, query: Query, most: int) -> float:
    """Time a loop over the newest `most` texts of the period."""
    holds = compiled(query)
    began = time.perf_counter()
    rows = conn.execute(
        select(article_rows.c.id, article_rows.c.title, texts.c.lead, texts.c.body)
        .join(texts, texts.c.article == article_rows.c.id)
        .where(article_rows.c.id >= first_since(conn, NOW - timedelta(days=DAYS)))
        .order_by(article_rows.c.id.desc())
        .limit(most)
    )
    sum(1 for row in rows if holds(analyze(row.title, row.body, row.lead)))
    return time.perf_counter() - began


def _fill(archive: Database, count: int) -> None:
    feed = SourceSettings(name="one", kind="feed", url="https://a.test/")
    began = NOW - timedelta(days=DAYS - 1)
    with archive.writing() as conn:
        source = sources.add(conn, feed, now=began - timedelta(days=1))
    step = (NOW - began) / count
    for first in range(0, count, BATCH):
        with archive.writing() as conn:
            rows = []
            for number in range(first, min(first + BATCH, count)):
                at = began + step * number
                new = article(number)
                dated = replace(new.reading, published=at)
                new = replace(new, reading=dated, first_seen_at=at, owed_at=at)
                rows.append(_entry(number, articles.add(conn, new).id, source) | {"noted_at": at})
            conn.execute(insert(entry_rows), rows)
    if archive.dialect == "postgresql":
        with archive.writing() as conn:
            conn.execute(text("ANALYZE"))


def _entry(number: int, told: int, source: int) -> dict[str, object]:
    return {
        "source": source,
        "key_hash": digest(f"entry {number}"),
        "fingerprint": digest(f"entry {number}"),
        "title": f"Title of {number}",
        "summary": "A summary of some words.",
        "authors": [],
        "first_visit": False,
        "state": "done",
        "attempts": 1,
        "claim_no": 1,
        "article": told,
    }

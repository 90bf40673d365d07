"""What bench_archive keeps: entries, articles of 2.6 kB, trail lines, idle sources."""

import random
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from archive.articles import NewArticle
from archive.columns import digest
from news.article import Read, Reading
from news.entry import Entry
from news.text import analyze
from news.trail import Reason, Step, TrailLine

NOW = datetime(2026, 11, 23, tzinfo=UTC)
_random = random.Random(7)
_LETTERS = "abcdefghiklmnoprstuvw"
VOCABULARY = ["".join(_random.choices(_LETTERS, k=_random.randint(2, 11))) for _ in range(30_000)]
_weights = [1 / rank for rank in range(1, 30_001)]


def entry(number: int) -> Entry:
    return Entry(
        own_id=f"guid-{number}",
        url=f"https://p{number % 40}.test/told/{number}",
        title=f"Title of {number}",
        summary="A summary of some words. " * 8,
        published=NOW,
    )


def line(step: Step, entry: int, article: int) -> TrailLine:
    reason = Reason(step=step, code="some:code", words="what was decided, in a few plain words")
    return TrailLine(at=NOW, reason=reason, entry=entry, article=article)


def article(number: int) -> NewArticle:
    words = _random.choices(VOCABULARY, _weights, k=430)
    body = "\n".join(" ".join(words[start : start + 60]) for start in range(0, 430, 60))
    title = " ".join(words[:9])
    reading = Reading(
        url=f"https://p{number % 40}.test/story/{number}",
        title=title,
        lead=body.split("\n")[0],
        body=body,
        read=Read.FULL,
        authors=("A Writer",),
        language="en",
        published=NOW,
    )
    return NewArticle(
        reading=reading,
        publisher=f"p{number % 40}.test",
        text_hash=blake2b(body.encode(), digest_size=16).digest(),
        analyzed=analyze(title, body, reading.lead),
        first_seen_at=NOW,
        owed_at=NOW,
    )


def idle_source(number: int) -> dict[str, object]:
    url = f"https://idle{number}.test/rss"
    return {
        "name": f"idle {number}",
        "kind": "feed",
        "url": url,
        "url_hash": digest(url),
        "timezone": "UTC",
        "tags": [],
        "added_at": NOW,
        "looked_since": NOW,
        "next_visit_at": NOW + timedelta(seconds=3_600 + number),
        "claim_no": 0,
        "failures": 0,
        "empty_visits": 0,
    }

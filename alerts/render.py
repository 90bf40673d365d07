"""The body of a webhook: facts become bytes, once, when the delivery is owed.

The shape is v1 of the wire: fields may be added, none removed or renamed. alerts/schemas.py says
the same as JSON Schema, and a test holds the two together.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeAlias, assert_never

from alerts.facts import AlertFacts, DigestFacts, Facts, NoticeFacts, NoticesFacts, PingFacts
from news.alert import WIRE_TYPES
from news.article import Article
from news.ids import wire_id
from news.story import Story
from news.watch import Watch

SUMMARY_LIMIT = 500
"""Characters: as much of another's text goes out, and no more."""

SPAN_LIMIT = 20
AUTHOR_LIMIT = 20

JsonValue: TypeAlias = (
    str | int | float | bool | Sequence["JsonValue"] | Mapping[str, "JsonValue"] | None
)


def render(facts: Facts) -> bytes:
    """Return the body: JSON in UTF-8, its text unescaped."""
    match facts:
        case AlertFacts():
            kind, data = WIRE_TYPES[facts.kind], _alert_data(facts)
        case DigestFacts():
            kind, data = "digest.ready", _digest_data(facts)
        case PingFacts():
            kind, data = "test.ping", _ping_data(facts)
        case NoticeFacts():
            kind, data = facts.notice.kind.value, _notice_data(facts)
        case NoticesFacts():
            kind, data = "notices.ready", _notices_data(facts)
        case _:
            assert_never(facts)
    body = {"type": kind, "timestamp": wire_time(facts.at), "data": data}
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # A lone surrogate has no UTF-8; a message with a "?" in it is better than none.
    return text.encode("utf-8", "replace")


def wire_time(moment: datetime) -> str:
    """Return an aware time as `2026-11-23T06:02:12.104Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def summary_of(text: str, limit: int = SUMMARY_LIMIT) -> str:
    """Return `text` on one line, cut at a word's end to `limit` characters, "…" included.

    Scripts without blanks, and words longer than half of it, are cut where the limit falls.
    """
    line = " ".join(text[: limit * 20].split())
    if len(line) <= limit:
        return line
    cut = line.rfind(" ", 0, limit)
    kept = line[:cut] if cut >= limit // 2 else line[: limit - 1]
    return kept.rstrip(" ,;:–—-") + "…"


def links(facts: AlertFacts, base: str) -> dict[str, str]:
    """Return the pages about an alert; `base` ends without a slash."""
    return {
        "story": f"{base}/stories/{wire_id('st', facts.story.id)}",
        "why": f"{base}/why/{wire_id('ar', facts.article.id)}",
        "silence": f"{base}/watches/{wire_id('w', facts.watch.id)}/silence",
    }


def _digest_data(facts: DigestFacts) -> dict[str, JsonValue]:
    data: dict[str, JsonValue] = {
        "because": facts.because,
        "words": facts.words,
        "count": len(facts.alerts) + facts.omitted,
        "alerts": [
            {"type": WIRE_TYPES[alert.kind], "data": _alert_data(alert)} for alert in facts.alerts
        ],
    }
    if facts.watch is not None:
        data["watch"] = _watch_data(facts.watch)
    return data


def _alert_data(facts: AlertFacts) -> dict[str, JsonValue]:
    alert: dict[str, JsonValue] = {
        "id": wire_id("al", facts.alert),
        "reason": facts.reason,
        "sample": facts.sample,
    }
    if facts.corrected:
        alert["corrected"] = True
    data: dict[str, JsonValue] = {
        "alert": alert,
        "watch": _watch_data(facts.watch),
        "article": _article_data(facts.article),
        "match": [
            {"field": span.field, "term": span.term, "start": span.start, "end": span.end}
            for span in facts.match.spans[:SPAN_LIMIT]
        ],
        "story": _story_data(facts.story),
    }
    if facts.base_url is not None:
        data["links"] = links(facts, facts.base_url.rstrip("/"))
    return data


def _watch_data(watch: Watch) -> dict[str, JsonValue]:
    settings = watch.settings
    return {"id": wire_id("w", watch.id), "name": settings.name, "query": settings.query}


def _article_data(article: Article) -> dict[str, JsonValue]:
    published = article.published_at
    data: dict[str, JsonValue] = {
        "id": wire_id("ar", article.id),
        "title": article.title,
        "url": article.url,
        "publisher": {"name": article.publisher_name, "domain": article.publisher},
        "language": article.language,
        "published_at": None if published is None else wire_time(published),
        "first_seen_at": wire_time(article.first_seen_at),
        "summary": summary_of(article.lead),
        "authors": list(article.authors[:AUTHOR_LIMIT]),
    }
    if article.paywalled:
        data["paywalled"] = True
    return data


def _story_data(story: Story) -> dict[str, JsonValue]:
    return {
        "id": wire_id("st", story.id),
        "articles": story.articles,
        "publishers": story.publishers,
        "families": story.families,
        "first": {"publisher": story.first_publisher, "at": wire_time(story.first_at)},
    }


def _notices_data(facts: NoticesFacts) -> dict[str, JsonValue]:
    return {
        "count": len(facts.notices) + facts.omitted,
        "notices": [
            {"type": one.notice.kind.value, "data": _notice_data(one)} for one in facts.notices
        ],
    }


def _notice_data(facts: NoticeFacts) -> dict[str, JsonValue]:
    notice, source = facts.notice, facts.notice.source
    said: dict[str, JsonValue] = {
        "id": wire_id("nt", facts.number),
        "at": wire_time(notice.at),
        "since": wire_time(notice.since),
        "what": notice.what,
        "next": notice.next,
        "sample": False,
    }
    if notice.opened is not None:
        said["opened"] = wire_id("nt", notice.opened)
    number = wire_id("so", source.id)
    data: dict[str, JsonValue] = {
        "notice": said,
        "source": {"id": number, "name": source.name, "url": source.url},
        "figures": dict(notice.figures),
    }
    if facts.base_url is not None:
        data["links"] = {"source": f"{facts.base_url.rstrip('/')}/sources/{number}"}
    return data


def _ping_data(facts: PingFacts) -> dict[str, JsonValue]:
    return {
        "notice": {
            "id": wire_id("nt", facts.notice),
            "since": wire_time(facts.at),
            "what": f"This is a test of the channel {facts.channel_name}.",
            "next": "Nothing is to be done: its alerts will come the same way.",
            "sample": True,
        },
        "channel": {"id": wire_id("ch", facts.channel), "name": facts.channel_name},
    }

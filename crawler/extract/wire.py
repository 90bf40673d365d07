"""Pages as bytes: what is asked of an extraction worker, and what comes back through the pipes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, assert_never

from news.page import Page, PageOutcome, Unread

_END_OF_HEAD = b"\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedPage:
    """A page as it was fetched; header names are lower-case."""

    html: bytes
    url: str
    headers: Mapping[str, str]


def extraction_asked(html: bytes, *, url: str, headers: Mapping[str, str]) -> bytes:
    """Return the question for a worker: a line of JSON, then the page as it came."""
    head = json.dumps({"url": url, "headers": dict(headers)}).encode()
    return head + _END_OF_HEAD + html


def extraction_read(asked: bytes) -> FetchedPage:
    """Return what `extraction_asked` was given."""
    head, _, html = asked.partition(_END_OF_HEAD)
    return FetchedPage(html=html, **json.loads(head))


def outcome_packed(outcome: PageOutcome) -> bytes:
    """Return `outcome` as JSON."""
    return json.dumps(outcome_plain(outcome)).encode()


def outcome_read(packed: bytes) -> PageOutcome:
    """Return what `outcome_packed` was given."""
    return outcome_of(json.loads(packed))


def outcome_plain(outcome: PageOutcome) -> dict[str, Any]:
    """Return `outcome` as plain values that JSON knows."""
    match outcome:
        case Page():
            return {
                "url": outcome.url,
                "canonical": outcome.canonical,
                "title": outcome.title,
                "text": outcome.text,
                "authors": outcome.authors,
                "published": outcome.published and outcome.published.isoformat(),
                "updated": outcome.updated and outcome.updated.isoformat(),
                "language": outcome.language,
                "topics": outcome.topics,
                "image": outcome.image,
                "publisher": outcome.publisher,
                "paywalled": outcome.paywalled,
                "noarchive": outcome.noarchive,
                "drawn": outcome.drawn,
            }
        case Unread():
            wait = None if outcome.wait is None else outcome.wait.total_seconds()
            return {
                "unread": outcome.reason,
                "again": outcome.again,
                "wait": wait,
                "silent": outcome.silent,
                "status": outcome.status,
                "url": outcome.url,
                "textless": outcome.textless,
            }
        case _:
            assert_never(outcome)


def outcome_of(plain: Mapping[str, Any]) -> PageOutcome:
    """Return what `outcome_plain` was given."""
    if "unread" in plain:
        wait = plain["wait"]
        return Unread(
            reason=plain["unread"],
            again=plain["again"],
            wait=None if wait is None else timedelta(seconds=wait),
            silent=plain.get("silent", False),
            status=plain.get("status"),
            url=plain.get("url"),
            textless=plain.get("textless", False),
        )
    return Page(
        url=plain["url"],
        canonical=plain["canonical"],
        title=plain["title"],
        text=plain["text"],
        authors=tuple(plain["authors"]),
        published=_moment(plain["published"]),
        updated=_moment(plain["updated"]),
        language=plain["language"],
        topics=tuple(plain["topics"]),
        image=plain["image"],
        publisher=plain["publisher"],
        paywalled=plain["paywalled"],
        noarchive=plain["noarchive"],
        drawn=plain.get("drawn", False),
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)

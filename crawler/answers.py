"""What an answer of a source's server means, be it a feed or a page: asked and read alike.

304 ──────────────────────────────> Unchanged
200 ──> the body we have already? ──> Unchanged
          └─ no ──> its reader's
410 ──> Failed, gone;  429, 503, … ──> Failed, with the wait that was asked for
"""

from datetime import datetime
from hashlib import blake2b
from http import HTTPStatus

from crawler.feeds.freshness import fresh_for
from crawler.http import Fetched
from crawler.workers import NotTaken, WorkerFailed
from news.page import Unread
from news.retry_after import wait_asked_for
from news.source import Validators
from news.visit import Failed, Unchanged

_MOST_VALIDATOR = 1_000
_READABLE = (HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION)
_WORDS: dict[int, str] = {
    HTTPStatus.UNAUTHORIZED: "the server asks for a password",
    HTTPStatus.PAYMENT_REQUIRED: "the server asks for money",
    HTTPStatus.FORBIDDEN: "the server refuses us",
    HTTPStatus.NOT_FOUND: "there is nothing at this address",
    HTTPStatus.TOO_MANY_REQUESTS: "the server wants fewer visits",
    HTTPStatus.SERVICE_UNAVAILABLE: "the server is not available for now",
}


def asked_with(known: Validators) -> dict[str, str]:
    """Return the headers by which a server can say that nothing changed."""
    headers = {}
    if known.etag is not None:
        headers["If-None-Match"] = known.etag
    if known.last_modified is not None:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def validators_of(answer: Fetched) -> Validators:
    """Return what to ask with the next time."""
    return Validators(
        etag=_repeatable(answer.headers.get("etag")),
        last_modified=_repeatable(answer.headers.get("last-modified")),
        body_hash=blake2b(answer.body, digest_size=16).hexdigest(),
    )


def settled(
    answer: Fetched, known: Validators, now: datetime, *, noun: str
) -> Unchanged | Failed | None:
    """Return the outcome where the document need not be read, None where it is new.

    `noun` is what the source is called, such as "feed".
    """
    if answer.status == HTTPStatus.NOT_MODIFIED:
        return Unchanged(validators=_renewed(known, answer), wait=fresh_for(answer.headers))
    if answer.status not in _READABLE:
        return refused(answer, now, noun)
    found = validators_of(answer)
    if found.body_hash == known.body_hash:
        return Unchanged(validators=found, wait=fresh_for(answer.headers))
    return None


def failed(unread: Unread) -> Failed:
    """Return what it means for a source that its document was not fetched."""
    return Failed(
        reason=unread.reason,
        wait=unread.wait,
        unreachable=unread.silent,
        ours=unread.crowded,
        crowded=unread.crowded,
    )


def unread_by_worker(made: WorkerFailed, noun: str) -> Failed:
    """Return what it means that no worker made anything of a document."""
    busy = isinstance(made, NotTaken)
    words = f"the {noun} cannot be read: {made.reason}"
    return Failed(reason=words, ours=busy, crowded=busy)


def refused(answer: Fetched, now: datetime, noun: str = "feed") -> Failed:
    """Return what an answer means that brings no document."""
    status = answer.status
    gone = status == HTTPStatus.GONE
    words = f"the {noun} is gone for good" if gone else _WORDS.get(status)
    if words is None and status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        words = "the server failed"
    return Failed(
        reason=f"{words or 'the server answered otherwise'} (HTTP {status})",
        wait=wait_asked_for(answer.headers.get("retry-after"), now=now),
        gone=gone,
    )


def _renewed(known: Validators, answer: Fetched) -> Validators:
    """Return the validators after a 304, which may bring newer ones for the same body."""
    return Validators(
        etag=_repeatable(answer.headers.get("etag")) or known.etag,
        last_modified=_repeatable(answer.headers.get("last-modified")) or known.last_modified,
        body_hash=known.body_hash,
    )


def _repeatable(header: str | None) -> str | None:
    """Return what can be sent back as it came."""
    if not header or len(header) > _MOST_VALIDATOR:
        return None
    return header if header.isascii() and header.isprintable() else None

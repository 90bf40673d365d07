"""Where an answer leads on to, under the same rules for pages and for robots.txt."""

from http import HTTPStatus

from crawler.http import Fetched, FetchFailed
from news.url import absolute

MAX_REDIRECTS = 5

FOREVER = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)
ELSEWHERE = (*FOREVER, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT)


def next_hop(answer: Fetched, *, hops: int) -> str | FetchFailed | None:
    """Return the address that `answer` sends us to, None if it is where the way ends.

    `hops` are those taken before; one too many, or one that leads out of http, is a failure.
    """
    location = answer.headers.get("location")
    if answer.status not in ELSEWHERE or location is None:
        return None
    if hops >= MAX_REDIRECTS:
        return FetchFailed(reason=f"more than {MAX_REDIRECTS} redirects", status=answer.status)
    target = absolute(answer.url, location)
    if target is None:
        return FetchFailed(reason="redirected to what is not an http address", status=answer.status)
    return target

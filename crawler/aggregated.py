"""From an aggregator's page to the publisher's: where it leads on, if it says so at all.

Nothing is asked but what is written there for every reader: no interface of an aggregator's own.
"""

import json
import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawler.aggregators import Aggregator, aggregator_of, own_address
from crawler.extract.charset import decoded
from crawler.extract.tree import tree_of
from crawler.follow import Following
from crawler.http import Fetched
from crawler.reader import Parser
from crawler.workers import WorkerFailed
from news.page import Unread
from news.publisher import publisher_of
from news.url import absolute

FUNCTION = "crawler.aggregated:run"
"""The name under which a worker finds `run`."""

_REFRESH = re.compile(r"\s*[\d.]+\s*[;,]\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)


async def followed(answer: Fetched, following: Following, parser: Parser) -> Fetched | Unread:
    """Return the publisher's page behind an aggregator's; any other answer as it is."""
    by = aggregator_of(answer.url)
    if by is None:
        return answer
    head = json.dumps({"url": answer.url, "type": answer.headers.get("content-type", "")})
    made = await parser.call(FUNCTION, head.encode() + b"\n" + answer.body)
    target = None if isinstance(made, WorkerFailed) else made.decode()
    if not target:
        return _unsaid(by)
    beyond = await following.answer_of(target)
    if isinstance(beyond, Fetched) and aggregator_of(beyond.url) is not None:
        return _unsaid(by)
    return beyond


def run(payload: bytes) -> bytes:
    """Return where a page leads on, empty if nowhere; called inside the worker."""
    head, _, body = payload.partition(b"\n")
    said = json.loads(head)
    tree = tree_of(decoded(body, said["type"]))
    return b"" if tree is None else (leads_to(tree, said["url"]) or "").encode()


def leads_to(tree: HtmlElement, url: str) -> str | None:
    """Return the first address of another publisher that the page names as that of its article."""
    for named in _named(tree):
        target = absolute(url, named)
        if target is None or publisher_of(target) == publisher_of(url):
            continue
        if (own := own_address(target)) is not None:
            return own
    return None


def _named(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter("meta"):
        if (element.get("http-equiv") or "").lower() == "refresh":
            found = _REFRESH.match(element.get("content") or "")
            yield found[1] if found else ""
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            yield element.get("href") or ""
    for element in tree.iter("meta"):
        if element.get("property") == "og:url":
            yield element.get("content") or ""
    for element in tree.iter():
        yield element.get("data-n-au") or ""


def _unsaid(by: Aggregator) -> Unread:
    return Unread(reason=f"{by.name} does not say where its publisher's page stands")

"""Parsing as a worker is asked for it: bytes there, bytes back.

A worker shares nothing with its parent, so question and answer are JSON; of the question only the
first line, the document follows as it came.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from crawler.entry_wire import entry_of
from crawler.feeds.document import NotAFeed, Parsed, ParsedFeed
from crawler.feeds.parse import parse

FUNCTION = "crawler.feeds.task:run"
"""The name under which a worker finds `run`."""

_NEEDED = ("content-type",)


def question(body: bytes, headers: Mapping[str, str], url: str) -> bytes:
    """Return what a worker is to be given for the document that came from `url`."""
    known = {name: headers[name] for name in _NEEDED if name in headers}
    return json.dumps([url, known]).encode() + b"\n" + body


def run(payload: bytes) -> bytes:
    """Answer a question; called inside the worker."""
    head, _, body = payload.partition(b"\n")
    url, headers = json.loads(head)
    parsed = parse(body, headers, url)
    if isinstance(parsed, NotAFeed):
        return json.dumps({"not": parsed.reason}).encode()
    said = asdict(parsed)
    said["wait"] = parsed.wait.total_seconds() if parsed.wait is not None else None
    return json.dumps(said, default=datetime.isoformat).encode()


def answer(data: bytes) -> Parsed:
    """Read what `run` answered."""
    said = json.loads(data)
    if "not" in said:
        return NotAFeed(said["not"])
    return ParsedFeed(
        entries=tuple(entry_of(entry) for entry in said["entries"]),
        title=said["title"],
        wait=None if said["wait"] is None else timedelta(seconds=said["wait"]),
        broken=said["broken"],
    )

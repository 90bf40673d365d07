"""What the engine and the browser's process say to each other, each a line of JSON and a body.

to the browser    {"id": 7, "url": "https://…", "headers": {…}, "seconds": 20} + the page as fetched
                  {"id": 7, "asked": "https://…/api", "may": true}
from the browser  {"id": 7, "may": "https://…/api"}              may this be fetched for it?
                  {"id": 7, "drawn": true} + the page as it was drawn
                  {"id": 7, "failed": "…", "again": true}
"""

import json
from dataclasses import asdict
from typing import Any

from crawler.drawing.drawn import NotDrawn
from crawler.http import Fetched

_END_OF_HEAD = b"\n"
_PASSED_ON = ("content-security-policy", "referrer-policy")


def packed(head: dict[str, Any], body: bytes = b"") -> bytes:
    """Return a message's bytes."""
    return json.dumps(head).encode() + _END_OF_HEAD + body


def unpacked(frame: bytes) -> tuple[dict[str, Any], bytes]:
    """Return what `packed` was given."""
    head, _, body = frame.partition(_END_OF_HEAD)
    return json.loads(head), body


def question(page: Fetched) -> tuple[dict[str, Any], bytes]:
    """Return what is asked to have `page` drawn."""
    kept = {name: page.headers[name] for name in _PASSED_ON if name in page.headers}
    kind = page.headers.get("content-type") or "text/html"
    return {"url": page.url, "headers": {**kept, "content-type": kind}}, page.body


def answer(outcome: bytes | NotDrawn) -> tuple[dict[str, Any], bytes]:
    """Return what is answered: the drawn page, or why there is none."""
    if isinstance(outcome, NotDrawn):
        said = asdict(outcome)
        return {"failed": said["reason"], "again": said["again"]}, b""
    return {"drawn": True}, outcome


def outcome(head: dict[str, Any], body: bytes) -> bytes | NotDrawn:
    """Read what `answer` said."""
    if "failed" in head:
        return NotDrawn(reason=head["failed"], again=head["again"])
    return body

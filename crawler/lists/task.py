"""Finding as a worker is asked for it: bytes there, bytes back."""

import json
from dataclasses import asdict
from datetime import datetime

from crawler.entry_wire import entry_of, entry_plain
from crawler.lists.find import Asked, Found, FoundLinks, NotAList, find

FUNCTION = "crawler.lists.task:run"
"""The name under which a worker finds `run`."""


def question(body: bytes, asked: Asked) -> bytes:
    """Return what a worker is to be given: a line of JSON, then the page as it came."""
    head = {**asdict(asked), "headers": dict(asked.headers), "now": asked.now.isoformat()}
    return json.dumps(head).encode() + b"\n" + body


def run(payload: bytes) -> bytes:
    """Answer a question; called inside the worker."""
    head, _, body = payload.partition(b"\n")
    said = json.loads(head)
    found = find(body, Asked(**{**said, "now": datetime.fromisoformat(said["now"])}))
    if isinstance(found, NotAList):
        return json.dumps({"not": asdict(found)}).encode()
    entries = [entry_plain(entry) for entry in found.entries]
    return json.dumps({**asdict(found), "entries": entries}).encode()


def answer(data: bytes) -> Found:
    """Read what `run` answered."""
    said = json.loads(data)
    if "not" in said:
        return NotAList(**said["not"])
    entries = tuple(entry_of(entry) for entry in said["entries"])
    return FoundLinks(**{**said, "entries": entries})

"""Reading sitemaps as a worker is asked for it: bytes there, bytes back."""

import json
from dataclasses import asdict
from datetime import datetime

from crawler.entry_wire import entry_of, entry_plain
from crawler.sitemaps.document import Child, NotASitemap
from crawler.sitemaps.learned import Known
from crawler.sitemaps.read import Asked, Index, Read, Sifted, read

FUNCTION = "crawler.sitemaps.task:run"
"""The name under which a worker finds `run`."""


def question(body: bytes, asked: Asked) -> bytes:
    """Return what a worker is to be given: a line of JSON, then the document as it came."""
    head = {**asdict(asked), "now": asked.now.isoformat()}
    return json.dumps(head).encode() + b"\n" + body


def run(payload: bytes) -> bytes:
    """Answer a question; called inside the worker."""
    head, _, body = payload.partition(b"\n")
    said = json.loads(head)
    found = read(body, Asked(**{**said, "now": datetime.fromisoformat(said["now"])}))
    match found:
        case NotASitemap(reason):
            return json.dumps({"not": reason}).encode()
        case Index():
            return json.dumps({"index": asdict(found)}).encode()
        case Sifted():
            entries = [entry_plain(entry) for entry in found.entries]
            return json.dumps({"sifted": {**asdict(found), "entries": entries}}).encode()


def answer(data: bytes) -> Read:
    """Read what `run` answered."""
    said = json.loads(data)
    if "not" in said:
        return NotASitemap(said["not"])
    if "index" in said:
        index = said["index"]
        children = tuple(Child(**one) for one in index["children"])
        return Index(**{**index, "children": children, "fresh": tuple(index["fresh"])})
    sifted = said["sifted"]
    entries = tuple(entry_of(entry) for entry in sifted["entries"])
    return Sifted(**{**sifted, "entries": entries, "after": Known(**sifted["after"])})

"""Looking at a page of a site as a worker is asked for it: bytes there, bytes back."""

import json
from dataclasses import asdict
from datetime import datetime

from crawler.entry_wire import entry_of, entry_plain
from crawler.lists.find import Asked, NotAList
from crawler.sites.address import Scope
from crawler.sites.look import AskedPage, Looked, looked_at
from news.source import Validators

FUNCTION = "crawler.sites.task:run"
"""The name under which a worker finds `run`."""


def question(body: bytes, page: AskedPage) -> bytes:
    """Return what a worker is to be given: a line of JSON, then the page as it came."""
    asked = page.asked
    plain = {**asdict(asked), "headers": dict(asked.headers), "now": asked.now.isoformat()}
    head = {"asked": plain, "scope": asdict(page.scope), "front": page.front}
    return json.dumps(head).encode() + b"\n" + body


def run(payload: bytes) -> bytes:
    """Answer a question; called inside the worker."""
    head, _, body = payload.partition(b"\n")
    said = json.loads(head)
    asked = {**said["asked"], "now": datetime.fromisoformat(said["asked"]["now"])}
    scope = {**said["scope"], "named": tuple(said["scope"]["named"])}
    page = AskedPage(asked=Asked(**asked), scope=Scope(**scope), front=said["front"])
    found = looked_at(body, page)
    if isinstance(found, NotAList):
        return json.dumps({"not": asdict(found)}).encode()
    return json.dumps(
        {**asdict(found), "entries": [entry_plain(entry) for entry in found.entries]}
    ).encode()


def answer(data: bytes) -> Looked | NotAList:
    """Read what `run` answered."""
    said = json.loads(data)
    if "not" in said:
        return NotAList(**said["not"])
    entries = tuple(entry_of(entry) for entry in said["entries"])
    told = {"entries": entries, "sections": tuple(said["sections"])}
    return Looked(**{**said, **told, "validators": Validators(**said["validators"])})

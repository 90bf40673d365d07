"""An entry: what a source says about one article."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from news.url import canonical_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a source says about one article; every text is plain, every time is UTC.

    `own_id` is the source's own name for it (guid, atom:id); `content` is the whole text where the
    source carries it. An entry has an address, a title or a summary, or it is not told.
    `publisher_url` is an address of who published it, where an aggregator tells of it.
    """

    own_id: str | None = None
    url: str | None = None
    title: str = ""
    summary: str = ""
    content: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    publisher_url: str | None = None

    def key(self) -> str:
        """Return what makes this entry itself within its source.

        The canonical address, else the source's own id, else a hash of title and date.
        """
        if self.url:
            return canonical_url(self.url)
        if self.own_id:
            return f"id:{self.own_id}"
        return "hash:" + _hash(self.title, self.published)

    def fingerprint(self) -> str:
        """Return a hash of what a reader would see change: title, summary, date of publication."""
        return _hash(self.title, self.summary, self.published)


def _hash(*parts: object) -> str:
    joined = "\x1f".join(
        part.isoformat() if isinstance(part, datetime) else str(part) for part in parts
    )
    return blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def without_shared_ids(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Drop own ids that stand more than once in one document: they identify nothing."""
    counts = Counter(entry.own_id for entry in entries)
    return tuple(
        replace(entry, own_id=None) if entry.own_id and counts[entry.own_id] > 1 else entry
        for entry in entries
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DueEntry:
    """A noted entry claimed for reading; `claim_no` fences whoever finishes late.

    `noted_at` is when it was first seen; `first_visit` tells that it came with its source's first
    visit, and `source_added_at` when that source was configured, or given the address that told it
    (both decide what is old news).
    `article` is the article it became before, when this is a revision or a revisit.
    `shared_address` tells that its address stands for several entries of its source, as on a board
    of notices: the page there is not this entry's own. `render` tells that its source wants pages
    drawn that have no text without, `revisit` that the page was read and is looked at again.
    """

    id: int
    source: int
    source_name: str
    source_url: str
    source_added_at: datetime
    tags: tuple[str, ...]
    entry: Entry
    noted_at: datetime
    first_visit: bool
    attempts: int
    claim_no: int
    article: int | None = None
    shared_address: bool = False
    render: bool = False
    revisit: bool = False

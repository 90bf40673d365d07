"""An article: one piece by one publisher at one canonical address."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

FORGOTTEN = "forgotten"
"""The note of an article whose text was erased at a person's demand."""


class Read(StrEnum):
    """How the text of an article came to us."""

    FULL = "full"
    FALLBACK = "fallback"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article as it was read this time, from its page or, failing that, from its entry.

    `url` is the canonical address; `lead` is the first paragraph of `body` (or the summary where
    that is all there is), and `body` includes it. `note` says why it is a fallback; `drawn` tells
    that its page had no text until scripts ran, `paywalled` that the rest is for those who pay.
    `publisher` is the name that the page gives its publisher. What its publisher forbids to keep
    (`noarchive`) is matched in passing and then kept without its text.
    """

    url: str
    title: str
    lead: str
    body: str
    read: Read
    note: str = ""
    authors: tuple[str, ...] = ()
    language: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    topics: tuple[str, ...] = ()
    image: str | None = None
    publisher: str | None = None
    paywalled: bool = False
    noarchive: bool = False
    drawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as the archive keeps it; times are UTC.

    `first_seen_at` is when an entry first told it, `owed_at` when it and its alerts were written.
    """

    id: int
    url: str
    publisher: str
    """The registrable domain of the canonical address."""
    publisher_name: str
    title: str
    lead: str
    story: int
    revision: int
    read: Read
    first_seen_at: datetime
    owed_at: datetime
    published_at: datetime | None = None
    updated_at: datetime | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    image: str | None = None
    paywalled: bool = False
    noarchive: bool = False
    """Its publisher forbids keeping the text, so that nothing but its title is searched."""
    note: str = ""
    """Why its text is a fallback, or an older one, or gone; empty where there is nothing to say."""
    copy_of: int | None = None
    """The article whose words it repeats, None for an account of its own."""

    @property
    def forgotten(self) -> bool:
        """Tell whether what it said was erased at a person's demand."""
        return self.note == FORGOTTEN

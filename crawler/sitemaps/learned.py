"""What is remembered of a sitemap from visit to visit, and how it is told to people.

Of a document with fifty thousand addresses only the newest are remembered, each by four bytes.
`floor` says what the others are: of an older date, or amid those that are remembered, and not new.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b

from news.source import Validators

MOST_WRITTEN = 32 * 1024
"""So many bytes are kept of a source, whatever its sitemaps list."""

MOST_HASHES = 4_000
MOST_DOCUMENTS = 24
MOST_NAMES = 500
_HASH_BYTES = 4
_LONGEST_ADDRESS = 300
_LONGEST_VALIDATOR = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is remembered of the document at `url`, as it was read last.

    `stamp` is what the index said of it, `many` how much it listed, `news_at` the newest that it
    told (UTC, seconds). `marks` are the hashes of what it listed: `whole` tells that of all of it,
    else they are the newest by date where it is `dated` (`floor` is the date of the oldest of
    them), or its first and last. `at` is when it was read (seconds).

    While more of it is `waiting` to be told than one visit tells, all this is as it was before, and
    `told` are the hashes of what was told since; `anew` tells that it is no news, but rewritten.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    stamp: str = ""
    many: int = 0
    news_at: float = 0
    dated: bool = False
    whole: bool = True
    floor: float = 0
    marks: str = ""
    at: float = 0
    told: str = ""
    waiting: int = 0
    anew: bool = False

    @property
    def validators(self) -> Validators:
        """Return what to ask with."""
        return Validators(
            etag=self.etag, last_modified=self.last_modified, body_hash=self.body_hash
        )

    def stamped(self, validators: Validators, stamp: str) -> "Known":
        """Return it with what server and index said this time.

        What waits to be told is read again, whatever they say.
        """
        if self.waiting:
            validators, stamp = Validators(), ""
        return replace(
            self,
            etag=_short(validators.etag),
            last_modified=_short(validators.last_modified),
            body_hash=validators.body_hash,
            stamp=stamp[:_LONGEST_VALIDATOR],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What earlier visits taught: the documents that were read, and the newest date in them.

    `children` is how many sitemaps an index named (0: it is none), `names` the hashes of their
    addresses, `read` how many were asked for at the last visit.
    """

    visits: int = 0
    newest: float = 0
    children: int = 0
    read: int = 0
    names: str = ""
    documents: Sequence[Known] = field(default_factory=tuple)

    def of(self, url: str) -> Known | None:
        """Return what is remembered of the document at `url`."""
        return next((one for one in self.documents if one.url == url), None)


def learned_from(text: str | None) -> Learned:
    """Read what was kept; what cannot be read was never learned."""
    try:
        said = json.loads(text or "{}")
        documents = tuple(Known(**one) for one in said.get("documents", ()))
        return Learned(**{**said, "documents": documents})
    except (ValueError, TypeError, AttributeError):
        return Learned()


def written(learned: Learned) -> str:
    """Return `learned` as text to be kept: what brought news last stays longest."""
    documents = [one for one in learned.documents if len(one.url) <= _LONGEST_ADDRESS]
    documents.sort(key=lambda one: -one.news_at)
    share = MOST_HASHES
    while True:
        kept = [_cut(one, share) for one in documents[:MOST_DOCUMENTS]]
        text = json.dumps(
            asdict(replace(learned, documents=kept)), ensure_ascii=False, separators=(",", ":")
        )
        if len(text.encode("utf-8", "replace")) <= MOST_WRITTEN:
            return text
        share //= 2
        if not share:
            documents.pop()


def mark_of(text: str) -> bytes:
    """Return a short name for an address."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_HASH_BYTES).digest()


def marks_of(text: str) -> list[bytes]:
    """Return the names that stand in `text`."""
    data = b64decode(text)
    return [data[at : at + _HASH_BYTES] for at in range(0, len(data), _HASH_BYTES)]


def joined(marks: Iterable[bytes]) -> str:
    """Return names as one text."""
    return b64encode(b"".join(marks)).decode()


def described(text: str | None) -> list[str]:
    """Say what was learned, a line for each thing, in plain words."""
    known = learned_from(text)
    if not known.visits:
        return ["nothing was learned yet"]
    if not known.children:
        many = sum(one.many for one in known.documents)
        return [f"{many:,} addresses stand there; told are those that are new"]
    lines = [f"{known.read} of {known.children:,} sitemaps read: those that change"]
    lively = [one for one in known.documents if one.news_at][:3]
    lines += [f"brings news: {one.url} ({one.many:,} addresses)" for one in lively]
    return lines


def _cut(known: Known, share: int) -> Known:
    """Remember less of a document, so that what is forgotten still counts as known."""
    marks = marks_of(known.marks)
    if len(marks) <= share or known.waiting:
        return known
    if known.dated:
        return replace(known, marks=joined(marks[:share]), whole=False, floor=known.news_at)
    half = max(share // 2, 1)
    return replace(known, marks=joined([*marks[:half], *marks[-half:]]), whole=False)


def _short(text: str | None) -> str | None:
    return text if text is not None and len(text) <= _LONGEST_VALIDATOR else None

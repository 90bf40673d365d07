"""What is learned of a list page from visit to visit, and how it is told to people.

Whoever is built in or addressed like the articles before is likely one. A link that was there at
every visit for long and was never an article's, nor addressed like one, never becomes one. An
article's may stand there for good as well, for on some pages weeks pass without news: what was
taken for one stays one. Nothing of this overrules what a page plainly shows; it decides where that
leaves doubt.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from crawler.lists.remembered import remembered

MOST_KEPT = 40
MOST_STANDING = 600
MOST_ARTICLES = 200
MOST_WRITTEN = 32 * 1024
"""So many bytes are kept of a page, whatever stands on it."""

STEADY_AFTER = timedelta(days=7)
STEADY_VISITS = 8
"""A link seen at each of so many visits over so long stands there for good."""

_ENOUGH = 5
_FADING = 0.9
_HASH_BYTES = 6


_EXAMPLES = {
    "word": "world",
    "slug": "words-of-the-title",
    "odd": "a1",
    "name": "a1b2c3d4e5",
    "number": "1234567",
    "digits": "123",
    "dated": "20261123",
    "year": "2026",
    "month": "11",
    "day": "23",
}
"""What stands for each kind of segment (crawler/lists/address.py) in words for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What earlier visits taught: counts of articles by how they are built in and addressed.

    The counts fade, so that a redesigned page is learned anew. `standing` has the hashes of links
    that were there at every visit since `since` (UTC, seconds) and are no articles'; `articles`
    those of the articles seen last; `count` is how many were found last. `doubted` has the marks
    of a page that was not believed to be this one (crawler/lists/doubt.py).
    """

    visits: int = 0
    count: int = 0
    signatures: Mapping[str, float] = field(default_factory=dict)
    shapes: Mapping[str, float] = field(default_factory=dict)
    since: int = 0
    standing: Sequence[str] = ()
    articles: Sequence[str] = ()
    doubted: Sequence[str] = ()

    def knows_signature(self, signature: str) -> bool:
        """Tell whether articles were built in like this."""
        return self.signatures.get(signature, 0) >= _ENOUGH

    def knows_shape(self, shape: str) -> bool:
        """Tell whether articles had addresses like this."""
        return self.shapes.get(shape, 0) >= _ENOUGH

    def navigation(self, now: datetime) -> frozenset[str]:
        """Return the hashes of links that stand there for good and never were articles'."""
        old = now.timestamp() - self.since >= STEADY_AFTER.total_seconds()
        return frozenset(self.standing if old and self.visits >= STEADY_VISITS else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """How one article's link is addressed and built in."""

    key: str
    shape: str
    signatures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one visit saw: all links of the page, each with its shape, and those of articles."""

    links: Mapping[str, str]
    taken: tuple[Made, ...]


def learned_from(text: str | None) -> Learned:
    """Read what was kept; what cannot be read was never learned."""
    try:
        said = json.loads(text or "{}")
        return Learned(**said) if isinstance(said, dict) and said.get("visits") else Learned()
    except (ValueError, TypeError):
        return Learned()


def written(learned: Learned) -> str:
    """Return `learned` as text to be kept; what is rarest is left out where it would be long."""
    kept = MOST_KEPT
    while True:
        text = json.dumps(asdict(learned), ensure_ascii=False, separators=(",", ":"))
        if len(text.encode("utf-8", "replace")) <= MOST_WRITTEN or kept == 0:
            return text
        kept //= 2
        learned = replace(
            learned,
            signatures=_most(learned.signatures, kept),
            shapes=_most(learned.shapes, kept),
        )


def after(learned: Learned, seen: Seen, now: datetime) -> Learned:
    """Learn from one visit."""
    articles = [hash_of(made.key) for made in seen.taken]
    shapes = {made.shape for made in seen.taken}
    first = learned.visits == 0
    before = set(learned.standing)
    standing = [
        name
        for key, shape in seen.links.items()
        if shape not in shapes
        if (name := hash_of(key)) in before or first
    ]
    return replace(
        learned,
        visits=learned.visits + 1,
        count=len(seen.taken),
        signatures=_added(
            learned.signatures, (one for made in seen.taken for one in made.signatures)
        ),
        shapes=_added(learned.shapes, (made.shape for made in seen.taken)),
        since=int(now.timestamp()) if first else learned.since,
        standing=standing[:MOST_STANDING],
        articles=list(dict.fromkeys([*articles, *learned.articles]))[:MOST_ARTICLES],
        doubted=(),
    )


def hash_of(key: str) -> str:
    """Return a short name for a link."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=_HASH_BYTES).hexdigest()


def described(learned: str | None) -> list[str]:
    """Say what was learned, a line for each thing, in plain words."""
    kind, learned = remembered(learned)
    if kind == "feed":
        return ["it is a feed; nothing has to be learned"]
    known = learned_from(learned)
    if not known.visits:
        return ["nothing was learned yet"]
    many = "1 article" if known.count == 1 else f"{known.count} articles"
    before = "" if known.visits == 1 else f", the last of {known.visits} looks"
    lines = [f"{many} found there{before}"]
    lines += [addressed_like(shape) for shape in _top(known.shapes)]
    lines += [f"its links stand in the page as {signature}" for signature in _top(known.signatures)]
    if known.visits > 1 and known.standing:
        count = len(known.standing)
        lines.append(f"{count} other {_links(count)} seen at every visit")
    if known.doubted:
        lines.append("the page was another at the last visit; met again, it is believed")
    return lines


def addressed_like(shape: str) -> str:
    """Say by an example how articles are addressed: "/world/2026/11/words-of-the-title"."""
    path, mark, query = shape.partition("?")
    parts = re.sub(r"[a-z]+", lambda found: _EXAMPLES.get(found[0], found[0]), path)
    return f"articles have addresses such as {parts}{mark}{query}"


def _added(before: Mapping[str, float], found: Iterable[str]) -> dict[str, float]:
    counts = Counter({key: value * _FADING for key, value in before.items()})
    counts.update(found)
    return {key: round(value, 1) for key, value in counts.most_common(MOST_KEPT) if value >= 1}


def _most(counts: Mapping[str, float], kept: int) -> dict[str, float]:
    return dict(Counter(counts).most_common(kept))


def _top(counts: Mapping[str, float]) -> list[str]:
    return sorted(counts, key=lambda key: -counts[key])[:3]


def _links(count: int) -> str:
    return "link" if count == 1 else "links"

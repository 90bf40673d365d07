"""What is learned of a list page from visit to visit, and how it is told to people.

Articles come and go, navigation stays: a link that was there at every visit for long is no
article, and whoever is built in or addressed like the articles before is likely one. Nothing of
this overrules what a page plainly shows; it decides where that leaves doubt.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from crawler.lists.remembered import remembered

MOST_KEPT = 40
MOST_STEADY = 600
STEADY_AFTER = timedelta(days=7)
STEADY_VISITS = 8
"""A link seen at each of so many visits over so long stands there for good."""

_ENOUGH = 5
_FADING = 0.9
_HASH_BYTES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What earlier visits taught: counts of articles by how they are built in and addressed.

    The counts fade, so that a redesigned page is learned anew. `steady` has a link's hash and the
    time (UTC, seconds) since when it was there at every visit; `count` is the articles found last.
    """

    visits: int = 0
    count: int = 0
    signatures: Mapping[str, float] = field(default_factory=dict)
    shapes: Mapping[str, float] = field(default_factory=dict)
    steady: Mapping[str, int] = field(default_factory=dict)

    def knows_signature(self, signature: str) -> bool:
        """Tell whether articles were built in like this."""
        return self.signatures.get(signature, 0) >= _ENOUGH

    def knows_shape(self, shape: str) -> bool:
        """Tell whether articles had addresses like this."""
        return self.shapes.get(shape, 0) >= _ENOUGH

    def stands_for_good(self, key: str, now: datetime) -> bool:
        """Tell whether the link was there at every visit for long."""
        since = self.steady.get(hash_of(key))
        old = since is not None and now.timestamp() - since >= STEADY_AFTER.total_seconds()
        return old and self.visits >= STEADY_VISITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one visit saw: all links of the page, and of its articles how they are made."""

    links: tuple[str, ...]
    signatures: tuple[str, ...]
    shapes: tuple[str, ...]
    count: int


def learned_from(text: str | None) -> Learned:
    """Read what was kept; what cannot be read was never learned."""
    try:
        said = json.loads(text or "{}")
        return Learned(**said) if isinstance(said, dict) and said.get("visits") else Learned()
    except (ValueError, TypeError):
        return Learned()


def written(learned: Learned) -> str:
    """Return `learned` as text to be kept."""
    return json.dumps(asdict(learned), ensure_ascii=False, separators=(",", ":"))


def after(learned: Learned, seen: Seen, now: datetime) -> Learned:
    """Learn from one visit."""
    moment = int(now.timestamp())
    hashes = [hash_of(key) for key in seen.links[:MOST_STEADY]]
    first = learned.visits == 0
    return replace(
        learned,
        visits=learned.visits + 1,
        count=seen.count,
        signatures=_added(learned.signatures, seen.signatures),
        shapes=_added(learned.shapes, seen.shapes),
        steady={
            key: learned.steady.get(key, moment) for key in hashes if first or key in learned.steady
        },
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
    lines = [f"{known.count} article {_links(known.count)} at the last of {_visits(known.visits)}"]
    lines += [f"addresses like {shape}" for shape in _top(known.shapes)]
    lines += [f"built in as {signature}" for signature in _top(known.signatures)]
    if known.visits > 1 and known.steady:
        lines.append(f"{len(known.steady)} {_links(len(known.steady))} seen at every visit")
    return lines


def _added(before: Mapping[str, float], found: Iterable[str]) -> dict[str, float]:
    counts = Counter({key: value * _FADING for key, value in before.items()})
    counts.update(found)
    return {key: round(value, 1) for key, value in counts.most_common(MOST_KEPT) if value >= 1}


def _top(counts: Mapping[str, float]) -> list[str]:
    return sorted(counts, key=lambda key: -counts[key])[:3]


def _links(count: int) -> str:
    return "link" if count == 1 else "links"


def _visits(count: int) -> str:
    return "1 visit" if count == 1 else f"{count} visits"

"""Same story or not: pairs and groups that others judged, beside tf-idf in the same run.

It reads the pairs in `CORPORA_DATA` (same story or not, in eight languages). Of each set: the area
under the curve of our similarity and of a plain tf-idf cosine, whose word counts are those of the
pairs themselves; and by how much ours is above, with a bootstrap over pairs. Then one pass over all
their articles, where pairs of one story make the groups: B³ of the product's own grouping, and of a
single pass by tf-idf at the threshold that does best on these very articles.
"""

import json
import math
import os
import random
import re
import time
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from news.gist import Gist, gist_of, similarity
from news.grouping import Candidate, Newcomer, place
from news.text import analyze

SETS = ("tgcontest", "nyan", "semeval22")
ROUNDS = 1_000
AT = datetime(2026, 1, 1, tzinfo=UTC)
Vector: TypeAlias = Mapping[str, float]
Scored: TypeAlias = Sequence[tuple[float, int]]


def main() -> None:
    data = os.environ.get("CORPORA_DATA")
    if not data:
        print("set CORPORA_DATA to where the pairs are: …/pairs/cases.jsonl")
        return
    world = _World(Path(data) / "pairs" / "cases.jsonl")
    print(f"{'same story, AUC':18} {'pairs':>5} {'ours':>6} {'tf-idf':>6}  above by (95 %)")
    for name in (*SETS, "pooled"):
        print(_line(name, [pair for pair in world.pairs if name in (pair.source, "pooled")]))
    print(f"\n{'one pass':24} {'articles':>8} {'B³ P':>6} {'B³ R':>6} {'B³ F':>6} {'ms each':>8}")
    for side in (0, 1):
        _groups(world, side)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An article of the pairs with its gist and its tf-idf vector."""

    key: str
    publisher: str
    gist: Gist
    vector: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    source: str
    language: str
    one: Piece
    other: Piece
    label: int


class _World:
    """All pairs, and the groups that those of one story make."""

    def __init__(self, file: Path) -> None:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        self.rows = [row for row in rows if row["label"] is not None and row["src"] in SETS]
        texts = {_text(row[side]): row[side] for row in self.rows for side in ("a", "b")}
        counts = Counter(word for text in texts for word in set(_words(text)))
        self.pieces = {text: _piece(each, text, counts, len(texts)) for text, each in texts.items()}
        self.pairs = [self._pair(row) for row in self.rows]

    def groups(self) -> dict[str, str]:
        """Return for each article the first of its group: joined by pairs, in one language."""
        parent = {key: key for key in self.pieces}

        def root(key: str) -> str:
            while parent[key] != key:
                key = parent[key]
            return key

        for pair in self.pairs:
            if pair.label and "-" not in pair.language:
                one, other = sorted((root(pair.one.key), root(pair.other.key)))
                parent[other] = one
        return {key: root(key) for key in parent}

    def _pair(self, row: Mapping[str, Any]) -> _Pair:
        return _Pair(
            source=row["src"],
            language=row["lang"],
            one=self.pieces[_text(row["a"])],
            other=self.pieces[_text(row["b"])],
            label=int(row["label"]),
        )


def _piece(article: Mapping[str, str], text: str, counts: Mapping[str, int], total: int) -> Piece:
    seen = Counter(_words(text))
    weights = {
        word: (1 + math.log(times)) * math.log(total / (1 + counts[word]))
        for word, times in seen.items()
    }
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    title, body = article["title"], article["text"]
    return Piece(
        key=text,
        publisher=_publisher(article["url"] or "", text),
        gist=gist_of(title, body, analyze(title, body)),
        vector={word: weight / length for word, weight in weights.items()},
    )


def _publisher(url: str, text: str) -> str:
    """Name who speaks: the host, or the channel where the address is one of a messenger."""
    parts = urlsplit(url)
    channel = parts.path.split("/")[1:2] if parts.hostname == "t.me" else []
    return "/".join([parts.hostname or text[:20], *channel])


def _line(name: str, pairs: Sequence[_Pair]) -> str:
    ours = [(similarity(pair.one.gist, pair.other.gist), pair.label) for pair in pairs]
    theirs = [(_cosine(pair.one.vector, pair.other.vector), pair.label) for pair in pairs]
    chance = random.Random(7)
    above = []
    for _ in range(ROUNDS):
        drawn = chance.choices(range(len(pairs)), k=len(pairs))
        found = _auc([ours[at] for at in drawn]) - _auc([theirs[at] for at in drawn])
        above.append(found)
    above = sorted(one for one in above if not math.isnan(one))
    low, high = above[len(above) // 40], above[-len(above) // 40]
    return (
        f"{name:18} {len(pairs):5} {_auc(ours):6.3f} {_auc(theirs):6.3f}"
        f"  {_auc(ours) - _auc(theirs):+.3f} ({low:+.3f} to {high:+.3f})"
    )


def _groups(world: _World, side: int) -> None:
    """Print B³ of one half of the groups: all articles of a group are on one side."""
    gold = {key: first for key, first in world.groups().items() if sum(first.encode()) % 2 == side}
    order = sorted(gold)
    random.Random(7).shuffle(order)
    pieces = [world.pieces[key] for key in order]
    began = time.process_time()
    found = one_pass(pieces)
    took = (time.process_time() - began) / len(pieces) * 1e3
    print(_told(f"half {side + 1}, ours", gold, found) + f" {took:8.2f}")
    best = max(
        (_tf_idf_pass(pieces, at / 100) for at in range(10, 60, 2)),
        key=lambda groups: b_cubed(gold, groups)[2],
    )
    print(_told(f"half {side + 1}, tf-idf at best", gold, best))


def one_pass(pieces: Sequence[Piece]) -> dict[str, int]:
    """Group by the product's own rule, holding each against all that came before."""
    kept: list[Candidate] = []
    found: dict[str, int] = {}
    for number, piece in enumerate(pieces):
        placed = place(Newcomer(gist=piece.gist, publisher=piece.publisher, at=AT), kept)
        story = number if placed is None else placed.story
        found[piece.key] = story
        kept.append(
            Candidate(
                article=number, story=story, publisher=piece.publisher, at=AT, gist=piece.gist
            )
        )
    return found


def _tf_idf_pass(pieces: Sequence[Piece], threshold: float) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, piece in enumerate(pieces):
        scored = [(_cosine(piece.vector, other.vector), other.key) for other in pieces[:number]]
        best, key = max(scored, default=(0.0, ""))
        found[piece.key] = found[key] if best >= threshold else number
    return found


def b_cubed(gold: Mapping[str, str], found: Mapping[str, int]) -> tuple[float, float, float]:
    """Return precision, recall and F of a grouping, averaged over articles."""
    meant: dict[str, set[str]] = defaultdict(set)
    made: dict[int, set[str]] = defaultdict(set)
    for key in gold:
        meant[gold[key]].add(key)
        made[found[key]].add(key)
    shared = {key: len(meant[gold[key]] & made[found[key]]) for key in gold}
    precision = sum(shared[key] / len(made[found[key]]) for key in gold) / len(gold)
    recall = sum(shared[key] / len(meant[gold[key]]) for key in gold) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _told(name: str, gold: Mapping[str, str], found: Mapping[str, int]) -> str:
    precision, recall, both = b_cubed(gold, found)
    return f"{name:24} {len(gold):8} {precision:6.3f} {recall:6.3f} {both:6.3f}"


def _auc(scored: Scored) -> float:
    same = sorted(score for score, label in scored if label)
    other = sorted(score for score, label in scored if not label)
    if not same or not other:
        return math.nan
    ranks: Callable[[float], float] = _Ranks(other)
    return sum(ranks(score) for score in same) / len(same) / len(other)


@dataclass(frozen=True, slots=True)
class _Ranks:
    ordered: Sequence[float]

    def __call__(self, score: float) -> float:
        return (bisect_left(self.ordered, score) + bisect_right(self.ordered, score)) / 2


def _cosine(one: Vector, other: Vector) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other.get(word, 0.0) for word, weight in one.items())


def _text(article: Mapping[str, str]) -> str:
    title, text = article["title"], article["text"]
    return text if not title or text.startswith(title) else f"{title}\n{text}"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())

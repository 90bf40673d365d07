"""Two wordings of one text, word by word: what is gone, what is new, what stayed.

Paragraphs that stand in both are found first, then words within those that differ: what stands once
on either side holds the two together (as in patience sorting), and between such anchors the
shortest way from one to the other is looked for (Myers), as long as it is a short one. So no text
takes much longer than its length asks for; what would is told as gone and new as a whole.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

MOST_WORDS = 20_000
"""Beyond so many words on either side, a stretch is told as gone and new as a whole."""

MOST_STEPS = 64
"""So many words may be gone or new between two anchors, or all that lies between them is."""

_DEEPEST = 6
"""So often what lies between anchors is searched for anchors again."""


class Fate(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text, and what became of it."""

    fate: Fate
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Places `a` to `b` of the one list that became places `c` to `d` of the other."""

    a: int
    b: int
    c: int
    d: int
    same: bool


def word_diff(before: str, after: str) -> list[Stretch]:
    """Compare paragraph by paragraph, and those that differ word by word.

    All that is not new, put together, is `before`; all that is not gone is `after`.
    """
    old, new = paragraphs(before), paragraphs(after)
    found: list[Stretch] = []
    for block in blocks(old, new):
        gone, came = "".join(old[block.a : block.b]), "".join(new[block.c : block.d])
        found.extend([Stretch(Fate.SAME, gone)] if block.same else by_words(gone, came))
    return list(_joined(found))


def by_words(before: str, after: str) -> Iterator[Stretch]:
    """Compare two short texts word by word; neighbours of one fate are not put together."""
    old, new = words(before), words(after)
    if max(len(old), len(new)) > MOST_WORDS:
        yield Stretch(Fate.GONE, before)
        yield Stretch(Fate.NEW, after)
        return
    for block in blocks(old, new):
        if block.same:
            yield Stretch(Fate.SAME, "".join(old[block.a : block.b]))
        else:
            yield Stretch(Fate.GONE, "".join(old[block.a : block.b]))
            yield Stretch(Fate.NEW, "".join(new[block.c : block.d]))


def paragraphs(text: str) -> list[str]:
    """Cut a text before each line break, so that the last line is equal with another behind it."""
    return _LINE.split(text)


def words(text: str) -> list[str]:
    """Cut a text into blanks, words and single signs; put together they are the text."""
    return _WORDS.findall(text)


def blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Return what stayed and what changed, in order; put together they cover both lists."""
    found: list[Block] = []
    at, to = 0, 0
    for a, c, many in _runs(_pairs(old, new)):
        if a > at or c > to:
            found.append(Block(a=at, b=a, c=to, d=c, same=False))
        found.append(Block(a=a, b=a + many, c=c, d=c + many, same=True))
        at, to = a + many, c + many
    if at < len(old) or to < len(new):
        found.append(Block(a=at, b=len(old), c=to, d=len(new), same=False))
    return found


_LINE = re.compile(r"(?=\n)")
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORDS = re.compile(rf"\s+|[{_CJK}]|[^\W{_CJK}]+|[^\w\s]")

_Pair = tuple[int, int]
_Span = tuple[int, int, int, int]


def _joined(found: Sequence[Stretch]) -> Iterator[Stretch]:
    """Put neighbours of one fate together, and leave out what is empty."""
    present = [one for one in found if one.text]
    for fate, stretches in groupby(present, key=lambda one: one.fate):
        yield Stretch(fate, "".join(one.text for one in stretches))


def _runs(pairs: Sequence[_Pair]) -> Iterator[tuple[int, int, int]]:
    """Put pairs that follow each other on both sides together: where, where, how many."""
    for _, run in groupby(enumerate(pairs), key=lambda one: (one[1][0] - one[0], _apart(one[1]))):
        together = [pair for _, pair in run]
        yield together[0][0], together[0][1], len(together)


def _apart(pair: _Pair) -> int:
    return pair[1] - pair[0]


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[_Pair]:
    """Return which places hold the same, ascending on both sides."""
    pairs: list[_Pair] = []
    open_spans: list[tuple[_Span, int]] = [((0, len(old), 0, len(new)), 0)]
    while open_spans:
        span, depth = open_spans.pop()
        (a, b, c, d), ends = _ends(old, new, span)
        pairs.extend(ends)
        if a == b or c == d:
            continue
        anchors = _anchors(old, new, (a, b, c, d)) if depth < _DEEPEST else []
        if not anchors:
            pairs.extend(_shortest(old, new, (a, b, c, d)))
            continue
        pairs.extend(anchors)
        bounds = [(a - 1, c - 1), *anchors, (b, d)]
        open_spans.extend(
            ((left[0] + 1, right[0], left[1] + 1, right[1]), depth + 1)
            for left, right in pairwise(bounds)
        )
    return sorted(pairs)


def _ends(old: Sequence[str], new: Sequence[str], span: _Span) -> tuple[_Span, list[_Pair]]:
    """Return what is left of `span` without its equal beginning and end, and the pairs of those."""
    a, b, c, d = span
    pairs: list[_Pair] = []
    while a < b and c < d and old[a] == new[c]:
        pairs.append((a, c))
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
        pairs.append((b, d))
    return (a, b, c, d), pairs


def _anchors(old: Sequence[str], new: Sequence[str], span: _Span) -> list[_Pair]:
    """Return the longest ascending row of what stands exactly once on either side."""
    a, b, c, d = span
    left, right = Counter(old[a:b]), Counter(new[c:d])
    once = {word for word, many in left.items() if many == 1 and right[word] == 1}
    places = {new[place]: place for place in range(c, d) if new[place] in once}
    met = [(place, places[old[place]]) for place in range(a, b) if old[place] in once]
    return _ascending(met)


def _ascending(met: Sequence[_Pair]) -> list[_Pair]:
    lowest: list[int] = []  # of rows by their length, the lowest last place
    tops: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(met):
        at = bisect_left(lowest, place)
        before.append(tops[at - 1] if at else -1)
        lowest[at : at + 1] = [place]
        tops[at : at + 1] = [number]
    row: list[_Pair] = []
    number = tops[-1] if tops else -1
    while number >= 0:
        row.append(met[number])
        number = before[number]
    return row[::-1]


def _shortest(old: Sequence[str], new: Sequence[str], span: _Span) -> list[_Pair]:
    """Return the pairs on the shortest way through `span`; none if that is a long one (Myers)."""
    a, b, c, d = span
    wide, high = b - a, d - c
    reached, ways = {1: 0}, list[dict[int, int]]()
    for steps in range(min(wide + high, MOST_STEPS) + 1):
        ways.append(dict(reached))
        for lane in range(-steps, steps + 1, 2):
            x = _step(reached, lane, steps)
            y = x - lane
            while x < wide and 0 <= y < high and old[a + x] == new[c + y]:
                x, y = x + 1, y + 1
            reached[lane] = x
            if x >= wide and y >= high:
                return [(a + i, c + j) for i, j in _way_back(ways, wide, high)]
    return []


def _step(reached: dict[int, int], lane: int, steps: int) -> int:
    """Return where `lane` goes on: down from the lane above, or to the right from that below."""
    down = lane == -steps or (lane != steps and reached[lane - 1] < reached[lane + 1])
    return reached[lane + 1] if down else reached[lane - 1] + 1


def _way_back(ways: Sequence[dict[int, int]], x: int, y: int) -> Iterator[_Pair]:
    for steps in range(len(ways) - 1, -1, -1):
        reached, lane = ways[steps], x - y
        start = _step(reached, lane, steps)
        while x > start:
            x, y = x - 1, y - 1
            yield x, y
        down = lane == -steps or (lane != steps and reached[lane - 1] < reached[lane + 1])
        x, y = (x, y - 1) if down else (x - 1, y)

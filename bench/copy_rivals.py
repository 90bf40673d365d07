"""SimHash (64 bits of 3-grams, 3 of them may differ) and MinHash (128 values, 16 bands of 8)."""

import random
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from zlib import crc32

from bench.copy_texts import shingles

Finder = Callable[[str], bool]


def simhash(stored: Sequence[str]) -> Finder:
    known = [_simhash(text) for text in stored]
    return lambda text: any((one ^ _simhash_of(text)).bit_count() <= 3 for one in known)


_last: dict[str, int] = {}


def _simhash_of(text: str) -> int:
    if text not in _last:
        _last.clear()
        _last[text] = _simhash(text)
    return _last[text]


def _simhash(text: str) -> int:
    votes = [0] * 64
    for shingle in shingles(text):
        digest = int.from_bytes(blake2b(shingle.encode(), digest_size=8).digest(), "big")
        for bit in range(64):
            votes[bit] += 1 if digest >> bit & 1 else -1
    return sum(1 << bit for bit, vote in enumerate(votes) if vote > 0)


def minhash(stored: Sequence[str]) -> Finder:
    chance = random.Random(1)
    factors = [(chance.randrange(1, 2**32), chance.randrange(2**32)) for _ in range(128)]

    def bands(text: str) -> Iterator[tuple[int, ...]]:
        sums = {crc32(shingle.encode()) for shingle in shingles(text)}
        least = [min((a * one + b) % 4_294_967_311 for one in sums) for a, b in factors]
        yield from ((at, *least[at : at + 8]) for at in range(0, 128, 8))

    known = {band for text in stored for band in bands(text)}
    return lambda text: any(band in known for band in bands(text))

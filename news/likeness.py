"""Whose words an article repeats: small sketches find the candidates, their words decide.

A text is taken as the set of its shingles: three words that stand side by side, or four characters
in a script without blanks. Its *sketch* holds a fixed share of them, those whose digest is small
enough: so the sketches of two texts can be intersected, and the smaller of them need not be as
long as the other (containment after Broder, "On the resemblance and containment of documents",
1997; a share instead of a number, and scaled down by halves, after Irber and others, "Lightweight
compositional analysis of metagenomes with FracMinHash and minimum metagenome covers", 2022).

Whether a candidate's words are repeated is decided by the words themselves: how many of each text
stand in shingles of both, and whether figures in the same place are the same. Reports that come
every day share most of their words, and no figure.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from itertools import accumulate
from zlib import crc32

from news.contradicting import Words, figures_met, names_met
from news.newness import AGREED, Headline

LONG_ENOUGH = 50
"""Tokens of a body from which on its words may be another's: captions and briefings repeat."""

MOST = 48
"""Digests of a sketch, about: a longer text keeps every second of its shingles, or fourth, …"""

FEWEST = 3
"""Digests that a candidate must share."""

READ = 5_000
"""So many tokens of a body are sketched and compared: more of them say no more."""

CARRIED, CARRIED_OF_OWN = 0.62, 0.75
"""The part of one text that must stand in the other; the latter within one publisher, whose
articles share their background paragraphs."""

REST, MOST_OF_IT = 0.15, 0.5
"""The part of an article that must be another's where it carries all of that and much more: where
its headline speaks of that, and where it does not."""

MUCH = 0.4
"""The part of a text that is much of it: so much alike are no accounts in words of their own."""

STANDS, NOTHING_OWN = 0.5, 0.9
"""The part of a headline that must stand in an article which is older by a day, or of which much is
not repeated; and the part of a text that makes it a copy under any headline without news."""

SPOKEN_OF, OWN = 0.34, 0.3
"""Of a headline that names nothing: the least of it that stands there, or the most that only the
new text says."""

LATER = timedelta(days=1)

UNREAD = 0.8
"""The part of a sketch that must be shared where the words of a candidate are not kept."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """The digests of a text that fell into its share, ascending; each fits 63 bits."""

    digests: tuple[int, ...]

    @property
    def bound(self) -> int:
        """Return below what its digests lie: all digests that are, halved as often as it was."""
        highest = max(self.digests, default=0)
        return next((bound for bound in reversed(_BOUNDS) if bound > highest), _BOUNDS[0])

    def below(self, bound: int) -> set[int]:
        """Return the digests that a sketch of a smaller share would have."""
        return {digest for digest in self.digests if digest < bound}


NONE = Sketch(())
"""That of a text too short to tell by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What two texts have in common, of the new and of the old one, as parts from 0 to 1.

    `agreed` and `contradicted` count the figures in equal surroundings that are equal, or not;
    `named` and `misnamed` the names, of which those are not equal that the other text lacks. The
    new text has `figures` where the old one has others.
    """

    of_new: float
    of_old: float
    agreed: int = 0
    contradicted: int = 0
    figures: frozenset[str] = frozenset()
    named: int = 0
    misnamed: int = 0

    def is_copy(
        self,
        *,
        same_publisher: bool,
        under: Headline = AGREED,
        apart: timedelta = timedelta(),
    ) -> bool:
        """Tell whether the new text repeats the old one: cut, extended, wrapped or reworded.

        It does not if its headline, which it is `under`, tells news of it.
        """
        if self.tells_news(under, apart):
            return False
        least = CARRIED_OF_OWN if same_publisher else CARRIED
        of_it = REST if under.stands >= STANDS else MOST_OF_IT
        return self.of_new >= least or (self.of_old >= least and self.of_new >= of_it)

    def tells_news(self, under: Headline, apart: timedelta = timedelta()) -> bool:
        """Tell whether the new text speaks of something else, whatever it repeats."""
        if self._contradicts or under.news or not self.figures.isdisjoint(under.figures):
            return True
        return self._is_headed_otherwise(under, apart)

    @property
    def much(self) -> bool:
        """Whether either text is for a good part the other's."""
        return max(self.of_new, self.of_old) >= MUCH

    @property
    def _contradicts(self) -> bool:
        return self.contradicted > self.agreed or self.misnamed > max(self.named / 2, 1)

    def _is_headed_otherwise(self, under: Headline, apart: timedelta) -> bool:
        if self.of_new >= NOTHING_OWN:
            return False
        if apart >= LATER and under.stands < STANDS:
            return True
        return not under.named and (under.stands < SPOKEN_OF or under.own >= OWN)


def words_of(tokens: Sequence[str], names: Collection[str] = ()) -> Words:
    """Return the tokens of a body (news/text.py) as they are compared."""
    tokens = tokens[:READ]
    whole = "".join(tokens)
    if _WITHOUT_BLANKS.search(whole):
        tokens = [unit for token in tokens for unit in _apart(token)]
    by_character = len(whole) < _CHARACTERS_A_WORD * len(tokens)
    return Words(tokens, _CHARACTERS if by_character else _WORDS, frozenset(names))


def sketch_of(tokens: Sequence[str]) -> Sketch:
    """Return the sketch of a body's tokens."""
    if len(tokens) < LONG_ENOUGH:
        return NONE
    found = dict(_checksums(words_of(tokens)))
    bound = _HIGHEST
    while len(found) > MOST:
        bound //= 2
        fewer = {checksum: found[checksum] for checksum in found if checksum < bound}
        if len(fewer) < MOST // 2:
            break  # texts that say few things over and over
        found = fewer
    return Sketch(tuple(sorted(_digest(*kept) for kept in found.items())))


def likely(new: Sketch, others: Mapping[int, Sketch], *, common: set[int]) -> list[int]:
    """Return which of `others` may be repeated, the likeliest first.

    `common` are digests that stand in too many articles to tell anything.
    """
    parts = {name: shared(new, other, common=common) for name, other in others.items()}
    promising = [name for name, part in parts.items() if part >= _PROMISING]
    return sorted(promising, key=lambda name: (-parts[name], name))


def shared(new: Sketch, other: Sketch, *, common: set[int]) -> float:
    """Return which part of the smaller of two sketches is in the other, 0 where too few tell."""
    bound = min(new.bound, other.bound)
    ours, theirs = new.below(bound) - common, other.below(bound) - common
    both = len(ours & theirs)
    return both / min(len(ours), len(theirs)) if both >= FEWEST else 0.0


def compared(new: Words, old: Words) -> Carried:
    """Compare two texts by their words."""
    span = new.span
    ours, theirs = _shingles(new.units, span), _shingles(old.units, span)
    common = set(ours).intersection(theirs)
    agreed, other = figures_met(new, old)
    named, misnamed = names_met(new, old)
    return Carried(
        of_new=_covered(ours, common, span),
        of_old=_covered(theirs, common, span),
        agreed=agreed,
        contradicted=len(other),
        figures=frozenset().union(*other),
        named=named,
        misnamed=misnamed,
    )


_WORDS, _CHARACTERS = 3, 4
_CHARACTERS_A_WORD = 2
"""Characters of a token, on average, below which a text is compared by characters."""

_WITHOUT_BLANKS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Thai, Lao, Burmese, Khmer: a token of theirs is a phrase. Of Chinese, Japanese and Korean each
character is a token already."""

_PROMISING = 0.2
_HIGHEST = 2**32
_BOUNDS = tuple(2**63 >> times for times in range(33))


def _apart(token: str) -> Sequence[str]:
    return token if _WITHOUT_BLANKS.search(token) else (token,)


def _checksums(words: Words) -> Iterator[tuple[int, bytes]]:
    """Yield each shingle, as bytes, after its checksum."""
    text = (" ".join(words.units) + " ").encode("utf-32-le", "surrogatepass")
    starts = [0, *accumulate(4 * len(unit) + 4 for unit in words.units)]
    for first, end in zip(starts, starts[words.span :], strict=False):
        shingle = text[first:end]
        yield crc32(shingle), shingle


def _digest(checksum: int, shingle: bytes) -> int:
    """Return 63 bits that begin with the checksum: only what is kept pays for the rest of them."""
    rest = int.from_bytes(blake2b(shingle, digest_size=4).digest(), "big")
    return checksum << 31 | rest >> 1


def _shingles(units: Sequence[str], span: int) -> list[tuple[str, ...]]:
    return list(zip(*(units[at:] for at in range(span)), strict=False))


def _covered(shingles: Sequence[tuple[str, ...]], common: set[tuple[str, ...]], span: int) -> float:
    """Return which part of the units stands in a common shingle."""
    if not shingles:
        return 0.0
    here = [shingle in common for shingle in shingles]
    # How many common shingles begin before each place: a unit is covered if one of those that
    # begin at it or up to `span` - 1 before it is common.
    begun = [0] * span + list(accumulate(here))
    begun += [begun[-1]] * (span - 1)
    covered = sum(one < other for one, other in zip(begun, begun[span:], strict=False))
    return covered / (len(shingles) + span - 1)

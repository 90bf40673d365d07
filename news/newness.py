"""Whether what repeats another's words tells news of its own: what its headline says decides.

A warning for the next county, the next release of a firm, another fire told in the same formulas:
most words are the same, and what is not is the news. A copy may bear any headline, even one that
shares no word with the original; but where the headline names something that the text itself tells
and the original nowhere does, the text is no copy, however much it repeats.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from news.figure_words import said_in
from news.fold import is_single
from news.gist_rarity import SHIPPED
from news.gist_words import names_in, terms_of, words_in
from news.text import tokens

_TELLING = 3.0
"""How rare a word is that says something; what is commoner is grammar."""
_NAME = 6.0
"""How rare a name is; in German other nouns have capitals, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A title and a body as they are compared, the latter with its tokens."""

    title: str
    body: str
    tokens: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """How a headline stands to the article that its text repeats, as parts of what it says.

    `stands` is what that one tells, too; `own` what only the new text tells; `news` says that names
    or figures are among the latter, `named` that they are among the former. `figures` are
    those it names.
    """

    stands: float = 1.0
    own: float = 0.0
    news: bool = False
    named: bool = True
    figures: frozenset[str] = frozenset()


AGREED = Headline()
"""That of a text without one."""


def headline(new: Piece, old: Piece, language: str) -> Headline:
    """Hold the title of `new` against both texts."""
    words = tokens(new.title)
    told = _Told.of(new.body, new.tokens)
    before = _Told.of(f"{old.title}\n{old.body}", [*tokens(old.title), *old.tokens])
    names = {*names_in(new.body)}
    whole = stands = own = 0.0
    figures = told.figures.intersection(_figures(words))
    news = not figures <= before.figures
    named = not before.figures.isdisjoint(figures)
    for unit in {*_units(words_in(new.title, words))}:
        rare = max(SHIPPED.of(language, term) for term in unit)
        if rare < _TELLING:
            rare = 0.0
        is_name = rare >= _NAME and not names.isdisjoint(unit)
        if before.tell(unit):
            stands += rare
            named |= is_name
        elif told.tell(unit):
            own += rare
            news |= is_name
        whole += rare
    if not whole:
        return Headline(news=news, figures=figures)
    stands, own = stands / whole, own / whole
    return Headline(stands=stands, own=own, news=news, named=named, figures=figures)


@dataclass(frozen=True, slots=True)
class _Told:
    terms: Collection[int]
    figures: frozenset[str]

    @staticmethod
    def of(text: str, found: Sequence[str]) -> "_Told":
        terms = {term for unit in _units(words_in(text, found)) for term in unit}
        return _Told(terms, frozenset(_figures(found)))

    def tell(self, unit: Iterable[int]) -> bool:
        return any(term in self.terms for term in unit)


def _figures(words: Sequence[str]) -> set[str]:
    return {*(word for word in words if word[0].isdigit()), *said_in(words)}


def _units(words: Iterable[str]) -> Iterator[tuple[int, ...]]:
    """Yield the terms of each word that has any, and each pair of characters without blanks."""
    for single, run in groupby(words, key=lambda word: len(word) == 1 and is_single(word)):
        for one in ((term,) for term in terms_of(run)) if single else map(_of_one, run):
            if one:
                yield one


def _of_one(word: str) -> tuple[int, ...]:
    return tuple(terms_of((word,)))

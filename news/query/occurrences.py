"""Where a leaf of a query stands in one field of an analyzed article."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from news.match import FieldName
from news.query.tree import Leaf, Part, Phrase, Prefix, Word
from news.text import Analyzed


def occurrences(leaf: Leaf, article: Analyzed, field: FieldName) -> Iterator[int]:
    """Yield the positions of the tokens at which `leaf` begins in `field`, ascending."""
    match leaf:
        case Word(token):
            yield from places_in(article, field).get(token, ())
        case Prefix(stem):
            places = places_in(article, field)
            words = [word for word in with_stem(article, stem) if word in places]
            yield from sorted(position for word in words for position in places[word])
        case Phrase(parts):
            yield from _rows(parts, article, field)
        case _:
            assert_never(leaf)


def places_in(article: Analyzed, field: FieldName) -> Mapping[str, Sequence[int]]:
    """Return each token of `field` with its positions."""
    return article.in_title if field == "title" else article.in_body


def tokens_in(article: Analyzed, field: FieldName) -> Sequence[str]:
    """Return the tokens of `field`."""
    return article.title if field == "title" else article.body


def with_stem(article: Analyzed, stem: str) -> Iterator[str]:
    """Yield the words of `article` that begin with `stem`."""
    ordered = article.ordered
    for at in range(bisect_left(ordered, stem), len(ordered)):
        if not ordered[at].startswith(stem):
            return
        yield ordered[at]


def _rows(parts: Sequence[Part], article: Analyzed, field: FieldName) -> Iterator[int]:
    """Yield where all `parts` stand in a row, tried at the places of the rarest one."""
    places, tokens = places_in(article, field), tokens_in(article, field)
    words = [(offset, part.token) for offset, part in enumerate(parts) if isinstance(part, Word)]
    if any(token not in places for _, token in words):
        return
    if words:
        offset, rarest = min(words, key=lambda word: len(places[word[1]]))
        tried: Sequence[int] = [position - offset for position in places[rarest]]
    else:
        tried = list(occurrences(parts[0], article, field))
    for start in tried:
        row = tokens[start : start + len(parts)] if start >= 0 else ()
        if len(row) == len(parts) and all(map(_fits, parts, row)):
            yield start


def _fits(part: Part, token: str) -> bool:
    return token == part.token if isinstance(part, Word) else token.startswith(part.stem)

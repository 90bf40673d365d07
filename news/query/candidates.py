"""Which parts of a long list of spellings may stand in an article: those whose first word does.

A list of ten thousand names is asked for the few that begin with a word which is there.
"""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from news.query.tree import AliasSet, Node, Or, Phrase, Word
from news.text import Analyzed

Made = TypeVar("Made")


class Candidates(Generic[Made]):
    """What was made of each part of an alias, found by the part's first word."""

    def __init__(self, alias: AliasSet, make: Callable[[Node], Made]) -> None:
        self._by_first: dict[str, list[Made]] = {}
        self._always: list[Made] = []
        parts = alias.part.parts if isinstance(alias.part, Or) else (alias.part,)
        for part in parts:
            first = _first_word(part)
            place = self._always if first is None else self._by_first.setdefault(first, [])
            place.append(make(part))

    def within(self, article: Analyzed) -> Iterator[Made]:
        """Yield what was made of the parts that may stand in `article`."""
        for word in self._by_first.keys() & article.words:
            yield from self._by_first[word]
        yield from self._always


def _first_word(part: Node) -> str | None:
    """Return the word without which `part` is not there, if it begins with one."""
    match part:
        case Word(token) | Phrase((Word(token), *_)):
            return token
        case _:
            return None

"""Alias sets in queries: `@name` stands for every spelling of one name.

A term of an alias is one phrase, whether in quotes or not; what is an operator elsewhere is refused
there, lest it be read as a word in silence.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import TypeAlias

from news.query.fault import Fault, mended
from news.query.lexer import Field, Lexeme, Named, Operand, Sign, lexemes, quoted_part
from news.query.refused import FIELDS, unbuilt_in_phrase
from news.query.terms import leaf
from news.query.tree import AliasSet, Leaf, any_of

Aliases: TypeAlias = Mapping[str, Sequence[str]]
"""The terms of each alias by its name."""


def resolved(
    text: str, found: Iterable[Lexeme], aliases: Aliases
) -> list[Sign | Field | Operand] | Fault:
    """Put what they stand for in place of the alias sets that a query names."""
    lexemes: list[Sign | Field | Operand] = []
    known: dict[str, AliasSet | str] = {}
    for lexeme in found:
        if not isinstance(lexeme, Named):
            lexemes.append(lexeme)
            continue
        if lexeme.name not in aliases:
            return _unknown(text, lexeme, aliases)
        if lexeme.name not in known:
            known[lexeme.name] = _alias_set(lexeme.name, tuple(aliases[lexeme.name]))
        stands_for = known[lexeme.name]
        if isinstance(stands_for, str):
            return Fault(lexeme.start, lexeme.end - lexeme.start, stands_for)
        lexemes.append(Operand(stands_for, lexeme.start, lexeme.end))
    return lexemes


def names_in(text: str) -> frozenset[str]:
    """Return the names of the aliases that a query calls; none of a text that is no query."""
    found = lexemes(text)
    if isinstance(found, Fault):
        return frozenset()
    return frozenset(lexeme.name for lexeme in found if isinstance(lexeme, Named))


def alias_term(text: str) -> Leaf | Fault:
    """Read one term of an alias; a fault points into `text`."""
    start, end = quoted_part(text) or (0, len(text))
    if (start, end) == (0, len(text)):
        for pattern, words in _NO_PHRASE:
            if found := pattern.search(text):
                return Fault(found.start(1), found.end(1) - found.start(1), words)
    if fault := unbuilt_in_phrase(text, start, end):
        return fault
    found_leaf = leaf(text, start, end)
    if found_leaf is None:
        return Fault(0, max(1, len(text)), "there is no letter or digit to look for")
    return found_leaf


_BUILT = "; a term of an alias is one phrase, with * at the end of words"
_MEANT = "; in quotes it is a word"
_NO_PHRASE = [
    (re.compile(pattern), words)
    for pattern, words in (
        (r"(?<!\S)(AND|OR|NOT|O?NEAR(?:/\d+)?)(?!\S)", f"an operator has no place here{_MEANT}"),
        (r"([|｜])", f"write each spelling as a term of its own{_BUILT}"),
        (r"^\s*([-!！])", f"a term says what to find, never what not to{_BUILT}"),
        (r"^\s*([@＠])", f"an alias holds no other alias{_BUILT}"),
        (r"^\s*(=)", f"= (these very characters) is not built yet{_BUILT}"),
        (r"\w(~\d*)(?!\S)", f"~ (other spellings) is not built yet{_BUILT}"),
        (r"^\s*(/.*/\w*)\s*$", f"a regular expression has no place here{_BUILT}"),
        (
            rf"(?i:^\s*((?:title|{FIELDS}):)(?=\S))",
            f"a field has no place here: write it before the alias, title:@name{_BUILT}",
        ),
    )
]


def _unknown(text: str, named: Named, aliases: Aliases) -> Fault:
    length = named.end - named.start
    by_folded = {name.casefold(): name for name in sorted(aliases)}
    typed = named.name.casefold()
    begun = [name for name in by_folded if len(typed) >= _TELLING and name.startswith(typed)]
    if close := begun or get_close_matches(typed, by_folded, n=1):
        meant = f"@{by_folded[close[0]]}"
        repair = mended(text, named.start, named.end, meant)
        message = f"there is no alias set @{named.name}, but {meant}"
        return Fault(named.start, length, message, repair)
    known = ", ".join(f"@{name}" for name in sorted(aliases))
    if not known:
        choice = "; none is there yet: an [[alias]] in wirewatch.toml makes one"
    else:
        choice = f"; there is {known}" if len(known) <= _SHORT else ""
    return Fault(named.start, length, f"there is no alias set @{named.name}{choice}")


_TELLING = 2
"""Letters of the beginning of a name by which it is known."""
_SHORT = 200
"""Code points of a choice that is shown whole."""


@lru_cache(maxsize=1_000)
def _alias_set(name: str, terms: tuple[str, ...]) -> AliasSet | str:
    """Return what an alias stands for, or why it cannot be read."""
    leaves: list[Leaf] = []
    for term in terms:
        read = alias_term(term)
        if isinstance(read, Fault):
            return f"a term of @{name} cannot be read, {term!r}: {read.message}"
        leaves.append(read)
    if not leaves:
        return f"@{name} has no terms"
    return AliasSet(name, any_of(dict.fromkeys(leaves)))

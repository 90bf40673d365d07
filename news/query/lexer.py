"""A query cut into lexemes: signs, field names and operands; or the first fault in it."""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from news.alias import canonical_name
from news.match import FieldName
from news.query.fault import Fault, mended
from news.query.refused import refusal, unbuilt_in_phrase
from news.query.terms import leaf
from news.query.tree import AliasSet, Leaf

SignName: TypeAlias = Literal["(", ")", "AND", "OR", "NOT"]


@dataclass(frozen=True, slots=True)
class Sign:
    """A parenthesis or an operator, however it was written, at `start` to `end` of the query."""

    name: SignName
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """The name of a field and its colon; what it applies to follows without a blank."""

    field: FieldName
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Operand:
    """A term, prefix or phrase; once the query is read, an alias set as well."""

    leaf: Leaf | AliasSet
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """An alias set by its name; what that stands for is looked up by news/query/aliases.py."""

    name: str
    start: int
    end: int


Lexeme: TypeAlias = Sign | Field | Operand | Named


def lexemes(text: str) -> list[Lexeme] | Fault:
    """Cut all of `text`, or tell its first fault."""
    found: list[Lexeme] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        lexeme = _lexeme(text, at)
        if isinstance(lexeme, Fault):
            return lexeme
        found.append(lexeme)
        at = lexeme.end
    return found


def is_typographic(text: str, lexeme: Lexeme) -> bool:
    """Tell whether `lexeme` was written with quotes or a dash that a word processor put there."""
    first = text[lexeme.start]
    return first in _DASHES or (first != '"' and (first in _CLOSERS or first in "‘‚"))


def quoted_part(text: str) -> tuple[int, int] | None:
    """Return where that stands which quotes around all of `text` enclose, if there are any."""
    inner = text.strip()
    if len(inner) > 1 and inner[0] in _CLOSERS and inner[-1] in _CLOSERS[inner[0]]:
        start = text.index(inner[0])
        return start + 1, start + len(inner) - 1
    return None


_SIGNS: dict[str, SignName] = {"(": "(", ")": ")", "（": "(", "）": ")", "|": "OR", "｜": "OR"}
_JOINTS: dict[str, SignName] = {"AND": "AND", "OR": "OR", "NOT": "NOT"}
_DASHES = "−–—‐‑‒﹣－"
_NEGATIONS = "-!！" + _DASHES

_CALLS = "@＠"

_DOUBLE = '"“”„‟＂'
_CLOSERS = {
    **dict.fromkeys(_DOUBLE, _DOUBLE),
    **dict.fromkeys("«»", "«»"),
    **dict.fromkeys("‹›", "‹›"),
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
}
_ENDS_WORD = "".join(_CLOSERS) + "".join(_SIGNS)
_WORD = re.compile(rf"[^\s{re.escape(_ENDS_WORD)}]+")
_SINGLE_QUOTED = re.compile(r"[‘‚](\S.*?)[’‘](?=[\s()（）|]|$)")  # else it is an apostrophe
_FIELD = re.compile(r"(?i:title):")


def _lexeme(text: str, at: int) -> Lexeme | Fault:
    first = text[at]
    if text.startswith("||", at):
        return Fault(at, 2, "write | or OR", mended(text, at, at + 2, "OR"))
    if first in _SIGNS:
        return Sign(_SIGNS[first], at, at + 1)
    if first in _CLOSERS:
        return _quoted(text, at)
    if first in "‘‚" and (found := _SINGLE_QUOTED.match(text, at)):
        return _phrase(text, found.span(1), found.span())
    if first in _NEGATIONS:
        return _negation(text, at)
    if first in _CALLS:
        return _called(text, at)
    return _word(text, at)


def _quoted(text: str, at: int) -> Operand | Fault:
    closers = _CLOSERS[text[at]]
    end = next((n for n in range(at + 1, len(text)) if text[n] in closers), None)
    if end is None:
        message = f"quote opened at column {at + 1} is never closed"
        return Fault(at, 1, message, text + closers[0])
    return _phrase(text, (at + 1, end), (at, end + 1))


def _phrase(text: str, inner: tuple[int, int], outer: tuple[int, int]) -> Operand | Fault:
    start, end = inner
    if fault := unbuilt_in_phrase(text, start, end):
        return fault
    found = leaf(text, start, end)
    if found is None:
        empty = "nothing stands between the quotes"
        signs = "nothing between the quotes is a letter or digit"
        message = signs if text[start:end].strip() else empty
        return Fault(outer[0], outer[1] - outer[0], message, mended(text, *outer))
    return found if isinstance(found, Fault) else Operand(found, *outer)


def _negation(text: str, at: int) -> Sign | Fault:
    following = text[at + 1 : at + 2]
    if not following or following.isspace() or following in ")）|｜":
        message = f"{text[at]} stands alone; it belongs directly before a word"
        return Fault(at, 1, message, mended(text, at, at + 1))
    if at and (text[at - 1] in _ENDS_WORD) and text[at - 1] not in "(（|｜":
        message = f"a blank is missing before {text[at]}"
        return Fault(at, 1, message, mended(text, at, at, " "))
    return Sign("NOT", at, at + 1)


def _called(text: str, at: int) -> Named | Fault:
    found = _WORD.match(text, at + 1)
    end = found.end() if found else at + 1
    if name := canonical_name(text[at + 1 : end]):
        return Named(name, at, end)
    if found:
        message = (
            "the name of an alias set has letters, digits, -, _ and . alone, like @kim-jong-un"
        )
        return Fault(at, end - at, message)
    message = "the name of an alias set follows @ directly, without quotes: @kim-jong-un"
    return Fault(at, 1, message, mended(text, at, at + 1))


def _word(text: str, at: int) -> Lexeme | Fault:
    found = _WORD.match(text, at)
    end = found.end() if found else at + 1
    typed = text[at:end]
    if typed in _JOINTS:
        return Sign(_JOINTS[typed], at, end)
    if name := _FIELD.match(text, at):
        return _field(text, at, name.end())
    if fault := refusal(text, at, end):
        return fault
    term = leaf(text, at, end)
    if term is None:
        message = f"{typed} has no letter or digit to look for"
        return Fault(at, end - at, message, mended(text, at, end))
    return term if isinstance(term, Fault) else Operand(term, at, end)


def _field(text: str, at: int, end: int) -> Field | Fault:
    following = text[end : end + 1]
    if not following or following.isspace():
        message = "nothing follows title: directly"
        repair = text[:end] + text[end:].lstrip() if text[end:].strip() else None
        return Fault(at, end - at, message, repair)
    return Field("title", at, end)

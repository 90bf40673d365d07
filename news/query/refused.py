"""Words of a query that look like operators, but are not ours or not built yet.

They are refused by name, so that no query is silently read as something else.
"""

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches

from news.query.fault import Fault, mended

BUILT = "version 0.2 has words, phrases, soldier*, title:, @names, AND, OR, NOT and parentheses"


def refusal(text: str, start: int, end: int) -> Fault | None:
    """Refuse the word `text[start:end]` if it looks like an operator that we do not have."""
    for refused in _FUNCTIONS if text[end : end + 1] == "(" else ():
        if found := refused.pattern.fullmatch(text, start, end):
            return _fault(text, found, refused)
    for refused in _WORDS:
        if found := refused.pattern.fullmatch(text, start, end):
            return _fault(text, found, refused)
    if (found := _UNKNOWN.pattern.match(text, start)) and found.end(1) <= end:
        meant = get_close_matches(found[1].lower(), ["title:"], cutoff=_ALIKE)
        return _fault(text, found, replace(_UNKNOWN, instead=meant[0]) if meant else _UNKNOWN)
    return None


def unbuilt_in_phrase(text: str, start: int, end: int) -> Fault | None:
    """Refuse the one sign that means something inside quotes, but is not built yet."""
    found = _LETTER.pattern.fullmatch(text, start, end)
    return _fault(text, found, _LETTER) if found else None


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Refuses a word that `pattern` matches; its group is what the caret marks.

    `instead` replaces the marked part in the proposed repair, if there is one.
    """

    pattern: re.Pattern[str]
    message: str
    instead: str | None = None


def _unbuilt(pattern: str, name: str, instead: str | None = None) -> _Refusal:
    return _Refusal(re.compile(pattern), f"{name} is not built yet; {BUILT}", instead)


def _foreign(pattern: str, message: str, instead: str | None = None) -> _Refusal:
    return _Refusal(re.compile(pattern), message, instead)


FIELDS = (
    "lead|body|author|url|site|source|publisher|lang|country|tag|watch"
    "|after|before|when|date|published"
)
_LETTER = _unbuilt(r"[^?]*(\?)[\s\S]*", "? (any one letter)")

_FUNCTIONS = (
    _unbuilt(r"(atleast\d*)", "atleast"),
    _unbuilt(r"(first\d*)", "first"),
)

_WORDS = (
    _unbuilt(r"(NEAR(?:/.*)?)", "NEAR", "AND"),
    _unbuilt(r"(ONEAR(?:/.*)?)", "ONEAR", "AND"),
    _unbuilt(r"(=).*", "= (these very characters)", ""),
    _unbuilt(r"(/.*)", "/…/ (a regular expression)"),
    _unbuilt(rf"((?i:{FIELDS}):).*", "{}"),
    _unbuilt(r"[^~]*(~\d*).*", "~ (other spellings)", ""),
    _LETTER,
    _foreign(r"(&&?)", "write AND", "AND"),
    _foreign(r"(\+)\D.*", "all words are required, so there is no +", ""),
    _foreign(r"(?i:((?:w|n|pre|adj|o?near)/\d+))", f"write NEAR/5, once it is built; {BUILT}"),
    _foreign(r"(?i:((?:all)?in_?title|headline|ti):).*", "the field is title:", "title"),
    _foreign(r".*(\^\d+(?:\.\d+)?)", "words have no weights, so there is no ^", ""),
    _foreign(r"[^\[\]{}]*([\[\]{}]).*", "groups take round parentheses"),
)

_ALIKE = 0.8
_UNKNOWN = _foreign(
    r"(?!(?i:title:))([^\W\d_]+:)(?!//|\s|$)",
    "there is no field {}; put it in quotes if you mean the word",
)


def _fault(text: str, found: re.Match[str], refused: _Refusal) -> Fault:
    first, last = found.span(1)
    repair = None if refused.instead is None else mended(text, first, last, refused.instead)
    return Fault(first, last - first, refused.message.format(found[1]), repair)

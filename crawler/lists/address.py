"""What an address tells of what stands there: its shape, and whether articles have such ones.

A shape is what the addresses of one newsroom's articles share: dates, numbers, slugs and names
are put for their kinds, so `/world/2026/nov/23/some-words` is `/w/<year>/<month>/<day>/<slug>`.
"""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from crawler.lists.words import FILES, LISTS, MEDIA, MONTHS, PAGING, THINGS

_YEAR = r"(?:19|20)\d\d"
_DAY = re.compile(
    rf"(?<!\d){_YEAR}[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])(?!\d{{1,2}}(?!\d))"
)
_EXTENSION = re.compile(r"\.([a-zA-Z][a-zA-Z0-9]{1,5})$")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_JOINS = re.compile(r"[-_+ ,]")
_HEX = re.compile(r"[0-9a-f]{12,}")
_SLUG_WORDS = 3
_LONG_ID = 5
_LONG_NAME = 8
_MOST_KEY = 20
_MOST_SEGMENTS = 10
_MOST_SHAPE = 120
"""A shape is remembered, so a stranger's address must not make it long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What is read from one address; `points` are for being an article's, below 0 against.

    `elsewhere` tells that a word in it names a list, a person, a service, or a thing to watch.
    """

    shape: str
    points: float
    elsewhere: bool = False
    is_file: bool = False


def address_of(url: str) -> Address:
    """Read an absolute address."""
    parts = urlsplit(url)
    segments = [unquote(one) for one in parts.path.split("/") if one]
    last = segments[-1] if segments else ""
    extension = _EXTENSION.search(last)
    ending = extension[1].lower() if extension else ""
    kinds = kinds_of(segments)
    asked = parse_qsl(parts.query, keep_blank_values=True)[:20]
    against = _list_points(segments, kinds)
    return Address(
        shape=_shape(kinds, ending, asked),
        points=_points(parts, segments, kinds, asked) - against,
        elsewhere=against > 0,
        is_file=ending in FILES,
    )


def kinds_of(segments: list[str]) -> list[str]:
    """Return the kind of each segment: a date's part, a number, a slug, an opaque name, a word."""
    before = ""
    kinds = []
    for place, segment in enumerate(segments):
        bare = segment
        if place == len(segments) - 1:
            bare = _EXTENSION.sub("", segment)
        before = _kind(bare, before)
        kinds.append(before)
    return kinds


def tokens_of(segment: str) -> list[str]:
    """Return the words of a segment, in lower case and without its ending."""
    return [word.lower() for word in _CAMEL.findall(_EXTENSION.sub("", segment))]


def _kind(bare: str, before: str) -> str:
    if bare.isdigit():
        return _number(bare, before)
    if before == "year" and bare.lower()[:3] in MONTHS:
        return "month"
    words = _WORDS.findall(bare)
    letters = [word for word in words if not word.isdigit()]
    if _is_slug(bare, letters, len(words)):
        return "slug"
    if _DAY.search(bare):
        return "dated"
    if any(len(word) >= _LONG_ID for word in words if word.isdigit()) or _is_opaque(bare):
        return "name"
    if any(word.isdigit() for word in words):
        return "odd"
    return "word"


def _number(bare: str, before: str) -> str:
    if re.fullmatch(_YEAR, bare):
        return "year"
    if before == "year":
        return "day" if len(bare) == len("1123") else "month"
    if before == "month" and len(bare) <= len("23"):
        return "day"
    if re.fullmatch(rf"{_YEAR}\d{{4,}}", bare):
        return "dated"
    return "number" if len(bare) >= _LONG_ID else "digits"


def _is_slug(bare: str, letters: list[str], count: int) -> bool:
    if not bare.isascii():
        return bool(_JOINS.search(bare)) and len(letters) > 1 and len(bare) >= _LONG_NAME
    return bool(_JOINS.search(bare)) and len(letters) > 1 and count >= _SLUG_WORDS


def _is_opaque(bare: str) -> bool:
    if _HEX.fullmatch(bare):
        return True
    digits = sum(character.isdigit() for character in bare)
    return len(bare) >= _LONG_NAME and digits > 1 and bare.isascii() and "-" not in bare


def _shape(kinds: list[str], ending: str, asked: list[tuple[str, str]]) -> str:
    keys = "&".join(sorted(key[:_MOST_KEY] for key, value in asked if value))
    path = "/".join(kinds[:_MOST_SEGMENTS])
    return f"/{path}{'.' + ending if ending else ''}{'?' + keys if keys else ''}"[:_MOST_SHAPE]


_BY_KIND = {"slug": 1.5, "dated": 3.0, "name": 1.5, "number": 2.0, "odd": 0.5, "digits": 1.0}


def _points(
    parts: SplitResult, segments: list[str], kinds: list[str], asked: list[tuple[str, str]]
) -> float:
    points = 3.0 if {"month", "day"} & set(kinds) else 0.0
    telling = kinds[-1] if kinds else ""
    if segments and tokens_of(segments[-1])[-1:] == ["index"] and len(kinds) > 1:
        telling, points = "", points - 1.0
    points += max([_BY_KIND.get(telling, 0.0), *(_slug_points(one) for one in segments[-1:])])
    if len(kinds) > 1 and kinds[-2] in {"number", "dated", "name", "digits"}:
        points += 1.0
    points += _asked_points(asked)
    if points <= 0 and not parts.query:
        points -= 2.0 if len(segments) <= 2 else 1.0  # noqa: PLR2004 - a section, or the front page
    if _only_a_month(kinds):
        points -= 5.0
    return points


def _slug_points(segment: str) -> float:
    """More words are more likely a headline's."""
    words = [word for word in _WORDS.findall(segment) if not word.isdigit()]
    if not _JOINS.search(segment):
        return 0.0
    return min(len(words), 8) * 0.4 if len(words) >= _SLUG_WORDS else 0.0


def _asked_points(asked: list[tuple[str, str]]) -> float:
    """Read the query: an article's number, or the turning of pages."""
    points = 0.0
    for key, value in asked:
        name = key.lower().rpartition("[")[0] or key.lower()
        if name in PAGING:
            points -= 3.0
        elif value.isdigit() and (name in THINGS or len(value) >= _LONG_ID):
            points += 2.0 if len(value) >= _LONG_ID else 1.5
    return points


def _list_points(segments: list[str], kinds: list[str]) -> float:
    """Weigh words that name lists, people and services in a path."""
    for segment, kind in zip(segments, kinds, strict=True):
        tokens = tokens_of(segment)
        ends = {*tokens[:1], *tokens[-1:]} if kind != "slug" else set()
        if ends & MEDIA:
            return 6.0
        if ends & LISTS:
            return 4.0
    return 0.0


def _only_a_month(kinds: list[str]) -> bool:
    """Tell an archive's own shelves: a year, or a year and a month or day, and nothing behind."""
    return bool(kinds) and kinds[-1] in {"year", "month", "day"}

"""Dates as people read them: days, months in words, clocks and zones in many languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from crawler.extract.date_months import in_one_word, month_of
from crawler.extract.date_zones import zone_of

LONGEST = 400
"""Only this many characters of a text are searched."""

_YEAR = r"(?P<y>(?:19|2[05])\d\d)"
_SHORT_YEAR = r"(?P<y>(?:19|2[05])\d\d|['’]?\d\d(?![\d:.]))"
_WORD = r"(?P<word>[^\W\d_][^\s\d,/:;()|<>\"«»-]{1,14}?)"
_ORDINAL = r"(?:st|nd|rd|th|er|re|ère|º|ª|°|-?го|-?а|-?e)?"
_OF = r"(?:\s?(?:de|del|d'|d’|of|ημέρα|tháng)\s?)?"
_SHAPES = (
    re.compile(rf"(?<!\d){_YEAR}\s?([-./])\s?(?P<m>\d\d?)\s?\2\s?(?P<d>\d\d?)(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<m>\d\d?)\s?[月월]\s?(?P<d>\d\d?)\s?[日일]?"),
    re.compile(
        r"(?P<era>令和|平成)\s?(?P<y>\d\d?|元)\s?年\s?(?P<m>\d\d?)\s?月\s?(?P<d>\d\d?)\s?日"
    ),
    re.compile(
        r"(?P<era>주체)\s?(?P<y>\d{2,3})(?:\s?\(\d{4}\))?\s?[.년]\s?(?P<m>\d\d?)\s?[.월]\s?(?P<d>\d\d?)"
    ),
    re.compile(rf"(?<!\d){_YEAR}\s(?P<m>\d\d)\s?[./]\s?(?P<d>\d\d)(?=\s\d\d:\d\d)"),
    re.compile(rf"(?<![\d.,:])(?P<a>\d\d?)\s?([-./])\s?(?P<b>\d\d?)\s?\2\s?{_SHORT_YEAR}(?![\d])"),
    re.compile(
        rf"(?<![\d.,:])(?P<d>\d\d?){_ORDINAL}[\s.,/-]{{0,3}}{_OF}{_WORD}\.?[\s.,/-]{{0,3}}"
        rf"(?:de|del|of|năm|พ\.ศ\.)?\s?{_SHORT_YEAR}(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w){_WORD}[\s.-]{{1,3}}(?P<d>\d\d?){_ORDINAL},?[\s-]{{1,3}}{_YEAR}(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\d.,:])(?P<d>\d\d?)\s?tháng\s?(?P<m>\d\d?),?\s?(?:năm)?\s?{_YEAR}", re.IGNORECASE
    ),
    re.compile(rf"(?<!\d){_YEAR}[\s.,-]{{1,3}}{_WORD}\.?[\s-]{{1,2}}(?P<d>\d\d?)(?!\d)"),
    re.compile(  # Tue Aug 25 00:23:33 UTC 2020
        rf"(?<!\w){_WORD}\s(?P<d>\d\d?)\s(?=\d\d:\d\d)[\d:]{{5,8}}\s[A-Z+\d:]{{0,6}}\s?{_YEAR}"
    ),
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_HALF = r"(?P<half>[ap]\.?\s?m\.?(?!\w)|上午|下午|午前|午後|오전|오후|صباح\w*|مساء\w*|[صم](?!\w))"
_CLOCK = re.compile(
    rf"(?:{_HALF.replace('half', 'before')}\s?)?(?<![\d.:])(?P<h>[012]?\d)"
    rf"(?:\s?(?:[:.]|h|ч|時|时|點|시|uhr)\s?(?P<min>[0-5]\d)(?!\d)(?:\s?[:.분分]?(?P<s>[0-5]?\d))?[분分]?"
    rf"(?:[.,]\d{{1,9}})?(?:\s?{_HALF})?|\s?{_HALF.replace('half', 'alone')}|\s?(?:uhr|h)(?!\w))",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\s{0,2}(?:uhr|hrs?|h)?\s?\(?((?:gmt|utc)\s?[+\u2212-]\s?\d\d?:?(?:\d\d)?(?!\d)"
    r"|[+\u2212-]\d\d:?\d\d(?!\d)|[^\W\d_]{1,5}(?!\w))",
    re.IGNORECASE,
)
_TWELVE = re.compile(r",?\s{1,3}(?:at\s)?\d\d?:\d\d(?::\d\d)?\s?[AP]\.?M\b", re.IGNORECASE)
_AFTER = 45
_GAP = 24
_LONG_DAY = 20
_BEFORE = 22
_PM = re.compile(r"p|下午|午後|오후|مس|م")
_MIDDAY = 12
_ERAS = {"令和": 2018, "平成": 1988, "주체": 1911}
_BUDDHIST = 543
_CENTURY = 100
_HOURS = 24
_YEAR_FIRST = ("ko", "ja", "zh")
_FULL_YEAR = 4
_FIRST_BUDDHIST = 2500


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a page writes: its language, and whether 11/01/2026 is in November on it.

    `tag` is the language as declared, maybe with a country. Where the page is `unsure`, for it
    tells neither language nor country, a clock of twelve hours beside the day tells American.
    """

    language: str = ""
    month_first: bool = False
    tag: str = ""
    unsure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A moment as it stands in a text: on the wall of its publisher where it has no zone.

    `exact` tells that it has a time of day. `start` and `end` are its place in the text.
    """

    when: datetime
    exact: bool
    start: int = 0
    end: int = 0


def told_in(text: str, dialect: Dialect) -> Iterator[Told]:
    """Yield the moments in `text`, from left to right."""
    text = in_one_word(text[:LONGEST]).translate(_DIGITS)
    found: list[Told] = []
    for shape in _SHAPES:
        for match in shape.finditer(text):
            day = _day(match, dialect)
            if day and all(match.end() <= one.start or match.start() >= one.end for one in found):
                found.append(_with_clock(day, text, match.start(), match.end()))
    yield from sorted(found, key=lambda one: one.start)


def _day(match: re.Match[str], dialect: Dialect) -> datetime | None:
    parts = match.groupdict()
    if "a" in parts and len(parts["y"]) < _FULL_YEAR and dialect.language in _YEAR_FIRST:
        parts = {"y": parts["a"], "m": parts["b"], "d": parts["y"]}  # 26.11.24
    month, day = _month_and_day(parts, match, dialect)
    year = _year(parts)
    try:
        return datetime(year, month, day)  # noqa: DTZ001 its zone is found later
    except ValueError:
        return None


def _month_and_day(
    parts: dict[str, str], match: re.Match[str], dialect: Dialect
) -> tuple[int, int]:
    if parts.get("word"):
        return month_of(parts["word"], dialect.language) or 0, int(parts["d"])
    if "a" not in parts:
        return int(parts["m"]), int(parts["d"])
    first, second = int(parts["a"]), int(parts["b"])
    twelve = dialect.unsure and _TWELVE.match(match.string, match.end())
    american = (dialect.month_first or twelve) and match[2] != "."
    if second > _MIDDAY or (american and first <= _MIDDAY):
        return first, second
    return second, first


def _year(parts: dict[str, str]) -> int:
    if parts.get("era"):
        return _ERAS[parts["era"]] + (1 if parts["y"] == "元" else int(parts["y"]))
    year = int(parts["y"].strip("'’"))
    if year < _CENTURY:
        return 2000 + year
    return year - _BUDDHIST if year > _FIRST_BUDDHIST else year


def _with_clock(day: datetime, text: str, start: int, end: int) -> Told:
    inner = _CLOCK.search(text, start, end) if end - start > _LONG_DAY else None
    clock = inner or _clock_after(text, end) or _clock_before(text, start)
    hour = -1 if clock is None else _hour(clock)
    if clock is None or hour < 0:
        return Told(when=day, exact=False, start=start, end=end)
    when = day.replace(hour=hour, minute=int(clock["min"] or 0), second=int(clock["s"] or 0))
    zone = _ZONE.match(text, clock.end())
    known = zone_of(zone[1].replace(" ", ""), when) if zone else None
    return Told(
        when=when.replace(tzinfo=known),
        exact=True,
        start=min(start, clock.start()),
        end=max(end, clock.end()),
    )


def _clock_after(text: str, end: int) -> re.Match[str] | None:
    match = _CLOCK.search(text, end, end + _AFTER)
    near = match is not None and not any(map(str.isdigit, text[end : match.start()]))
    return match if match is not None and near and match.start() - end <= _GAP else None


def _clock_before(text: str, start: int) -> re.Match[str] | None:
    clocks = _CLOCK.finditer(text, max(0, start - _BEFORE), start)
    return next((match for match in clocks if start - match.end() <= _BEFORE // 2), None)


def _hour(clock: re.Match[str]) -> int:
    hour = int(clock["h"])
    half = clock["half"] or clock["alone"] or clock["before"]
    if half and hour <= _MIDDAY:
        return hour % _MIDDAY + (_MIDDAY if _PM.match(half.casefold()) else 0)
    return hour if hour < _HOURS else -1

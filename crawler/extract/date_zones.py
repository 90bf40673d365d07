"""Zones of time: as a page writes them in words, and as its address and language make them sure."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_HOURS = {
    "z": 0,
    "utc": 0,
    "gmt": 0,
    "wet": 0,
    "bst": 1,
    "west": 1,
    "wat": 1,
    "cet": 1,
    "mez": 1,
    "cest": 2,
    "mesz": 2,
    "eet": 2,
    "sast": 2,
    "cat": 2,
    "eest": 3,
    "eat": 3,
    "msk": 3,
    "мск": 3,
    "trt": 3,
    "tsi": 3,
    "tsİ": 3,
    "gst": 4,
    "pkt": 5,
    "ist": 5.5,
    "npt": 5.75,
    "wib": 7,
    "ict": 7,
    "wita": 8,
    "hkt": 8,
    "sgt": 8,
    "myt": 8,
    "pht": 8,
    "awst": 8,
    "wit": 9,
    "kst": 9,
    "jst": 9,
    "acst": 9.5,
    "aest": 10,
    "aedt": 11,
    "nzst": 12,
    "nzdt": 13,
    "brt": -3,
    "art": -3,
    "adt": -3,
    "ast": -4,
    "edt": -4,
    "est": -5,
    "cdt": -5,
    "cst": -6,
    "mdt": -6,
    "mst": -7,
    "pdt": -7,
    "pst": -8,
    "akst": -9,
    "hst": -10,
}
_OF_SEASON = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
# Only countries that have one zone, or whose national press writes in one.
_OF_DOMAIN = {
    "at": "Europe/Vienna",
    "be": "Europe/Brussels",
    "bg": "Europe/Sofia",
    "by": "Europe/Minsk",
    "ch": "Europe/Zurich",
    "cn": "Asia/Shanghai",
    "cz": "Europe/Prague",
    "de": "Europe/Berlin",
    "dk": "Europe/Copenhagen",
    "ee": "Europe/Tallinn",
    "eg": "Africa/Cairo",
    "fi": "Europe/Helsinki",
    "fr": "Europe/Paris",
    "gr": "Europe/Athens",
    "hk": "Asia/Hong_Kong",
    "hr": "Europe/Zagreb",
    "hu": "Europe/Budapest",
    "ie": "Europe/Dublin",
    "il": "Asia/Jerusalem",
    "in": "Asia/Kolkata",
    "ir": "Asia/Tehran",
    "it": "Europe/Rome",
    "jp": "Asia/Tokyo",
    "kr": "Asia/Seoul",
    "lt": "Europe/Vilnius",
    "lv": "Europe/Riga",
    "nl": "Europe/Amsterdam",
    "no": "Europe/Oslo",
    "pk": "Asia/Karachi",
    "pl": "Europe/Warsaw",
    "ro": "Europe/Bucharest",
    "rs": "Europe/Belgrade",
    "se": "Europe/Stockholm",
    "sg": "Asia/Singapore",
    "si": "Europe/Ljubljana",
    "sk": "Europe/Bratislava",
    "th": "Asia/Bangkok",
    "tr": "Europe/Istanbul",
    "tw": "Asia/Taipei",
    "ua": "Europe/Kyiv",
    "uk": "Europe/London",
    "vn": "Asia/Ho_Chi_Minh",
    "za": "Africa/Johannesburg",
}
# Only languages whose press writes in one zone, whatever its country.
_OF_LANGUAGE = {
    "bg": "Europe/Sofia",
    "bs": "Europe/Sarajevo",
    "cs": "Europe/Prague",
    "da": "Europe/Copenhagen",
    "de": "Europe/Berlin",
    "el": "Europe/Athens",
    "et": "Europe/Tallinn",
    "fi": "Europe/Helsinki",
    "he": "Asia/Jerusalem",
    "hr": "Europe/Zagreb",
    "hu": "Europe/Budapest",
    "it": "Europe/Rome",
    "ja": "Asia/Tokyo",
    "ko": "Asia/Seoul",
    "lt": "Europe/Vilnius",
    "lv": "Europe/Riga",
    "nb": "Europe/Oslo",
    "nl": "Europe/Amsterdam",
    "no": "Europe/Oslo",
    "pl": "Europe/Warsaw",
    "ro": "Europe/Bucharest",
    "sk": "Europe/Bratislava",
    "sl": "Europe/Ljubljana",
    "sv": "Europe/Stockholm",
    "th": "Asia/Bangkok",
    "tr": "Europe/Istanbul",
    "uk": "Europe/Kyiv",
    "vi": "Asia/Ho_Chi_Minh",
    "zh": "Asia/Shanghai",
}
_FARTHEST = 14
_HOUR = 60
_OFFSET = re.compile(r"([+\-\u2212])(\d{1,2}):?(\d\d)?$")


def zone_of(word: str, wall: datetime) -> tzinfo | None:
    """Return the zone that `word` ("MEZ", "ET", "+0200", "GMT+2") names at `wall`, if it is one."""
    bare = word.strip().casefold().strip("().")
    offset = _OFFSET.search(bare)
    if offset is not None:
        hours, minutes = int(offset[2]), int(offset[3] or 0)
        if hours > _FARTHEST or minutes >= _HOUR:
            return None
        distance = timedelta(hours=hours, minutes=minutes)
        return timezone(distance if offset[1] == "+" else -distance)
    if bare in _HOURS:
        return timezone(timedelta(hours=_HOURS[bare]))
    return _fixed(_OF_SEASON.get(bare), wall)


def zone_of_publisher(url: str, language: str, wall: datetime) -> tzinfo | None:
    """Return the zone in which a publisher at `url` writes at `wall`, None if that is not sure."""
    domain = (urlsplit(url).hostname or "").rpartition(".")[2]
    return _fixed(_OF_DOMAIN.get(domain) or _OF_LANGUAGE.get(language), wall)


def _fixed(name: str | None, wall: datetime) -> tzinfo | None:
    if name is None:
        return None
    try:
        offset = wall.replace(tzinfo=ZoneInfo(name)).utcoffset()
    except (ZoneInfoNotFoundError, OverflowError):
        return None
    return UTC if not offset else timezone(offset)

"""Zones of time: as a page writes them in words, and as its address and language make them sure."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.extract.date_zone_tables import OF_COUNTRY, OF_LANGUAGE
from crawler.extract.site_rules import shipped_zone

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
# What systems write where nobody chose: such a tag tells the language, and nothing of a country.
_BY_DEFAULT = ("en-us", "en-gb", "es-es", "ar-sa", "ar-ae")
_COUNTRIES = {"gb": "uk"}
# Of the hosts in Russian these are written a long way from Moscow; 74.ru is of a region's number.
_FAR_FROM_MOSCOW = re.compile(
    r"(?:^|\.)\d{2,3}\.|ural|ekb|(?:^|\.)e1\.|chel|\bufa|bash|perm|samara|kaliningrad|sib|nsk|ngs|omsk"
    r"|altai|krasno(?:yar|jar)|krsk|irk|baik|buryat|chita|yakut|ysia|ykt|vlad(?:iv|news)|primor|\bvl\.|khab"
    r"|habar|amur|kamchat|magadan|sakh|kuzbass|kemer|tyumen|orenburg"
)
_NATIONAL = OF_COUNTRY.keys() - {"ru", "su"}
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
    """Return the zone in which a publisher at `url` writes at `wall`, None if that is not sure.

    `language` is as the page declares it; the country in it counts, where somebody chose it.
    """
    host = urlsplit(url).hostname or ""
    domain = host.rpartition(".")[2]
    tag = language.lower().replace("_", "-")
    tongue, _, country = tag.partition("-")
    if tongue in ("ru", "") and domain not in _NATIONAL and _FAR_FROM_MOSCOW.search(host):
        return None
    chosen = "" if tag in _BY_DEFAULT else _COUNTRIES.get(country, country)
    name = shipped_zone(host) or OF_COUNTRY.get(domain) or OF_COUNTRY.get(chosen)
    return _fixed(name or OF_LANGUAGE.get(tongue), wall)


def _fixed(name: str | None, wall: datetime) -> tzinfo | None:
    if name is None:
        return None
    try:
        offset = wall.replace(tzinfo=ZoneInfo(name)).utcoffset()
    except (ZoneInfoNotFoundError, OverflowError):
        return None
    return UTC if not offset else timezone(offset)

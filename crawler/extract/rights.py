"""What a page permits us to keep of it.

    noarchive, nocache    by <meta name=robots> or X-Robots-Tag: no text is kept
    nosnippet             nor shown
    unavailable_after     past that day it is as if noarchive stood there
    tdm-reservation 1     its rights to text and data mining are reserved (TDMRep)

What is addressed to another robot by name is not for us. `noai` and its like speak of training
models; nothing is trained here, and an alert is what readers are sent to the page by.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from crawler.extract.said import Said

_US = ("robots", "wirewatch", "*")
_NOT_KEPT = frozenset(("noarchive", "nocache", "nosnippet"))
_WITH_A_VALUE = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")
_END = re.compile(r"unavailable_after\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_RESERVATIONS = ("tdm-reservation", "tdm_reservation")


def forbids_archive(said: Said, headers: Mapping[str, str], *, now: datetime | None = None) -> bool:
    """Tell whether no text of the page may be kept; `now` (UTC) is when it was read."""
    reserved = [headers.get("tdm-reservation", ""), *said.all(*_RESERVATIONS)]
    if any(text.strip() == "1" for text in reserved):
        return True
    return not _NOT_KEPT.isdisjoint(directives(said, headers)) or _has_ended(
        said, headers, now or datetime.now(UTC)
    )


def directives(said: Said, headers: Mapping[str, str]) -> frozenset[str]:
    """Return what a page and its answer tell robots, us among them, such as `nofollow`."""
    return frozenset(
        word.strip().lower() for line in _told(said, headers) for word in line.split(",")
    )


def _told(said: Said, headers: Mapping[str, str]) -> list[str]:
    return [*said.all("robots", "wirewatch"), *_for_us(headers.get("x-robots-tag", ""))]


def _has_ended(said: Said, headers: Mapping[str, str], now: datetime) -> bool:
    """Tell whether a day is said after which the page is not to be shown, and it has passed."""
    lines = [*said.all("robots", "wirewatch"), ",".join(_for_us(headers.get("x-robots-tag", "")))]
    ends = [_moment(found[1]) for line in lines if (found := _END.search(line))]
    return any(end is not None and end < now for end in ends)


def _moment(text: str) -> datetime | None:
    try:
        if found := _DAY.match(text.strip()):
            return datetime(int(found[1]), int(found[2]), int(found[3]), 23, 59, 59, tzinfo=UTC)
        moment = parsedate_to_datetime(text.strip())
    except (ValueError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _for_us(header: str) -> list[str]:
    """Return the directives that name nobody else (`otherbot: noarchive, nofollow`).

    A name holds for what follows it, until the next name. A date may have a colon and a comma.
    """
    ours: list[str] = []
    named = True
    dated = False
    for part in header.split(","):
        name, colon, directive = part.partition(":")
        word = name.strip().lower()
        if word in _WITH_A_VALUE:
            dated = word == "unavailable_after"
        elif colon and not (dated and not word.replace("-", "").isalpha()):
            named = word in _US
            part = directive  # noqa: PLW2901 - what is left of it
            dated = directive.strip().lower().startswith("unavailable_after")
        if named:
            ours.append(part)
    return ours

"""Which sitemaps of an index are read: those that change. Pure.

Nobody reads all of four hundred monthly archives to learn what happened today. What brought news
before comes first, then what is called news or today, what bears this month in its name, what
changed last by the index's own word, and the highest number. One of the others is looked at in
turn, for an index may change its mind.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from crawler.sitemaps.dates import said_date
from crawler.sitemaps.document import Child
from crawler.sitemaps.learned import Learned

MOST_READ = 10
_MOST_RANKED = 40

_LIVELY = timedelta(days=2)
_TURN = timedelta(hours=1)
_LATEST = re.compile(r"(?:^|[^a-z])(?:google-?)?(?:news|today|latest|recent|current|breaking|live)")
_PIECES = re.compile(r"(?:^|[^a-z])(?:articles?|posts?|stor(?:y|ies)|content)(?:[^a-z]|$)")
_OTHERS = re.compile(
    r"(?:^|[^a-z])(?:images?|videos?|photos?|galler(?:y|ies)|categor(?:y|ies)|tags?|authors?|users?"
    r"|topics?|sections?|static|archives?|products?|recipes?|jobs?|events?|forums?|landing"
    r"|taxonom(?:y|ies)|misc|pages?[-_]sitemap|sitemap[-_]pages?)(?:[^a-z]|$)"
)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Merit:
    """Why a child may be worth a request."""

    lively: bool
    hint: int
    changed: float
    number: int

    def key(self) -> tuple[bool, int, float, int]:
        return (self.lively, self.hint, self.changed, self.number)


def ranked(children: Sequence[Child], learned: Learned, now: datetime) -> list[Child]:
    """Return the children that are worth a request, the likeliest to bring news first."""
    merits = {one.url: _merit(one, learned, now) for one in children}
    worth = [one for one in children if not _is_known_unchanged(one, learned, merits[one.url], now)]
    ordered = sorted(worth, key=lambda one: merits[one.url].key(), reverse=True)
    best, rest = ordered[: MOST_READ - 1], ordered[MOST_READ - 1 :]
    if rest:  # each hour it is another one's turn
        turn = int(now.timestamp() / _TURN.total_seconds()) % len(rest) if learned.visits else 0
        best.append(rest.pop(turn))
    return [*best, *rest][:_MOST_RANKED]


def hint_of(url: str, now: datetime) -> int:
    """Return how much the name of a sitemap promises news; below 0, it promises none."""
    parts = urlsplit(url)
    name = f"{parts.path}?{parts.query}".lower()
    if _LATEST.search(name):
        return 4
    if re.search(rf"{now:%Y}\D{{0,9}}0?{now.month}(?!\d)", name):
        return 3
    points = 1 if _PIECES.search(name) else 0
    points -= 2 if _OTHERS.search(name) else 0
    return points


def _merit(child: Child, learned: Learned, now: datetime) -> _Merit:
    known = learned.of(child.url)
    told = said_date(child.lastmod, now=now)
    numbers = _NUMBER.findall(urlsplit(child.url).path + urlsplit(child.url).query)
    return _Merit(
        lively=known is not None and known.news_at > (now - _LIVELY).timestamp(),
        hint=hint_of(child.url, now),
        changed=told.latest.timestamp() if told else 0.0,
        number=int(numbers[-1][:12]) if numbers else 0,
    )


def _is_known_unchanged(child: Child, learned: Learned, merit: _Merit, now: datetime) -> bool:
    """Tell whether the index itself says that it is as it was read; a day says less than a moment.

    What brought news lately is asked all the same: many an index is behind its sitemaps.
    """
    known = learned.of(child.url)
    said = said_date(child.lastmod, now=now)
    if known is None or said is None or known.stamp != child.lastmod or merit.lively:
        return False
    return said.exact or now - said.latest > _LIVELY

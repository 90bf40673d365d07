"""What a watch is told about an article that matches it: pure, every answer a named reason.

The first line that fits decides:

| the article | verdict | code |
|---|---|---|
| was told to this watch before | known | `known:told` |
| is old news | dropped | `dropped:old` |
| is the first of its story, and the watch asks for stories | told | `told` |
| matches, and the watch asks for articles | told | `told` |
| repeats the words of a story that was told | folded | `folded:copy` |
| belongs to a story that was told | folded | `folded:story` |
| matches, but the watch asks for neither | below | `below:unasked` |

What would be told while a silence is in force is held instead, until its end, as `held:silence`.

*Old news* is what was published longer than `catch_up` before its source or the watch was added,
and whatever bears no date and stood in a source's first visit. A date in the future counts as the
moment at which the article was first seen, and so does a date that is missing later on.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from news.alert import AlertKind, Standing
from news.silence import Silence
from news.watch import Watch


class Verdict(StrEnum):
    """What becomes of a candidate; only `told`, `held` and `dropped` are kept as alerts."""

    TOLD = "told"
    HELD = "held"
    KNOWN = "known"
    FOLDED = "folded"
    DROPPED = "dropped"
    BELOW = "below"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article that matches `watch`, as far as telling it depends on it; times are UTC.

    `source_added_at` and `first_visit` are of the source that tells it now; `published_at` is
    None where neither page nor entry gave a date.
    """

    watch: Watch
    published_at: datetime | None
    first_seen_at: datetime
    source_name: str
    source_added_at: datetime
    first_visit: bool
    is_copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The verdict, its stable code for machines, and words for people.

    `kind` is the alert's: what is told, or what would have been. `held_by` is the silence that
    holds it, where one does.
    """

    verdict: Verdict
    kind: AlertKind
    code: str
    words: str
    held_by: Silence | None = None


def decide(candidate: Candidate, standing: Standing, *, catch_up: timedelta) -> Decision:
    """Decide whether `candidate` becomes an alert, and of which kind.

    `standing.told_article` must hold after any alert about this article, be it of kind `story` or
    `article`: a watch that asks for both gets one message for one article.
    """
    asked = candidate.watch.settings.alert
    kind = _kind(asked, standing)
    if standing.told_article:
        return _decision(Verdict.KNOWN, kind, "known:told", "this article was told before")
    if old := _old_news(candidate, catch_up):
        return _decision(Verdict.DROPPED, kind, "dropped:old", old)
    if kind not in asked:
        words = "the watch asks neither for stories nor for articles"
        return _decision(Verdict.BELOW, kind, "below:unasked", words)
    if kind is AlertKind.ARTICLE:
        words = "a matching article, and the watch asks for every one"
        return _told_or_held(kind, words, standing.silence)
    if standing.told_story and candidate.is_copy:
        words = "its words are another's, and their story was told before"
        return _decision(Verdict.FOLDED, kind, "folded:copy", words)
    if standing.told_story:
        return _decision(Verdict.FOLDED, kind, "folded:story", "its story was told before")
    return _told_or_held(kind, "the first matching article of its story", standing.silence)


def _kind(asked: tuple[str, ...], standing: Standing) -> AlertKind:
    """Return what an article may become: a story's first alert, where asked for, goes before."""
    story_is_open = AlertKind.STORY in asked and not standing.told_story
    if AlertKind.ARTICLE in asked and not story_is_open:
        return AlertKind.ARTICLE
    return AlertKind.STORY


def _told_or_held(kind: AlertKind, words: str, silence: Silence | None) -> Decision:
    if silence is None:
        return _decision(Verdict.TOLD, kind, "told", words)
    return Decision(
        verdict=Verdict.HELD,
        kind=kind,
        code="held:silence",
        words=f"{words}; until {silence.until:%Y-%m-%d %H:%M} UTC by {silence}",
        held_by=silence,
    )


def _decision(verdict: Verdict, kind: AlertKind, code: str, words: str) -> Decision:
    return Decision(verdict=verdict, kind=kind, code=code, words=words)


def _old_news(candidate: Candidate, catch_up: timedelta) -> str | None:
    """Say why `candidate` is old news; None if it is not."""
    published, seen = candidate.published_at, candidate.first_seen_at
    if published is None and candidate.first_visit:
        return f"bears no date and stood in the first visit to {candidate.source_name}"
    moment = seen if published is None else min(published, seen)
    said = "seen" if published is None else "published"
    for name, added in (
        (f"source {candidate.source_name}", candidate.source_added_at),
        (f"watch {candidate.watch.settings.name}", candidate.watch.added_at),
    ):
        if moment < added - catch_up:
            return f"{said} {_span(added - moment)} before {name} was added"
    return None


def _span(time: timedelta) -> str:
    """Return a span of time for people, as `2 d 3 h`, `3 h 5 min`, `75 min` or `40 s`."""
    minutes = int(time.total_seconds()) // 60
    hours = minutes // 60
    if hours >= _HOURS_IN_WORDS:
        return f"{hours // 24} d {hours % 24} h"
    if minutes >= _MINUTES_IN_WORDS:
        return f"{hours} h {minutes % 60} min"
    return f"{minutes} min" if minutes else f"{int(time.total_seconds())} s"


_HOURS_IN_WORDS = 48
_MINUTES_IN_WORDS = 120

"""What a notice says: a sentence on what happened, one on what follows, and what can be done."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.entries import NotedEntries
from archive.notices import KeptNotice
from news.cadence import NextVisit
from news.gap import Gap, Missed
from news.ids import wire_id
from news.notice import Hint, Notice, NoticeKind, Party
from news.source import DueSource
from news.typed import typed
from news.url import without_credentials
from news.visit import Failed, Visit
from scheduler.overdue import Overdue
from wirewatch.console import span


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A visit that gives notice, and all that its words depend on.

    `began` is the notice that began the source's last trouble, `silence` is there if it is overdue.
    """

    source: DueSource
    visit: Visit
    noted: NotedEntries
    plan: NextVisit
    silence: Overdue | None = None
    began: KeptNotice | None = None


def notice_of(kind: NoticeKind, happening: Happening) -> Notice:
    """Return the notice of `kind`, in words."""
    return _WRITERS[kind](happening)


def _failing(it: Happening) -> Notice:
    failures, stop = it.plan.rhythm.failures, it.plan.stop
    reason = it.visit.outcome.reason if isinstance(it.visit.outcome, Failed) else ""
    figures = {
        "failures": failures,
        "status": it.visit.status,
        "reason": reason,
        "stopped": stop is not None,
        "next_visit_at": None if stop else _iso(it.plan.at),
    }
    if stop:
        what, then = f"{reason}: its server says that it is gone for good.", _STOPPED
        hints = (_try(it), _hint("Visit it all the same", "resume", it))
    else:
        what = f"{reason}: {_visits(failures)} in a row failed."
        then = (
            f"It is tried again in {span(it.plan.at, it.visit.at)}, more seldom the longer it "
            "fails, and you are told when it answers."
        )
        hints = (_try(it), _hint("Leave it alone", "pause", it))
    return Notice(
        kind=NoticeKind.FAILING,
        at=it.visit.at,
        since=it.source.failing_since or it.visit.at,
        what=what,
        next=then,
        source=_party(it.source),
        hints=hints,
        figures=figures,
    )


def _overdue(it: Happening) -> Notice:
    silence, at = (
        it.silence or Overdue(since=it.visit.at, usual=timedelta(), missing=0),
        it.visit.at,
    )
    usual = span(at + silence.usual, at)
    return Notice(
        kind=NoticeKind.OVERDUE,
        at=at,
        since=silence.since,
        what=f"It answers, but brought nothing for {span(at, silence.since)}; by its own rhythm "
        f"something comes every {usual}.",
        next="It is visited as before, and you are told when it brings something.",
        source=_party(it.source),
        hints=(_try(it),),
        figures={"usual_seconds": _seconds(silence.usual), "last_new_at": _iso(silence.since)},
    )


def _gap(it: Happening) -> Notice:
    at = it.visit.at
    gap = it.noted.gap or Gap(since=at, until=at, entries=it.noted.new)
    fixed = it.source.settings.every is not None or it.source.settings.cron is not None
    rolled = gap.because is Missed.ROLLED
    then = "What it lists now was read; what it dropped before that cannot be caught up."
    if rolled:
        then += " Visit it more often: its times are written." if fixed else _SOONER
    return Notice(
        kind=NoticeKind.GAP,
        at=at,
        since=gap.since,
        what=f"None of the {gap.entries} entries that it lists was known: {_BECAUSE[gap.because]}, "
        "so some may have been missed.",
        next=then,
        source=_party(it.source),
        figures={
            "entries": gap.entries,
            "because": gap.because.value,
            "from": _iso(gap.since),
            "until": _iso(gap.until),
        },
    )


def _recovered(it: Happening) -> Notice:
    at, new, failures = it.visit.at, it.noted.new, it.source.rhythm.failures
    was_overdue = it.source.trouble == NoticeKind.OVERDUE
    kept = None if it.began is None else it.began.notice.since
    since = kept or it.source.failing_since or at
    brought = "1 new entry" if new == 1 else f"{new} new entries" if new else "nothing new"
    lasted = span(at, since)
    if was_overdue:
        what = f"It brought {brought} after {lasted} of silence."
    else:
        what = (
            f"It answers again after {lasted} and {_visits(failures)} that failed, with {brought}."
        )
    return Notice(
        kind=NoticeKind.RECOVERED,
        at=at,
        since=since,
        what=what,
        next="Nothing is to be done.",
        source=_party(it.source),
        opened=None if it.began is None else it.began.id,
        figures={
            "after": it.source.trouble,
            "failures": failures,
            "lasted_seconds": _seconds(at - since),
            "new": new,
        },
    )


_WRITERS = {
    NoticeKind.FAILING: _failing,
    NoticeKind.OVERDUE: _overdue,
    NoticeKind.GAP: _gap,
    NoticeKind.RECOVERED: _recovered,
}
_STOPPED = "It is not visited again unless you say so."
_SOONER = " It is visited more often from now on."
_BECAUSE = {
    Missed.ROLLED: "it published more between two visits than it lists",
    Missed.AWAY: "it was not visited when it was due",
    Missed.UNANSWERED: "it could not be read for a while",
}


def _party(source: DueSource) -> Party:
    settings = source.settings
    return Party(id=source.id, name=settings.name, url=without_credentials(settings.url))


def _try(it: Happening) -> Hint:
    return _hint("See what it answers", "try", it)


def _hint(words: str, verb: str, it: Happening) -> Hint:
    name = typed(it.source.settings.name, wire_id("so", it.source.id))
    return Hint(words, f"wirewatch source {verb} {name}")


def _visits(count: int) -> str:
    return "1 visit" if count == 1 else f"{count} visits"


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())

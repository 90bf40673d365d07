"""From a visit that was noted to the notices that it gives, within the same transaction.

A good visit of a source that is well costs no statement. Words are written here once, so that
webhook, mail, console and list say the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from archive import notices
from archive.database import Transaction
from archive.entries import NotedEntries
from news.cadence import NextVisit
from news.ids import wire_id
from news.notice import NoticeKind
from news.source import DueSource
from news.visit import Failed, Visit
from scheduler.overdue import Overdue, overdue
from scheduler.trouble import Judged, Seen, judged
from wirewatch.events import NoticeGiven
from wirewatch.notice_words import Happening, notice_of

GATHERED = timedelta(seconds=15)
"""A notice waits so long for others that arise with it, to go out in one message."""

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticing:
    """A visit that is to be noted, and what there may be to say of its source.

    `excused` tells that a failure is not the source's; `silence` is there if it is overdue.
    """

    source: DueSource
    visit: Visit
    excused: bool
    silence: Overdue | None

    @staticmethod
    def of(source: DueSource, visit: Visit, *, excused: bool) -> "Noticing":
        """Look whether the source is silent for too long; this asks no archive."""
        failed = visit.outcome if isinstance(visit.outcome, Failed) else None
        return Noticing(
            source=source,
            visit=visit,
            excused=excused or (failed is not None and failed.ours),
            silence=None if failed is not None else _silence(source, visit),
        )

    def give(self, conn: Transaction, noted: NotedEntries, plan: NextVisit) -> list[NoticeGiven]:
        """Keep the notices that follow from the visit, and the trouble that holds from now on."""
        if not self._is_worth_a_thought(noted):
            return []
        source = self.source
        before = NoticeKind(source.trouble) if source.trouble else None
        verdict = judged(self._seen(noted, plan, before))
        if verdict.trouble is not before:
            notices.in_trouble(conn, source.id, verdict.trouble)
        return list(self._given(conn, verdict, noted, plan))

    def _is_worth_a_thought(self, noted: NotedEntries) -> bool:
        failed = isinstance(self.visit.outcome, Failed)
        odd = noted.gap is not None or (self.silence is not None and not noted.new)
        return failed or odd or self.source.trouble is not None

    def _seen(self, noted: NotedEntries, plan: NextVisit, before: NoticeKind | None) -> Seen:
        failed = isinstance(self.visit.outcome, Failed)
        return Seen(
            at=self.visit.at,
            trouble=before,
            failures=plan.rhythm.failures if failed else 0,
            since=self.source.failing_since,
            next_at=plan.at,
            stopped=plan.stop is not None,
            excused=self.excused,
            new=noted.new,
            overdue=self.silence is not None and not noted.new,
            gap=noted.gap is not None and not noted.gap.repeated,
        )

    def _given(
        self,
        conn: Transaction,
        verdict: Judged,
        noted: NotedEntries,
        plan: NextVisit,
    ) -> Iterator[NoticeGiven]:
        soon = self.visit.at + GATHERED
        due_at = max(soon, verdict.due_at or soon)
        for kind in verdict.notices:
            happening = Happening(
                source=self.source,
                visit=self.visit,
                noted=noted,
                plan=plan,
                silence=self.silence,
                began=notices.opening(conn, self.source.id),
            )
            notice = notice_of(kind, happening)
            number = notices.add(conn, notice, due_at=due_at)
            yield NoticeGiven(
                notice=wire_id("nt", number),
                kind=kind.value,
                source=notice.source.name,
                words=f"{notice.what} {notice.next}",
            )


def _silence(source: DueSource, visit: Visit) -> Overdue | None:
    """Tell if a source is overdue; to find that takes 0.1 ms, so it is asked once an hour."""
    seen, last = source.last_new_at, source.last_good_at
    if seen is None or last is None or source.rhythm.failures:
        return None
    if (visit.at - seen) // _HOUR <= (last - seen) // _HOUR:
        return None
    return overdue(source.rhythm, seen, visit.at)

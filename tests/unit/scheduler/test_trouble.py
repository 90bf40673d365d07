"""When trouble is told: the table of what was seen, what is told then, and what holds after."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from news.notice import NoticeKind
from scheduler.trouble import Judged, Seen, judged

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
FAILING, OVERDUE = NoticeKind.FAILING, NoticeKind.OVERDUE
RECOVERED, GAP = NoticeKind.RECOVERED, NoticeKind.GAP
WELL = Judged()


def failed(failures: int, minutes: float, **more: Any) -> Seen:
    since = NOW - timedelta(minutes=minutes)
    return Seen(at=NOW, failures=failures, since=since, **more)


@pytest.mark.parametrize(
    ("failures", "minutes", "told"),
    [
        (1, 0, False),
        (1, 10_000, False),  # one failure is no trouble, however old the word is
        (2, 14, False),
        (3, 14.9, False),  # three within seconds may be one restart of a server
        (3, 15, True),
        (40, 14, False),
        (40, 16, True),
        (2, 11 * 60, False),
        (2, 12 * 60, True),  # of a source that is visited once a day
        (3, 12 * 60, True),
    ],
)
def test_failing_is_told_when_it_lasts(failures: int, minutes: float, *, told: bool) -> None:
    expected = Judged(notices=(FAILING,), trouble=FAILING) if told else WELL
    assert judged(failed(failures, minutes)) == expected


def test_the_first_failure_since_nobody_knows_when_is_none() -> None:
    assert judged(Seen(at=NOW, failures=3)) == WELL


@pytest.mark.parametrize("trouble", [None, FAILING, OVERDUE])
def test_what_the_network_excuses_changes_nothing(trouble: NoticeKind | None) -> None:
    seen = failed(9, 900, excused=True, trouble=trouble)
    assert judged(seen) == Judged(trouble=trouble)


def test_what_is_gone_for_good_is_told_at_once_even_if_it_failed_before() -> None:
    gone = Judged(notices=(FAILING,), trouble=FAILING)
    assert judged(failed(1, 0, stopped=True)) == gone
    assert judged(failed(9, 900, stopped=True, trouble=FAILING)) == gone


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (Seen(at=NOW), WELL),
        (Seen(at=NOW, new=3), WELL),
        (Seen(at=NOW, overdue=True), Judged(notices=(OVERDUE,), trouble=OVERDUE)),
        (Seen(at=NOW, gap=True, new=30), Judged(notices=(GAP,))),
        (Seen(at=NOW, trouble=FAILING), Judged(notices=(RECOVERED,))),
        (Seen(at=NOW, trouble=FAILING, overdue=True), Judged(notices=(RECOVERED,))),
        (Seen(at=NOW, trouble=FAILING, new=30, gap=True), Judged(notices=(RECOVERED, GAP))),
        (Seen(at=NOW, trouble=OVERDUE), Judged(trouble=OVERDUE)),
        (Seen(at=NOW, trouble=OVERDUE, overdue=True), Judged(trouble=OVERDUE)),
        (Seen(at=NOW, trouble=OVERDUE, new=1), Judged(notices=(RECOVERED,))),
        (failed(4, 60, trouble=FAILING), Judged(trouble=FAILING)),
        (failed(1, 0, trouble=OVERDUE), Judged(trouble=OVERDUE)),
        (failed(4, 60, trouble=OVERDUE), Judged(notices=(FAILING,), trouble=FAILING)),
    ],
)
def test_what_follows_from_what_was_told_before(seen: Seen, expected: Judged) -> None:
    assert judged(seen) == expected


def test_a_trouble_is_told_once_and_its_end_once() -> None:
    """Hold over a day of five-minute visits: well, failing for six hours, well again."""
    trouble, since, failures, told = None, None, 0, []
    for visit in range(288):
        at = NOW + timedelta(minutes=5 * visit)
        fails = 50 <= visit < 122
        failures, since = (failures + 1, since or at) if fails else (0, None)
        verdict = judged(Seen(at=at, trouble=trouble, failures=failures, since=since))
        trouble = verdict.trouble
        told += [(kind, visit) for kind in verdict.notices]
    assert told == [(FAILING, 53), (RECOVERED, 122)]


@pytest.mark.parametrize(
    ("failures", "next_in", "told"), [(3, 15, True), (3, 14, False), (2, 30, False)]
)
def test_that_nobody_looks_before_it_lasts_long_enough_decides(
    failures: int, next_in: int, *, told: bool
) -> None:
    began = datetime(2026, 11, 23, 6, tzinfo=UTC)
    found = judged(
        Seen(
            at=began + timedelta(minutes=6),
            failures=failures,
            since=began,
            next_at=began + timedelta(minutes=next_in),
        )
    )
    assert found.notices == ((NoticeKind.FAILING,) if told else ())
    assert found.due_at == (began + timedelta(minutes=15) if told else None)

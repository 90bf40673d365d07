"""How soon a document is full of others, and that a visit comes before."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.cadence import NextVisit
from news.entry import Entry
from news.gap import Gap, Missed
from news.source import DueSource, Rhythm, SourceSettings, Validators
from news.visit import Told, Unchanged
from scheduler.cadence import Bounds, VisitMoment, next_visit
from scheduler.habit import DAY, HOUR, Habit, figures_of
from scheduler.rolling import Held, rolled, rolls_over_in

MINUTE = 60.0
AT = datetime(2024, 11, 5, 6, 0, tzinfo=UTC)
NOW = AT.timestamp()
BLANK = Habit(as_of=NOW)
SINCE = NOW - HOUR


def even(count: int, span: float) -> list[float]:
    """Return dates that end a minute ago and span so many seconds."""
    return [NOW - MINUTE - span * at / (count - 1) for at in range(count)]


@pytest.mark.parametrize(
    ("held", "minutes"),
    [
        (Held(now=NOW, since=SINCE, entries=10, new=10, gap=True), 60),
        (Held(now=NOW, since=SINCE, entries=10, new=10, dates=even(10, 1_200), gap=True), 20),
        (Held(now=NOW, since=SINCE, entries=10, new=10, dates=even(10, 0), gap=True), 7.5),
        (Held(now=NOW, since=SINCE, entries=10, new=10, dates=even(3, 60), gap=True), 60),
        (Held(now=NOW, since=SINCE, entries=10, new=8), 75),
        (Held(now=NOW, since=SINCE, entries=10, new=8, dates=even(8, 3_000)), 75),
        (Held(now=NOW, since=SINCE, entries=10, new=8, dates=even(8, 60)), None),
        (Held(now=NOW, since=SINCE, entries=10, new=5), None),
        (Held(now=NOW, since=SINCE, entries=2, new=2), None),
        (Held(now=NOW, since=NOW, entries=10, new=10, gap=True), None),
    ],
    ids=[
        "a gap without dates",
        "a gap with dates",
        "a gap of what came at once",
        "a gap with a few dates",
        "little is left",
        "little is left, and dates agree",
        "little is left of what came at once",
        "half is left",
        "a document of two, nearly",
        "no time passed",
    ],
)
def test_how_soon_a_document_rolls_over(held: Held, minutes: float | None) -> None:
    found = rolls_over_in(rolled(BLANK, held), NOW)
    assert found == (None if minutes is None else pytest.approx(minutes * MINUTE))


def test_it_is_believed_half_as_much_with_each_day() -> None:
    habit = rolled(BLANK, Held(now=NOW, since=SINCE, entries=9, new=9, gap=True))
    assert rolls_over_in(habit, NOW + DAY) == pytest.approx(2 * HOUR)
    assert rolls_over_in(habit, NOW + 3 * DAY) == pytest.approx(8 * HOUR)
    assert rolls_over_in(habit, NOW + 100 * DAY) is None


def test_what_happens_again_sooner_is_believed_and_later_changes_nothing() -> None:
    quick = Held(now=NOW, since=NOW - 600, entries=9, new=9, gap=True)
    slow = Held(now=NOW, since=SINCE, entries=9, new=9, gap=True)
    assert rolled(rolled(BLANK, slow), quick).roll == 600
    assert rolled(rolled(BLANK, quick), slow).roll == 600


@given(
    entries=st.integers(1, 1_000),
    share=st.floats(0, 1),
    elapsed=st.floats(1, 1e7),
    dates=st.lists(st.floats(NOW - 1e7, NOW + 1e5), max_size=20),
    gap=st.booleans(),
)
def test_an_interval_shrinks_to_a_sixteenth_at_most(
    entries: int, share: float, elapsed: float, dates: list[float], *, gap: bool
) -> None:
    new = round(entries * share)
    held = Held(now=NOW, since=NOW - elapsed, entries=entries, new=new, dates=dates, gap=gap)
    found = rolls_over_in(rolled(BLANK, held), NOW)
    if found is not None:
        assert (NOW - held.since) / 8 - 1e-3 <= found <= (NOW - held.since) * 2 + 1e-3


SLOW = Habit(
    as_of=NOW - HOUR,
    last=NOW - HOUR,
    watched=20.0,
    events=20.0,
    items=20.0,
    hours=(20 / 24,) * 24,
    days=(20 / 7,) * 7,
    slots=(20 / 12,) * 12,
)
TEN = Told(
    entries=tuple(Entry(url=f"https://a.test/{at}") for at in range(10)), validators=Validators()
)


def source(*, every: timedelta | None = None, habit: Habit = SLOW) -> DueSource:
    return DueSource(
        id=1,
        settings=SourceSettings(name="A", kind="feed", url="https://a.test/", every=every),
        validators=Validators(),
        rhythm=Rhythm(habit=figures_of(habit)),
        added_at=AT,
        claim_no=1,
        first_visit=False,
        last_good_at=AT - timedelta(minutes=16),
    )


def after(
    visited: DueSource, *, because: Missed | None, wait: timedelta | None = None, least: float = 1
) -> NextVisit:
    gap = because and Gap(since=AT - timedelta(minutes=16), until=AT, entries=10, because=because)
    told = Told(entries=TEN.entries, validators=Validators(), wait=wait)
    moment = VisitMoment(source=visited, outcome=told, new=10 if gap else 2, gap=gap)
    return next_visit(moment, Bounds(min=timedelta(minutes=least)), now=AT, jitter=0.0)


def test_a_gap_is_answered_with_visits_twice_as_often_as_the_document_rolls_over() -> None:
    before = after(source(), because=None)
    answered = after(source(), because=Missed.ROLLED)
    assert before.at - AT > timedelta(minutes=8)
    assert answered.at - AT == timedelta(minutes=8)
    assert answered.why == "all that it lists is replaced within about 16 minutes"


def test_bounds_and_what_the_server_asks_for_hold_all_the_same() -> None:
    bounded = after(source(), because=Missed.ROLLED, least=10)
    assert bounded.at - AT == timedelta(minutes=10)
    assert bounded.why.endswith("as often as [cadence] min allows")
    asked = after(source(), because=Missed.ROLLED, wait=timedelta(hours=1))
    assert asked.at - AT == timedelta(hours=1)
    assert asked.why == (
        "asked to wait by its TTL or max-age, though all that it lists is replaced within about "
        "16 minutes"
    )
    written = after(source(every=timedelta(hours=2)), because=Missed.ROLLED)
    assert written.at - AT == timedelta(hours=2)


@pytest.mark.parametrize("because", [Missed.AWAY, Missed.UNANSWERED])
def test_what_was_missed_while_nobody_looked_hurries_nobody(because: Missed) -> None:
    found = after(source(), because=because)
    assert "replaced" not in found.why


def test_a_gap_is_remembered_over_quiet_visits_and_forgotten_with_the_days() -> None:
    rhythm = after(source(), because=Missed.ROLLED).rhythm
    told = [
        next_visit(
            VisitMoment(
                source=DueSource(
                    id=1,
                    settings=SourceSettings(name="A", kind="feed", url="https://a.test/"),
                    validators=Validators(),
                    rhythm=rhythm,
                    added_at=AT,
                    claim_no=1,
                    first_visit=False,
                ),
                outcome=Unchanged(validators=Validators()),
            ),
            Bounds(),
            now=AT + timedelta(days=days),
            jitter=0.0,
        )
        for days in (0, 1, 9)
    ]
    assert ["replaced" in each.why for each in told] == [True, True, False]

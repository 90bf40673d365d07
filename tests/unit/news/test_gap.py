"""When a source told nothing that it told before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from news.entry import Entry
from news.gap import Gap, Missed, gap_before
from news.source import DueSource, Rhythm, SourceSettings, Validators
from news.visit import Failed, Outcome, Told, Unchanged, Visit

NOW = datetime(2024, 11, 5, 6, 0, tzinfo=UTC)
BEFORE = NOW - timedelta(minutes=16)
TOLD = Told(entries=tuple(Entry(title=title) for title in "abc"), validators=Validators())
SOURCE = DueSource(
    id=1,
    settings=SourceSettings(name="A", kind="feed", url="https://a.test/"),
    validators=Validators(),
    rhythm=Rhythm(interval=timedelta(minutes=15)),
    added_at=NOW,
    claim_no=1,
    first_visit=False,
    last_good_at=BEFORE,
    due_at=NOW,
    planned_at=NOW,
    listed=3,
)


def planned(at: datetime | None, cron: str | None = None) -> DueSource:
    """Return a source that is due now, be it that it was resumed, changed or put off."""
    return replace(SOURCE, planned_at=at, settings=replace(SOURCE.settings, cron=cron))


def gap(
    source: DueSource = SOURCE, outcome: Outcome = TOLD, *, new: int = 3, known: int = 0
) -> Gap | None:
    return gap_before(source, Visit(at=NOW, outcome=outcome), new=new, known=known)


def test_a_document_of_nothing_but_unknown_entries_is_a_gap() -> None:
    assert gap() == Gap(since=BEFORE, until=NOW, entries=3)


@pytest.mark.parametrize(
    ("source", "outcome", "new", "known"),
    [
        (SOURCE, TOLD, 1, 1),
        (SOURCE, replace(TOLD, dropped=1), 2, 0),
        (SOURCE, TOLD, 0, 0),
        (SOURCE, replace(TOLD, anew=True), 2, 0),
        (replace(SOURCE, first_visit=True), TOLD, 2, 0),
        (replace(SOURCE, last_good_at=None), TOLD, 2, 0),
        (replace(SOURCE, listed=0), TOLD, 2, 0),
        (replace(SOURCE, listed=None), TOLD, 2, 0),
        (SOURCE, Unchanged(validators=Validators()), 0, 0),
        (SOURCE, Failed(reason="HTTP 500"), 0, 0),
    ],
    ids=[
        "one was known",
        "one was known and left out",
        "nothing is new",
        "found another way",
        "a first visit",
        "never read before",
        "empty before",
        "from before this was kept",
        "unchanged",
        "failed",
    ],
)
def test_what_is_no_gap(source: DueSource, outcome: Outcome, new: int, known: int) -> None:
    assert gap(source, outcome, new=new, known=known) is None


@pytest.mark.parametrize(
    ("source", "because"),
    [
        (SOURCE, Missed.ROLLED),
        (planned(None), Missed.ROLLED),
        (planned(NOW - timedelta(minutes=14)), Missed.ROLLED),
        (planned(NOW + timedelta(minutes=3)), Missed.ROLLED),
        (planned(NOW - timedelta(days=7)), Missed.AWAY),
        (replace(planned(NOW - timedelta(days=7)), due_at=None), Missed.AWAY),
        (replace(planned(None), last_good_at=NOW - timedelta(days=30)), Missed.AWAY),
        (replace(planned(None, "0 5 * * 1"), last_good_at=NOW - timedelta(days=7)), Missed.ROLLED),
        (replace(SOURCE, due_at=NOW, failing_since=BEFORE), Missed.UNANSWERED),
    ],
)
def test_why_nothing_known_stood_there(source: DueSource, because: Missed) -> None:
    found = gap(source)
    assert found is not None
    assert found.because is because


@pytest.mark.parametrize("count", [1, 2, 3])
def test_so_few_entries_may_be_all_that_came(count: int) -> None:
    told = replace(TOLD, entries=TOLD.entries[:count])
    assert (gap(replace(SOURCE, listed=count), told, new=count) is not None) == (count == 3)


@pytest.mark.parametrize(("hours", "repeated"), [(1, True), (23, True), (24, False), (100, False)])
def test_one_a_day_is_spoken_of(hours: int, repeated: bool) -> None:
    found = gap(replace(SOURCE, gap_at=NOW - timedelta(hours=hours)))
    assert found is not None
    assert found.repeated is repeated

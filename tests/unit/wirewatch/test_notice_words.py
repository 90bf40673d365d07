"""What a notice says, of each kind; a source that is well costs no look into the archive."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from archive.entries import NotedEntries
from archive.notices import KeptNotice
from news.cadence import NextVisit
from news.gap import Gap, Missed
from news.notice import Notice, NoticeKind
from news.source import DueSource, Rhythm, SourceSettings, Validators
from news.visit import Failed, Outcome, Told, Unchanged, Visit
from scheduler.overdue import Overdue
from wirewatch.notice_words import Happening, notice_of
from wirewatch.noticing import Noticing

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://desk:secret@yna.test/rss?from=a@b"
SOURCE = DueSource(
    id=4,
    settings=SourceSettings(name="Yonhap News", kind="feed", url=URL),
    validators=Validators(),
    rhythm=Rhythm(failures=3),
    added_at=NOW - 99 * HOUR,
    claim_no=1,
    first_visit=False,
    failing_since=NOW - HOUR,
)
NOTHING = Told(entries=(), validators=Validators())


def plan(failures: int = 4, stop: str | None = None) -> NextVisit:
    return NextVisit(at=NOW + 2 * HOUR, rhythm=Rhythm(failures=failures), stop=stop)


def of(kind: NoticeKind, outcome: Outcome = NOTHING, **more: Any) -> Notice:
    values: dict[str, Any] = {
        "source": SOURCE,
        "visit": Visit(at=NOW, outcome=outcome, status=503),
        "noted": NotedEntries(),
        "plan": plan(),
        **more,
    }
    return notice_of(kind, Happening(**values))


def test_a_failing_source() -> None:
    told = of(NoticeKind.FAILING, Failed(reason="HTTP 503"))
    assert told.what == "HTTP 503: 4 visits in a row failed."
    assert told.next.startswith("It is tried again in 2 h, ")
    assert told.since == NOW - HOUR
    assert told.figures["next_visit_at"] == "2026-11-23T08:00:00Z"
    assert [hint.command for hint in told.hints] == [
        'wirewatch source try "Yonhap News"',
        'wirewatch source pause "Yonhap News"',
    ]


def test_one_that_is_gone_is_not_tried_again() -> None:
    told = of(NoticeKind.FAILING, Failed(reason="HTTP 410", gone=True), plan=plan(1, "HTTP 410"))
    assert told.what == "HTTP 410: its server says that it is gone for good."
    assert "not visited again" in told.next
    assert told.figures["stopped"] is True
    assert told.figures["next_visit_at"] is None
    assert [hint.command.split()[2] for hint in told.hints] == ["try", "resume"]


@pytest.mark.parametrize("kind", NoticeKind)
def test_no_notice_shows_a_password(kind: NoticeKind) -> None:
    told = of(kind, Failed(reason="HTTP 503") if kind is NoticeKind.FAILING else NOTHING)
    assert told.source.url == "https://yna.test/rss?from=a@b"
    assert "secret" not in repr(told)


def test_an_overdue_source() -> None:
    silence = Overdue(since=NOW - 30 * HOUR, usual=timedelta(minutes=90), missing=20)
    told = of(NoticeKind.OVERDUE, silence=silence)
    assert told.what == (
        "It answers, but brought nothing for 30 h; by its own rhythm something comes every 90 min."
    )
    assert told.since == NOW - 30 * HOUR
    assert told.figures["usual_seconds"] == 5_400


@pytest.mark.parametrize(
    ("because", "every", "words"),
    [
        (Missed.ROLLED, None, "It is visited more often from now on."),
        (Missed.ROLLED, HOUR, "Visit it more often: its times are written."),
        (Missed.AWAY, None, "cannot be caught up."),
        (Missed.UNANSWERED, HOUR, "cannot be caught up."),
    ],
)
def test_a_gap(because: Missed, every: timedelta | None, words: str) -> None:
    gap = Gap(since=NOW - HOUR, until=NOW, entries=30, because=because)
    source = replace(SOURCE, settings=replace(SOURCE.settings, every=every))
    told = of(NoticeKind.GAP, source=source, noted=NotedEntries(new=30, gap=gap))
    assert told.what.startswith("None of the 30 entries that it lists was known: ")
    assert told.next.endswith(words)
    assert told.figures["because"] == because.value
    assert told.since == NOW - HOUR


@pytest.mark.parametrize(
    ("failures", "new", "what"),
    [
        (1, 0, "It answers again after 60 min and 1 visit that failed, with nothing new."),
        (9, 1, "It answers again after 60 min and 9 visits that failed, with 1 new entry."),
        (9, 30, "It answers again after 60 min and 9 visits that failed, with 30 new entries."),
    ],
)
def test_one_that_answers_again(failures: int, new: int, what: str) -> None:
    source = replace(SOURCE, rhythm=Rhythm(failures=failures), trouble="source.failing")
    told = of(NoticeKind.RECOVERED, source=source, noted=NotedEntries(new=new))
    assert told.what == what
    assert told.opened is None


def test_one_that_tells_again_names_when_its_silence_began() -> None:
    began = KeptNotice(id=7, notice=replace(of(NoticeKind.OVERDUE), since=NOW - 50 * HOUR))
    source = replace(SOURCE, trouble="source.overdue", failing_since=None, rhythm=Rhythm())
    told = of(NoticeKind.RECOVERED, source=source, noted=NotedEntries(new=2), began=began)
    assert told.what == "It brought 2 new entries after 2 days of silence."
    assert (told.since, told.opened) == (NOW - 50 * HOUR, 7)


class Untouched(Connection):
    """A transaction that nobody may use."""

    def __init__(self) -> None:
        pass

    def __getattribute__(self, name: str) -> Any:
        raise AssertionError(f"{name}: it was to be left alone")


WELL = replace(SOURCE, rhythm=Rhythm(), failing_since=None)


@pytest.mark.parametrize(
    ("source", "outcome", "noted", "excused"),
    [
        (WELL, Unchanged(validators=Validators()), NotedEntries(), False),
        (WELL, NOTHING, NotedEntries(new=3, changed=1), False),
        (WELL, Failed(reason="HTTP 503"), NotedEntries(), False),
        (SOURCE, Failed(reason="no answer", unreachable=True), NotedEntries(), True),
        (SOURCE, Failed(reason="a fault here", ours=True), NotedEntries(), False),
        (
            WELL,
            NOTHING,
            NotedEntries(new=3, gap=Gap(since=NOW, until=NOW, entries=3, repeated=True)),
            False,
        ),
    ],
)
def test_what_gives_no_notice_asks_the_archive_nothing(
    source: DueSource, outcome: Outcome, noted: NotedEntries, *, excused: bool
) -> None:
    noticing = Noticing.of(source, Visit(at=NOW, outcome=outcome), excused=excused)
    failures = 1 if isinstance(outcome, Failed) else 0
    assert noticing.give(Untouched(), noted, plan(source.rhythm.failures + failures)) == []

"""When a permanent redirect is believed, and when it is forgotten: a table of visits in a row."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from news.entry import Entry
from news.moved import moved_after, spared
from news.source import DueSource, Moved, Rhythm, SourceSettings, Validators
from news.visit import Failed, Outcome, Told, Unchanged, Visit

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
OLD, NEW, THIRD = "http://news.test/feed", "https://news.test/feed.xml", "https://third.test/feed"
TOLD = Told(entries=(Entry(own_id="1", title="A story"),), validators=Validators())
APART = timedelta(hours=3)
EMPTY = Told(entries=(), validators=Validators())
SAME = Unchanged(validators=Validators())
BROKEN = Failed(reason="the server failed (HTTP 500)")
QUIET = Told(entries=(), validators=Validators(), dropped=30)
UNREACHED = Failed(reason="connection refused", unreachable=True)


def source(moved: Moved | None = None, url: str = OLD) -> DueSource:
    return DueSource(
        id=1,
        settings=SourceSettings(name="News", kind="feed", url=url),
        validators=Validators(),
        rhythm=Rhythm(),
        added_at=NOW,
        claim_no=1,
        first_visit=False,
        moved=moved,
    )


def after(
    *visits: tuple[Outcome, str | None], url: str = OLD, apart: timedelta = APART
) -> DueSource:
    """Return the source after visits, each with what it brought and where we were sent for good."""
    one, failures = source(url=url), 0
    for number, (outcome, permanent) in enumerate(visits):
        failures = failures + 1 if isinstance(outcome, Failed) else 0
        status = None if outcome == UNREACHED else 200
        at = NOW + number * apart
        visit = Visit(at=at, outcome=outcome, status=status, permanent=permanent)
        one = replace(one, moved=moved_after(one, visit, failures=failures), due_at=at + apart)
    return one


THRICE = ((TOLD, NEW), (SAME, NEW), (TOLD, NEW))

ASKED: dict[str, tuple[tuple[tuple[Outcome, str | None], ...], str]] = {
    "never sent elsewhere": (((TOLD, None), (SAME, None)), OLD),
    "twice is not enough": (THRICE[:2], OLD),
    "three times in a row": (THRICE, NEW),
    "all that stands there is known": (((QUIET, NEW),) * 3, NEW),
    "a visit without it between": ((*THRICE[:2], (TOLD, None), (TOLD, NEW)), OLD),
    "another place between": ((*THRICE[:2], (TOLD, THIRD), (TOLD, NEW)), OLD),
    "an answer that failed between": ((*THRICE[:2], (BROKEN, None), (TOLD, NEW)), OLD),
    "an outage between": ((*THRICE[:2], (UNREACHED, None), (TOLD, NEW)), NEW),
    "our own fault between": ((*THRICE[:2], (replace(BROKEN, ours=True), None), (TOLD, NEW)), NEW),
    "a page that cannot be read there": (((BROKEN, NEW),) * 4, OLD),
    "nothing stands there": (((EMPTY, NEW),) * 4, OLD),
    "another spelling of its own": (((TOLD, "http://NEWS.test:80/feed"),) * 4, OLD),
    "it is asked there, and well": ((*THRICE, (SAME, None), (EMPTY, None)), NEW),
    "it fails there twice": ((*THRICE, (BROKEN, None), (UNREACHED, None)), NEW),
    "it fails there three times": ((*THRICE, *((BROKEN, None),) * 3), OLD),
    "it fails there, but not in a row": (
        (*THRICE, *((BROKEN, None), (SAME, None), (BROKEN, None)) * 2),
        NEW,
    ),
    "it is sent back": ((*THRICE, (TOLD, OLD)), OLD),
    "it moves on": ((*THRICE, (TOLD, THIRD)), OLD),
    "it has moved on": ((*THRICE, *((TOLD, THIRD),) * 3), THIRD),
}


@pytest.mark.parametrize(("visits", "address"), ASKED.values(), ids=ASKED)
def test_where_it_is_asked(visits: tuple[tuple[Outcome, str | None], ...], address: str) -> None:
    assert after(*visits).address == address


def test_it_is_known_since_when() -> None:
    moved = after(*THRICE).moved
    assert moved == Moved(to=NEW, times=3, since=NOW, asked_at=NOW + 2 * APART)


def test_who_shows_a_password_is_sent_nowhere() -> None:
    own = "https://me:s3cret@news.test/feed"
    assert after(*THRICE, url=own).address == own


def test_gone_from_there_is_not_gone_for_good() -> None:
    gone = Failed(reason="the feed is gone for good (HTTP 410)", gone=True)
    visit = Visit(at=NOW, outcome=gone, status=410)
    moved = source(Moved(to=NEW, times=3, since=NOW, asked_at=NOW))
    seen = spared(moved, visit)
    assert isinstance(seen.outcome, Failed)
    assert not seen.outcome.gone
    assert "its own is asked again" in seen.outcome.reason
    assert moved_after(moved, seen, failures=1) is None
    assert spared(source(), visit) == visit
    assert spared(source(Moved(to=NEW, times=2, since=NOW, asked_at=NOW)), visit) == visit


@pytest.mark.parametrize("to", ["http://news.test/other", "http://third.test/feed"])
def test_https_is_not_given_up_for_http(to: str) -> None:
    own = "https://news.test/feed"
    assert after(*((TOLD, to),) * 9, url=own).moved is None


DAYS = timedelta(days=1)
BELIEVED = Moved(to=NEW, times=3, since=NOW, asked_at=NOW)
GONE = Failed(reason="the feed is gone for good (HTTP 410)", gone=True)

ASKED_AGAIN: dict[str, tuple[Outcome, str | None, Moved | None]] = {
    "the move stands": (TOLD, NEW, replace(BELIEVED, asked_at=NOW + DAYS)),
    "unchanged there": (SAME, NEW, replace(BELIEVED, asked_at=NOW + DAYS)),
    "it answers itself": (TOLD, None, None),
    "it is itself, and quiet": (QUIET, None, None),
    "it leads elsewhere": (
        TOLD,
        THIRD,
        Moved(to=THIRD, times=1, since=NOW + DAYS, asked_at=NOW + DAYS),
    ),
    "its host is no more": (UNREACHED, None, replace(BELIEVED, asked_at=NOW + DAYS)),
    "nothing stands there": (BROKEN, None, replace(BELIEVED, asked_at=NOW + DAYS)),
    "it is gone": (GONE, None, replace(BELIEVED, asked_at=NOW + DAYS)),
    "our own fault": (replace(BROKEN, ours=True), None, BELIEVED),
}


@pytest.mark.parametrize(("outcome", "permanent", "kept"), ASKED_AGAIN.values(), ids=ASKED_AGAIN)
def test_its_own_address_is_asked_once_a_day(
    outcome: Outcome, permanent: str | None, kept: Moved | None
) -> None:
    moved = replace(source(BELIEVED), due_at=NOW + DAYS)
    assert (moved.asks_own, moved.address) == (True, OLD)
    assert replace(moved, due_at=NOW + DAYS * 0.99).address == NEW
    visit = spared(moved, Visit(at=NOW + DAYS, outcome=outcome, status=200, permanent=permanent))
    assert not isinstance(visit.outcome, Failed) or not visit.outcome.gone
    assert moved_after(moved, visit, failures=1) == kept

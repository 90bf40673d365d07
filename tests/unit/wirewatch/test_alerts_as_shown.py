"""How `wirewatch alerts` words what became of an alert."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archive.alerts import KeptAlert
from archive.sent_to import SentTo
from news.alert import AlertKind, AlertState
from news.silence import Silence
from wirewatch.cli.alerts import as_json, fared, has_failed, outcomes
from wirewatch.cli.options import Manner
from wirewatch.cli.screen import Screen

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
SCREEN = Screen(manner=Manner(), terminal=False, clock=lambda: NOW)
SILENCE = Silence(id=3, until=NOW, why="night desk")
ALERT = KeptAlert(
    id=7,
    at=NOW,
    kind=AlertKind.STORY,
    reason="told",
    state=AlertState.TOLD,
    watch=1,
    watch_name="Coffins",
    story=1,
    article=1,
    title="Six coffins",
    url="https://a.test/1",
    publisher_name="A",
    sent=(),
)


def sent(channel: str, state: str = "delivered", attempts: int = 1, before: int = 0) -> SentTo:
    last = None if attempts == 0 else "HTTP 503"
    return SentTo(
        channel=channel,
        delivery=9,
        state=state,
        attempts=attempts,
        attempts_before=before,
        last_outcome=last,
        last_status=503,
    )


MORE = "2 more have not arrived"
DONE = tuple(sent(f"c{number}") for number in range(7))


@pytest.mark.parametrize(
    ("several", "words"),
    [
        ((), ""),
        ((sent("desk"),), "desk: delivered"),
        ((sent("desk", attempts=3),), "desk: delivered at attempt 3"),
        ((sent("desk", attempts=3, before=2),), "desk: delivered again on replay"),
        ((sent("desk", attempts=5, before=2),), "desk: delivered again on replay at attempt 3"),
        ((sent("desk", "pending", 2, 2),), "desk: waiting for its replay"),
        (
            (sent("desk", "pending", 3, 2),),
            "desk: waiting after 1 attempt since its replay: HTTP 503",
        ),
        ((sent("desk", "pending", 0),), "desk: waiting"),
        ((sent("desk", "pending"),), "desk: waiting after 1 attempt: HTTP 503"),
        ((sent("desk", "dead", 10),), "desk: given up after 10 attempts: HTTP 503"),
        ((sent("desk", "dead", 0),), "desk: given up, its channel was removed"),
        ((*DONE[:2], sent("x", "pending", 0)), "c0: delivered, c1: delivered, x: waiting"),
        (DONE, "delivered to 7 of 7"),
        ((*DONE, sent("x", "pending", 0)), "delivered to 7 of 8, x: waiting"),
        (
            (*DONE, *(sent(f"w{n}", "pending", 0) for n in range(3)), sent("bad", "dead", 10)),
            "delivered to 7 of 11, bad: given up after 10 attempts: HTTP 503, w0: waiting, " + MORE,
        ),
    ],
)
def test_many_channels_are_summed_up(several: tuple[SentTo, ...], words: str) -> None:
    assert outcomes(several) == words


@pytest.mark.parametrize(
    ("alert", "words"),
    [
        (replace(ALERT, sent=DONE[:1]), "c0: delivered"),
        (ALERT, "to nobody: the watch names no channel"),
        (replace(ALERT, to=("desk",)), "to nobody: there was no channel desk (any more)"),
        (
            replace(ALERT, sent=DONE[:1], held_by=SILENCE),
            "c0: delivered (once silence si_3 (night desk) was over)",
        ),
        (
            replace(ALERT, state=AlertState.HELD, due_at=NOW, held_by=SILENCE),
            "held until 2026-11-23T06:00:00Z by silence si_3 (night desk)",
        ),
        (
            replace(ALERT, state=AlertState.DROPPED, reason="dropped:old"),
            "not told: it is old news",
        ),
    ],
)
def test_what_became_of_an_alert_is_said(alert: KeptAlert, words: str) -> None:
    assert fared(SCREEN, alert) == words


def test_what_is_to_go_again_has_not_failed() -> None:
    assert not has_failed(sent("desk", "pending", 1, 1))
    assert has_failed(sent("desk", "pending", 2, 1))


def test_machines_are_told_the_silence() -> None:
    held = as_json(replace(ALERT, state=AlertState.HELD, due_at=NOW, held_by=SILENCE))
    assert held["silence"] == {"id": "si_3", "why": "night desk"}
    assert held["due_at"] == NOW
    assert as_json(ALERT)["silence"] is None

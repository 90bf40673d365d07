"""A receiver lost what it had; a person has it sent again, and it is the same message."""

import asyncio
import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive import channels, outbox
from archive.database import Database
from news.clock import utc_now
from news.delivery import Attempt
from tests.journeys.command_line import Ran, wirewatch, write
from tests.journeys.small_town import line_with, town
from tests.journeys.told_story import Numbers, deliver_in_vain, tell_a_story

COFFINS = ("Six coffins on a screen", "Six coffins draped in flags were shown on a screen.")


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.chdir(tmp_path)
    write("")
    assert wirewatch("apply").code == 0
    database = Database.open(f"sqlite:///{tmp_path / 'wirewatch.db'}")
    yield database
    database.close()


@pytest.fixture
def told(archive: Database) -> Numbers:
    return tell_a_story(archive, utc_now())


def replay(*words: str) -> Ran:
    return wirewatch("alerts", "replay", *words)


def owe(archive: Database, count: int) -> None:
    with archive.writing() as conn:
        (channel,) = [one.id for one in channels.listing(conn)]
        for _ in range(count):
            outbox.owe(
                conn, channel=channel, alerts=[], payload=b'{"type":"test.ping"}', now=utc_now()
            )


def bury(archive: Database, *, disable: bool) -> None:
    with archive.writing() as conn:
        now = utc_now()
        (due,) = outbox.claim_due(conn, now=now, lease=now - now, limit=1)
        attempt = Attempt(at=now, outcome="HTTP 410", status=410)
        outbox.bury(conn, due, attempt, disable=disable)


def test_an_alert_or_a_delivery_is_sent_again(told: Numbers, archive: Database) -> None:
    deliver_in_vain(archive, utc_now())
    for name in (f"al_{told.alert}", f"dl_{told.delivery}"):
        ran = replay(name)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out == "1 message is due again; a running `wirewatch run` sends at once.\n"
    answer = replay(f"al_{told.alert}", "--json")
    assert json.loads(answer.out) == {"again": 1, "deliveries": [f"dl_{told.delivery}"]}


def test_what_failed_in_a_time_is_sent_again(told: Numbers, archive: Database) -> None:
    assert told.alert
    words = ("--since", "2h", "--channel", "desk", "--failed")
    assert replay(*words).out == "Nothing to send again: no such message was owed.\n"
    deliver_in_vain(archive, utc_now())
    assert replay(*words).out.startswith("1 message is due again")
    assert replay(*words, "--until", "1h").out.startswith("Nothing to send again")


def test_what_was_never_owed_is_named_and_nothing_is_sent(told: Numbers) -> None:
    ran = replay(f"al_{told.alert}", "al_99", "dl_99")
    assert (ran.code, ran.out) == (2, "")
    assert "No message was owed for al_99, dl_99; see `wirewatch alerts`." in ran.err
    assert "desk: waiting (" not in wirewatch("alerts").out


def test_many_are_asked_about(told: Numbers, archive: Database) -> None:
    assert told.alert
    owe(archive, 25)
    words = ("--since", "2h", "--channel", "desk")
    refused = replay(*words)
    assert refused.code == 2
    assert "This would send 26 messages again (26 to desk). Say --yes." in refused.err
    assert replay(*words, "--yes").out.startswith("26 messages are due again")


def test_a_disabled_channel_is_named_with_what_opens_it(told: Numbers, archive: Database) -> None:
    bury(archive, disable=True)
    shown = wirewatch("alerts")
    assert "given up after 1 attempt: HTTP 410" in shown.out
    assert "`wirewatch alerts replay ID`" in shown.err
    ran = replay(f"dl_{told.delivery}")
    assert ran.code == 0
    assert 'Channel "desk" is disabled; they wait until: wirewatch channel enable' in ran.err


def test_what_went_to_a_channel_that_is_gone_cannot_be_sent(
    told: Numbers, archive: Database
) -> None:
    with archive.writing() as conn:
        channels.remove(conn, 1, now=utc_now())
    ran = replay(f"dl_{told.delivery}")
    assert ran.out.startswith("0 messages are due again")
    assert "1 went to a channel that was removed" in ran.err
    assert "given up, its channel was removed" in wirewatch("alerts").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Name alerts or deliveries, or say --since 2h --channel NAME."),
        (["al_1", "--since", "2h"], "Name alerts or deliveries, or say --since"),
        (["--since", "2h"], "Say through which channel: --channel NAME."),
        (["ar_1"], '"ar_1" is no alert (al_77), delivery (dl_512) or notice (nt_3).'),
        (["x"], '"x" is no alert'),
        (["--since", "2h", "--channel", "dask"], 'There is no channel "dask" (did you mean'),
    ],
)
def test_what_cannot_be_meant_is_said(told: Numbers, words: list[str], said: str) -> None:
    assert told.alert
    ran = replay(*words)
    assert ran.code == 2
    assert said in ran.err


def test_plain_alerts_and_their_options_mean_the_list(told: Numbers) -> None:
    spellings: list[Callable[[], Ran]] = [
        lambda: wirewatch("alerts"),
        lambda: wirewatch("alerts", "--since", "7d"),
        lambda: wirewatch("alerts", "list", "--since", "7d"),
        lambda: wirewatch("alerts", "--plain", "--limit", "5"),
        lambda: wirewatch("--plain", "alerts"),
    ]
    for spelt in spellings:
        assert spelt().out.startswith(f"al_{told.alert}\t")
    shown = wirewatch("alerts", "--help")
    assert "replay" in shown.out
    assert "--since" in wirewatch("alerts", "list", "-h").out


async def test_a_replayed_message_comes_again_beside_a_running_run(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        place.configure()
        place.paper.stories |= {"coffins": COFFINS}
        child = await place.start("run")
        async with asyncio.timeout(60):
            await place.desk.arrived.acquire()
            shown = ""
            while "desk: delivered" not in shown:
                shown = (await place.wirewatch("alerts")).out
            again = await place.wirewatch("alerts", "replay", "al_1")
            assert again.code == 0, again.err
            await place.desk.arrived.acquire()
            took = await line_with(child, "took dl_1 again on replay")
        assert "desk" in took
        child.send_signal(signal.SIGTERM)
        await child.communicate()
    first, second = place.desk.got
    assert first == second
    assert first[0] == "dl_1"

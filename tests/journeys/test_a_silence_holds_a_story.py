"""A person silences a watch beside a running `run`; the story comes when the silence is over."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.small_town import Town, line_with, town

COFFINS = ("Six coffins on a screen", "Six coffins draped in flags were shown on a screen.")
BRIDGE = ("Coffins on a bridge", "A column with coffins crossed the bridge in the morning.")


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as made:
        made.configure()
        yield made


async def test_a_story_is_held_and_comes_in_one_message_at_the_end(place: Town) -> None:
    child = await place.start("run")
    async with asyncio.timeout(60):
        await line_with(child, "applied")
        made = await place.wirewatch("silence", "Coffins", "--for", "1h", "--why", "night desk")
        assert made.code == 0, made.err
        place.paper.stories |= {"coffins": COFFINS}
        held = await line_with(child, "HELD Coffins: Six coffins on a screen")
        assert held.rstrip().endswith("by silence si_1 (night desk)")
        place.paper.stories |= {"bridge": BRIDGE}
        await line_with(child, "HELD Coffins: Coffins on a bridge")
        shown = await place.wirewatch("alerts")
        assert shown.out.count("by silence si_1 (night desk)") == 2
        assert place.desk.got == []
        ended = await place.wirewatch("silence", "end", "Coffins")
        assert "2 alerts that it held are told at once" in ended.out
        await place.desk.arrived.acquire()
        await line_with(child, "ALERT Coffins: 2 alerts that silence si_1 (night desk) held → desk")
    ((webhook_id, body),) = place.desk.got
    assert (webhook_id, body["type"]) == ("dl_1", "digest.ready")
    assert body["data"]["because"] == "silence"
    titles = [one["data"]["article"]["title"] for one in body["data"]["alerts"]]
    assert titles == ["Six coffins on a screen", "Coffins on a bridge"]
    after = await place.wirewatch("alerts", "--json")
    told = [json.loads(line) for line in after.out.splitlines()]
    assert [(one["state"], one["reason"]) for one in told] == [("told", "held:silence")] * 2
    assert {one["deliveries"][0]["id"] for one in told} == {"dl_1"}
    child.send_signal(signal.SIGTERM)
    await child.communicate()
    assert child.returncode == 0


async def test_a_silence_that_ran_out_while_nothing_ran_is_summed_up_by_the_next_round(
    place: Town,
) -> None:
    assert (await place.wirewatch("apply")).code == 0
    assert (await place.wirewatch("silence", "--all", "--for", "1h")).code == 0
    place.paper.stories |= {"coffins": COFFINS}
    first = await place.wirewatch("run", "--once")
    assert "HELD Coffins" in first.out
    assert place.desk.got == []
    assert (await place.wirewatch("silence", "end", "si_1")).code == 0
    second = await place.wirewatch("run", "--once")
    assert "ALERT Coffins: 1 alert that silence si_1 held → desk" in second.out
    ((_, body),) = place.desk.got
    assert body["type"] == "digest.ready"
    third = await place.wirewatch("run", "--once")
    assert third.code == 0
    assert len(place.desk.got) == 1

"""While `run` is at work: a watch added by command tells its channel, and `tail` shows it."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.small_town import Town, line_with, town

COFFINS = ("Six coffins on a screen", "Six coffins draped in flags were shown on a screen.")
HARBOUR = ("Harbour opens", "The harbour was opened with a speech and a song on Monday.")
KURSK = ("Soldiers march in Kursk", "A column of soldiers marched through Kursk at dawn.")


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    """Give a paper with a story that nobody waits for, and a desk."""
    async with town(tmp_path) as made:
        made.paper.stories["harbour"] = HARBOUR
        made.configure()
        yield made


async def ended(*children: asyncio.subprocess.Process) -> list[tuple[int | None, str]]:
    """Interrupt processes as Ctrl-C does; return how each ended and what it remarked."""
    for child in children:
        child.send_signal(signal.SIGINT)
    remarks = [(await child.communicate())[1].decode() for child in children]
    return [(child.returncode, err) for child, err in zip(children, remarks, strict=True)]


async def added(place: Town) -> None:
    """Add a watch, and let the paper print what it waits for."""
    done = await place.wirewatch("watch", "add", "Kursk", "kursk soldiers", "--to", "desk")
    assert done.code == 0, done.err
    assert "takes it up within a second" in done.err
    place.paper.stories["kursk"] = KURSK


async def test_a_watch_added_beside_a_run_tells_within_seconds_and_tail_sees_it(
    place: Town,
) -> None:
    running = await place.start("run", "--log", "json")
    try:
        async with asyncio.timeout(90):
            await line_with(running, "Harbour opens")
            tailing = await place.start("tail", "--json")
            await added(place)
            await place.desk.arrived.acquire()
            seen = json.loads(await line_with(tailing, KURSK[0]))
            assert await ended(tailing) == [(130, "Stopped.\n")]
    finally:
        (how_run_ended,) = await ended(running)
    assert how_run_ended[0] == 0
    ((_, body),) = place.desk.got
    assert body["data"]["watch"]["name"] == "Kursk"
    words = "told: the first matching article of its story"
    told = {"id": "w_2", "name": "Kursk", "code": "told", "words": words}
    assert (seen["code"], seen["watches"]) == ("new", [told])
    tried = json.loads((await place.wirewatch("watch", "preview", "Kursk", "--json")).out)
    assert (tried["articles"], tried["alerts"]) == (1, 1)
    listed = (await place.wirewatch("watch", "list", "--json")).out.splitlines()[1]
    figures = json.loads(listed)
    assert (figures["name"], figures["alerts_7d"], figures["matches_7d"]) == ("Kursk", 1, 1)
    story = await place.wirewatch("story", f"{place.paper.base}/kursk")
    assert "al_1 to Kursk" in story.out


@pytest.mark.parametrize("words", [[], ["--watch", "Coffins"]])
async def test_tail_begins_some_time_back_and_shows_one_watch_alone(
    place: Town, words: list[str]
) -> None:
    place.paper.stories["coffins"] = COFFINS
    assert (await place.wirewatch("run", "--once")).code == 0
    tailing = await place.start("tail", "--since", "10m", *words)
    async with asyncio.timeout(60):
        assert tailing.stdout is not None
        lines: list[list[str]] = []
        while not lines or COFFINS[0] not in lines[-1]:
            lines.append((await tailing.stdout.readline()).decode().split("\t"))
    ((code, err),) = await ended(tailing)
    assert code == 130
    assert err.startswith("Nothing is at work on this archive just now")
    titles = [line[3] for line in lines]
    assert (HARBOUR[0] in titles) == (not words)
    assert titles.count(COFFINS[0]) == 1
    assert lines[-1][4] == "Coffins: told\n"


async def test_tail_of_a_watch_that_is_not_there(place: Town) -> None:
    assert (await place.wirewatch("run", "--once")).code == 0
    refused = await place.wirewatch("tail", "--watch", "Coffin")
    assert (refused.code, 'did you mean "Coffins"?' in refused.err) == (2, True)

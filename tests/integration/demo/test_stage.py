"""A whole performance to a reader that knows the labels: the score must see right and wrong."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from tests.integration.demo.stages import TICK, LabelReader, client, short_script
from wirewatch.demo.script import Publish, Script, load
from wirewatch.demo.shouts import Shout
from wirewatch.demo.stage import Stage, StageError

PATIENCE = timedelta(seconds=20)


@asynccontextmanager
async def read(stage: Stage, *, liar: bool = False) -> AsyncIterator[None]:
    async with client() as http:
        reading = asyncio.create_task(LabelReader(stage, http, liar=liar).read_for_ever())
        yield
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


def told_all(stage: Stage) -> int:
    published = sum(isinstance(each.happening, Publish) for each in stage.performed)
    return len(stage.script.before) + published


async def played(script: Script, *, liar: bool = False) -> tuple[Stage, list[Shout]]:
    shouts: list[Shout] = []
    async with Stage(script, beat=TICK, shout=shouts.append, slow_seconds=0) as stage:
        async with read(stage, liar=liar):
            await stage.opening(patience=PATIENCE)
            await stage.play()

            async def noted() -> int:
                return told_all(stage)

            await stage.settled(noted, patience=PATIENCE, quiet=5 * TICK)
        return stage, shouts


async def test_who_does_everything_right_is_exact() -> None:
    stage, shouts = await played(load())
    card = stage.scorecard(told_all(stage))
    assert card.exact, card
    assert card.published == 66
    assert card.expected == stage.owed_so_far() == card.received > 30
    assert {each.sort for each in shouts} == {
        "published",
        "edited",
        "again",
        "gone",
        "down",
        "alert",
        "turned away",
    }


async def test_who_tells_everything_is_found_out() -> None:
    stage, _ = await played(short_script(10), liar=True)
    card = stage.scorecard(told_all(stage))
    assert card.false
    assert not card.missed
    assert not card.exact


async def test_a_stage_that_nobody_reads_says_so() -> None:
    async with Stage(short_script(), beat=TICK) as stage:
        with pytest.raises(StageError, match="not every feed was read within 0 s"):
            await stage.opening(patience=timedelta(seconds=0.05))


async def test_what_was_not_told_is_waited_for_and_then_missed() -> None:
    async with Stage(short_script(), beat=TICK) as stage:
        await stage.play()

        async def noted() -> int:
            return told_all(stage)

        await stage.settled(noted, patience=timedelta(seconds=0.3))
        card = stage.scorecard(told_all(stage))
        assert len(card.missed) == stage.owed_so_far() > 0
        assert not card.exact

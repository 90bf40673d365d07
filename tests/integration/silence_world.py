"""Silences of a small town: made, ended, and released as a running `run` does."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from archive import alerts, silences
from archive.alerts import KeptAlert
from archive.silences import NewSilence
from tests.integration.story_world import World
from wirewatch import closing
from wirewatch.desk import Rules
from wirewatch.release import Summaries


def silence(
    world: World, watch: int | None = 1, *, hours: float = 1, begin: datetime | None = None
) -> int:
    begin = begin or world.now
    new = NewSilence(
        watch=watch, why="night desk", from_at=begin, until_at=begin + timedelta(hours=hours)
    )
    with world.archive.writing() as conn:
        return silences.add(conn, new, now=world.now)


def end(world: World, number: int) -> None:
    with world.archive.writing() as conn:
        world.archive.alone(conn)
        silences.end(conn, number, now=world.now)


def summaries(world: World) -> Summaries:
    return Summaries(
        database=world.archive,
        rules=Rules(base_url="https://ww.test"),
        tell=world.events.append,
        clock=lambda: world.now,
    )


async def release_all(world: World) -> None:
    """Release as a running `run` does, until nothing is due."""
    pump = summaries(world).pump(then=lambda: None)
    loop = asyncio.create_task(pump.run())
    pump.wake()
    await pump.idle()
    await pump.drain(timedelta(seconds=5))
    await loop
    assert pump.faults == 0


def gathered(world: World) -> closing.Gathered:
    with world.archive.reading() as conn:
        found = closing.gathered(conn, watch=1, rules=Rules(), now=world.now)
    assert found is not None
    return found


def listed(world: World) -> list[KeptAlert]:
    with world.archive.reading() as conn:
        return alerts.listing(conn)[::-1]


def digest(world: World) -> Mapping[str, Any]:
    (payload,) = world.payloads()
    assert payload["type"] == "digest.ready"
    data: Mapping[str, Any] = payload["data"]
    assert data["because"] == "silence"
    return data

"""The receivers over sockets: whom they believe, whom they turn away, and what they keep."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.integration.demo.stages import TICK, client, post, short_script
from wirewatch.demo.receiver import Message, said
from wirewatch.demo.shouts import Shout
from wirewatch.demo.stage import Stage

BODY = json.dumps(
    {
        "type": "story.matched",
        "data": {"watch": {"name": "W"}, "article": {"url": "http://x/1", "title": "Гроб"}},
    },
    ensure_ascii=False,
)


@pytest.fixture
async def shouts() -> list[Shout]:
    return []


@pytest.fixture
async def stage(shouts: list[Shout]) -> AsyncIterator[Stage]:
    async with Stage(short_script(), beat=TICK, shout=shouts.append, slow_seconds=0.2) as stage:
        yield stage


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with client() as http:
        yield http


async def test_a_signed_message_is_taken_and_kept(stage: Stage, http: httpx.AsyncClient) -> None:
    assert (await post(http, stage, "desk", BODY, webhook_id="dl_1")).status_code == 200
    (message,) = stage.receiver.messages
    assert (message.channel, message.webhook_id, message.taken) == ("desk", "dl_1", True)
    (alert,) = said(message)
    assert (alert.type, alert.watch, alert.title) == ("story.matched", "W", "Гроб")


async def test_a_message_signed_for_another_channel_is_refused(
    stage: Stage, http: httpx.AsyncClient
) -> None:
    answer = await post(http, stage, "desk", BODY, webhook_id="dl_1", signed_for="flaky")
    assert answer.status_code == 400
    assert not stage.receiver.messages[0].verified


async def test_an_unsigned_message_and_an_unknown_channel_are_refused(
    stage: Stage, http: httpx.AsyncClient
) -> None:
    for channel in ("desk", "nobody"):
        answer = await http.post(f"{stage.receiver.base}/{channel}", content=BODY)
        assert answer.status_code == 400
    assert [message.taken for message in stage.receiver.messages] == [False, False]


async def test_the_failing_one_turns_three_messages_away_once_each(
    stage: Stage, http: httpx.AsyncClient
) -> None:
    statuses = [
        (await post(http, stage, "flaky", BODY, webhook_id=f"dl_{number}")).status_code
        for number in (1, 1, 2, 2, 3, 3, 4)
    ]
    assert statuses == [500, 200, 500, 200, 500, 200, 200]


async def test_the_slow_one_delays_nobody_else(stage: Stage, http: httpx.AsyncClient) -> None:
    slow = asyncio.create_task(post(http, stage, "slow", BODY, webhook_id="dl_1"))
    await post(http, stage, "desk", BODY, webhook_id="dl_2")
    assert not slow.done()
    assert (await slow).status_code == 200
    assert [message.channel for message in stage.receiver.messages] == ["desk", "slow"]


async def test_whoever_watches_hears_of_it(
    stage: Stage, shouts: list[Shout], http: httpx.AsyncClient
) -> None:
    await post(http, stage, "flaky", BODY, webhook_id="dl_1")
    await post(http, stage, "flaky", BODY, webhook_id="dl_1")
    assert [(each.sort, each.who, each.words) for each in shouts] == [
        ("turned away", "flaky", "dl_1 with 500"),
        ("alert", "flaky", "W: Гроб"),
    ]


async def test_a_digest_says_several_things(stage: Stage, http: httpx.AsyncClient) -> None:
    digest = json.dumps({"type": "digest.ready", "data": {"alerts": [json.loads(BODY)] * 2}})
    await post(http, stage, "desk", digest, webhook_id="dl_1")
    message: Message = stage.receiver.messages[0]
    assert [alert.watch for alert in said(message)] == ["W", "W"]

"""Turns asked of the parent: granted in order, ended in every way that a turn can end."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from crawler.politeness import OneByOne, TurnMissedError
from crawler.turns import MARGIN, AskedTurns, GivenTurns

LATER = 1e9
PAGE = "http://a.test/1"


class Pipe:
    """Both ends of a pipe, joined; `said` is what the child put on it."""

    def __init__(self) -> None:
        self.said: list[Mapping[str, Any]] = []
        self.hosts = OneByOne()
        self.given = GivenTurns(self.hosts)
        self.asked = AskedTurns(self._to_parent)

    def _to_parent(self, message: Mapping[str, Any]) -> None:
        self.said.append(message)
        assert self.given.take(message, self._to_child)

    def _to_child(self, message: Mapping[str, Any]) -> None:
        self.asked.granted(message["granted"])


async def settled() -> None:
    for _ in range(9):
        await asyncio.sleep(0)


async def now() -> float:
    return asyncio.get_running_loop().time()


async def test_the_child_waits_while_the_parent_asks_the_host_and_the_other_way_round() -> None:
    pipe, order = Pipe(), []

    async def child() -> None:
        async with pipe.asked.turn("https://a.test/2", until=LATER):
            order.append("child")
            await settled()

    async with pipe.hosts.turn(PAGE, until=LATER):
        task = asyncio.create_task(child())
        await settled()
        assert order == []
    await settled()
    async with pipe.hosts.turn(PAGE, until=LATER):
        order.append("parent")
    await task
    assert order == ["child", "parent"]
    assert [next(iter(message)) for message in pipe.said] == ["want", "done"]
    assert pipe.said[0]["key"] == "a.test"


async def test_who_waited_too_long_is_told_so_and_holds_nothing() -> None:
    pipe = Pipe()
    async with pipe.hosts.turn(PAGE, until=LATER):
        with pytest.raises(TurnMissedError):
            async with pipe.asked.turn(PAGE, until=await now() + 0.001):
                raise AssertionError("it is not its turn")
    async with pipe.hosts.turn(PAGE, until=await now() + 1):
        pass


async def test_a_grant_that_comes_too_late_is_over_already() -> None:
    late: list[Mapping[str, Any]] = []
    turns = AskedTurns(late.append)
    with pytest.raises(TurnMissedError):
        async with turns.turn(PAGE, until=await now()):
            raise AssertionError("nobody granted it")
    turns.granted(late[0]["want"])
    assert late[1] == {"done": late[0]["want"]}


async def test_a_child_that_died_frees_what_it_held_and_what_it_waited_for() -> None:
    hosts = OneByOne()
    given = GivenTurns(hosts)
    granted: list[Mapping[str, Any]] = []
    for number in (1, 2):
        given.take({"want": number, "key": "a.test", "left": 30.0}, granted.append)
    await settled()
    assert granted == [{"granted": 1}]
    given.free_all()
    async with hosts.turn(PAGE, until=await now() + 1):
        await settled()
    assert granted == [{"granted": 1}]


async def test_a_turn_that_nobody_ends_is_freed_when_its_request_must_be_over() -> None:
    hosts = OneByOne()
    given = GivenTurns(hosts)
    given.take({"want": 1, "key": "a.test", "left": 0.01 - MARGIN}, lambda _: None)
    given.take({"want": 2, "key": "b.test", "left": 0.01 - MARGIN}, lambda _: None)
    async with hosts.turn(PAGE, until=await now() + 5):
        pass


async def test_other_messages_are_not_about_turns() -> None:
    given = GivenTurns(OneByOne())
    assert not given.take({"id": 7, "crawl_delay": 0.0}, lambda _: None)
    assert given.take({"done": 7}, lambda _: None)

"""Turns at hosts over the pipe: the parent alone says whose it is, in all of its processes.

    child   {"want": 3, "key": "example.org", "left": 29.5}     may I? for so many seconds I wait
    parent  {"granted": 3}                                      it is yours
    child   {"done": 3}                                         it is over, or not wanted any more

A turn ends with its child, and when no request could still be under way.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from itertools import count
from typing import Any, TypeAlias

from crawler.politeness import OneByOne, TurnMissedError
from crawler.room import PATIENCE
from news.limit import limit_key

Send: TypeAlias = Callable[[Mapping[str, Any]], None]
"""Puts a message on the pipe, and waits for nothing."""

MARGIN = PATIENCE + 10.0
"""Seconds that a request may take to end after its time is up: time stands still for a large
document that waits for its place (crawler/room.py)."""


class AskedTurns:
    """The child's side: each turn is asked of the parent through `send`."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Event] = {}

    @asynccontextmanager
    async def turn(self, url: str, *, until: float) -> AsyncIterator[None]:
        """Wait for a turn and keep it; see `crawler.politeness.Hosts`."""
        number, granted = next(self._numbers), asyncio.Event()
        self._waiting[number] = granted
        left = until - asyncio.get_running_loop().time()
        self._send({"want": number, "key": limit_key(url), "left": left})
        try:
            try:
                async with asyncio.timeout_at(until):
                    await granted.wait()
            except TimeoutError:
                raise TurnMissedError from None
            yield
        finally:
            del self._waiting[number]
            self._send({"done": number})

    def granted(self, number: int) -> None:
        """Take a turn that the parent gives; one that was given up meanwhile is over already."""
        if (waiting := self._waiting.get(number)) is not None:
            waiting.set()


class GivenTurns:
    """The parent's side: takes turns at `hosts` for a child, and frees them when it is over."""

    def __init__(self, hosts: OneByOne) -> None:
        self._hosts = hosts
        self._held: dict[int, asyncio.Task[None]] = {}

    def take(self, message: Mapping[str, Any], send: Send) -> bool:
        """Do what a message says, and tell whether it was about turns at all."""
        if "want" in message:
            number = message["want"]
            until = asyncio.get_running_loop().time() + message["left"]
            holding = self._hold(number, message["key"], until, send)
            self._held[number] = asyncio.create_task(holding)
            return True
        if "done" in message:
            self._end(message["done"])
            return True
        return False

    def free_all(self) -> None:
        """End every turn: their child is no more."""
        for number in list(self._held):
            self._end(number)

    def _end(self, number: int) -> None:
        if (holding := self._held.pop(number, None)) is not None:
            holding.cancel()

    async def _hold(self, number: int, key: str, until: float, send: Send) -> None:
        try:
            async with self._hosts.turn_of(key, until=until):
                send({"granted": number})
                async with asyncio.timeout_at(until + MARGIN):
                    await asyncio.Event().wait()  # until it is ended
        except (TurnMissedError, TimeoutError):
            self._held.pop(number, None)

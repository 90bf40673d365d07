"""Names to addresses, past the guard, in threads of their own.

A lookup can hang for a minute and cannot be cancelled. In the loop's shared threads a few dead
name servers would stop the archive too; and since these threads are daemons, none of them keeps
the process from ending.
"""

import asyncio
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeAlias

from aiohttp.abc import AbstractResolver, ResolveResult

from wirewatch.net.faults import GuardError
from wirewatch.net.guard import Guard, literal_address

Answers: TypeAlias = list[tuple[Any, ...]]
Lookup: TypeAlias = Callable[[str, int, socket.AddressFamily], Answers]

_AT_ONCE = 64


def system_lookup(host: str, port: int, family: socket.AddressFamily) -> Answers:
    """Ask the system, as everybody does; blocks."""
    flags = socket.AI_ADDRCONFIG
    return socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, flags=flags)


class GuardedResolver(AbstractResolver):
    """Answers the addresses of a name that may be reached; raises GuardError if none may."""

    def __init__(self, guard: Guard, lookup: Lookup = system_lookup) -> None:
        self._guard = guard
        self._lookup = lookup
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Resolve `host`; private addresses are dropped, and a fault if nothing else is left."""
        async with self._turns:
            answers = await looked_up(self._lookup, host, port, family)
        results: list[ResolveResult] = []
        fault: str | None = None
        for found, _, proto, _, address in answers:
            fault = self._guard.fault(host, address[0], port)
            if fault is not None:
                continue
            results.append(
                ResolveResult(
                    hostname=host,
                    host=str(address[0]),
                    port=port,
                    family=found,
                    proto=proto,
                    flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
                )
            )
        if not results:
            raise GuardError(fault) if fault else OSError("no address")
        return results

    async def close(self) -> None:
        """Nothing is held open."""


async def looked_up(
    lookup: Lookup, host: str, port: int, family: socket.AddressFamily = socket.AF_UNSPEC
) -> Answers:
    """Return the addresses of `host`; OSError if it has none."""
    literal = literal_address(host)
    if literal is not None:
        kind = socket.AF_INET6 if ":" in literal else socket.AF_INET
        return [(kind, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (literal, port))]
    return await _in_daemon(lambda: lookup(host, port, family))


async def _in_daemon(call: Callable[[], Answers]) -> Answers:
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Answers] = loop.create_future()

    def work() -> None:
        try:
            found = call()
        except (OSError, UnicodeError) as error:  # UnicodeError: a label of 64 characters or more
            failure = error if isinstance(error, OSError) else OSError("no such name")
            settle(lambda: answer.set_exception(failure))
        else:
            settle(lambda: answer.set_result(found))

    def settle(done: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(lambda: None if answer.done() else done())

    threading.Thread(target=work, name="resolve", daemon=True).start()
    return await answer

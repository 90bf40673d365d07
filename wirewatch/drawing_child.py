"""The process that draws pages: Chromium behind the forward proxy, below the engine's process.

It is started for the first page that needs it (crawler/drawing/browser.py).
"""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from crawler.drawing.browser import Browser
from crawler.drawing.child import WayOut, serve
from crawler.drawing.process import Program
from crawler.politeness import Hosts
from wirewatch.net.client import NetworkSettings
from wirewatch.net.dial import Dial
from wirewatch.net.forward_proxy import open_proxy
from wirewatch.net.guard import Guard
from wirewatch.net.told import line_of, own_network, secrets_of


def browser(
    network: NetworkSettings, *, may: Callable[[str], Awaitable[bool]], hosts: Hosts
) -> Browser:
    """Return what draws pages over `network`; see `crawler.drawing.drawn.MakesDrawing`."""
    return Browser(program(network), may=may, hosts=hosts)


def program(network: NetworkSettings) -> Program:
    """Return how this process is started."""
    # -P: the folder we were started in is no place to import from.
    command = [sys.executable, "-P", "-m", "wirewatch.drawing_child", line_of(network)]
    return Program(command=command, secrets=secrets_of(network))


def main(arguments: list[str]) -> None:
    """Serve until stdin ends, by the line of the network and a folder to write in."""
    line, folder = arguments
    network = own_network(line)

    @asynccontextmanager
    async def way_out() -> AsyncIterator[WayOut]:
        dial = Dial(guard=Guard.of(network.allow), proxy=network.proxy)
        async with open_proxy(dial) as proxy:
            yield proxy

    serve(way_out, agent=network.agent, folder=folder)


if __name__ == "__main__":
    main(sys.argv[1:])

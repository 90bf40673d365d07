"""The process that draws pages: Chromium behind the forward proxy, below the engine's process.

It is started for the first page that needs it (wirewatch/drawing.py).
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from crawler.drawing.child import WayOut, serve
from wirewatch.net.dial import Dial
from wirewatch.net.forward_proxy import open_proxy
from wirewatch.net.guard import Guard
from wirewatch.net.told import own_network


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

"""What draws pages, for the engine's process: it starts wirewatch/drawing_child.py when needed.

Playwright is imported there alone.
"""

import sys
from collections.abc import Awaitable, Callable

from crawler.drawing.browser import Browser
from crawler.drawing.process import Program
from crawler.politeness import Hosts
from wirewatch.net.client import NetworkSettings
from wirewatch.net.told import line_of, secrets_of


def browser(
    network: NetworkSettings, *, may: Callable[[str], Awaitable[bool]], hosts: Hosts
) -> Browser:
    """Return what draws pages over `network`; see `crawler.drawing.drawn.MakesDrawing`."""
    return Browser(program(network), may=may, hosts=hosts)


def program(network: NetworkSettings) -> Program:
    """Return how the process is started."""
    # -P: the folder we were started in is no place to import from.
    command = [sys.executable, "-P", "-m", "wirewatch.drawing_child", line_of(network)]
    return Program(command=command, secrets=secrets_of(network))

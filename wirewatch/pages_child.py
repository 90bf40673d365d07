"""The process that reads pages: Scrapy's engine over the guarded client, below the main process.

It is told of the network when it is started (wirewatch/net/told.py) and reads no file. What it runs
stands in wirewatch/pages_main.py, so that this process loads none of it.
"""

import os
import sys
from collections.abc import Mapping

from crawler.engine import Engine
from wirewatch.net.client import NetworkSettings
from wirewatch.net.told import line_of, secrets_of


def engine(network: NetworkSettings) -> Engine:
    """Return the engine over this process, which starts when it is told to."""
    return Engine(command(network), environment=environment(network))


def command(network: NetworkSettings) -> list[str]:
    """Return the command that starts this process with the network's settings."""
    # -P: the folder we were started in is no place to import from.
    return [sys.executable, "-P", "-m", "wirewatch.pages_main", line_of(network)]


def environment(network: NetworkSettings) -> Mapping[str, str] | None:
    """Return the environment for that command, None if ours will do."""
    secrets = secrets_of(network)
    return {**os.environ, **secrets} if secrets else None

"""The process that reads pages: Scrapy's engine over the guarded client, below the main process.

It is told of the network on its command line and reads no file, so it knows no secrets.
"""

import json
import sys
from dataclasses import asdict
from datetime import timedelta

from crawler.engine_child import serve
from wirewatch.crawl_settings import crawl_settings
from wirewatch.net.client import NetworkSettings


def command(network: NetworkSettings) -> list[str]:
    """Return the command that starts this process with the network's settings."""
    plain = {**asdict(network), "deadline": network.deadline.total_seconds()}
    # -P: the folder we were started in is no place to import from.
    return [sys.executable, "-P", "-m", "wirewatch.pages_child", json.dumps(plain)]


def main(arguments: list[str]) -> None:
    """Serve until stdin ends; the one argument is what `command` put there."""
    plain = json.loads(arguments[0])
    network = NetworkSettings(
        agent=plain["agent"],
        allow=tuple(plain["allow"]),
        deadline=timedelta(seconds=plain["deadline"]),
        max_bytes=plain["max_bytes"],
    )
    serve(crawl_settings(network))


if __name__ == "__main__":
    main(sys.argv[1:])

"""The process that reads pages: Scrapy's engine over the guarded client, below the main process.

It is told of the network on its command line and reads no file. The one secret that it may need,
the proxy's password, comes in its environment, which no other user of the machine can read.
"""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import timedelta

from crawler.engine import Engine
from crawler.engine_child import serve
from wirewatch.crawl_settings import crawl_settings
from wirewatch.net.client import NetworkSettings
from wirewatch.net.proxy import Proxy

_PASSWORD = "WIREWATCH_PROXY_PASSWORD"  # noqa: S105 - where it stands, not what it is


def engine(network: NetworkSettings) -> Engine:
    """Return the engine over this process, which starts when it is told to."""
    return Engine(command(network), environment=environment(network))


def command(network: NetworkSettings) -> list[str]:
    """Return the command that starts this process with the network's settings."""
    shown = None if network.proxy is None else asdict(replace(network.proxy, password=""))
    plain = {**asdict(network), "deadline": network.deadline.total_seconds(), "proxy": shown}
    # -P: the folder we were started in is no place to import from.
    return [sys.executable, "-P", "-m", "wirewatch.pages_child", json.dumps(plain)]


def environment(network: NetworkSettings) -> Mapping[str, str] | None:
    """Return the environment for that command, None if ours will do."""
    if network.proxy is None or not network.proxy.password:
        return None
    return {**os.environ, _PASSWORD: network.proxy.password}


def settings_in(text: str, environ: Mapping[str, str]) -> NetworkSettings:
    """Return the network's settings as `command` and `environment` tell them."""
    plain = json.loads(text)
    proxy = plain["proxy"]
    return NetworkSettings(
        agent=plain["agent"],
        allow=tuple(plain["allow"]),
        deadline=timedelta(seconds=plain["deadline"]),
        max_bytes=plain["max_bytes"],
        proxy=proxy and replace(Proxy(**proxy), password=environ.get(_PASSWORD, "")),
    )


def main(arguments: list[str]) -> None:
    """Serve until stdin ends; the one argument is what `command` put there."""
    network = settings_in(arguments[0], os.environ)
    os.environ.pop(_PASSWORD, None)  # nobody below it needs it
    serve(crawl_settings(network))


if __name__ == "__main__":
    main(sys.argv[1:])

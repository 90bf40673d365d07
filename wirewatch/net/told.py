"""How a child process is told of the network: a line of JSON, and what is secret beside it.

The line stands on a command line, where everybody on the machine may read it. The proxy's password
comes in the environment, which no other user can.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import timedelta

from wirewatch.net.client import NetworkSettings
from wirewatch.net.proxy import Proxy

_PASSWORD = "WIREWATCH_PROXY_PASSWORD"  # noqa: S105 - where it stands, not what it is


def line_of(network: NetworkSettings) -> str:
    """Return all of `network` that is not secret."""
    shown = None if network.proxy is None else asdict(replace(network.proxy, password=""))
    plain = {**asdict(network), "proxy": shown}
    plain |= {"deadline": network.deadline.total_seconds(), "delay": network.delay.total_seconds()}
    return json.dumps(plain)


def secrets_of(network: NetworkSettings) -> dict[str, str]:
    """Return what is secret, as variables of an environment."""
    if network.proxy is None or not network.proxy.password:
        return {}
    return {_PASSWORD: network.proxy.password}


def network_in(line: str, environ: Mapping[str, str]) -> NetworkSettings:
    """Return the network's settings as `line_of` and `secrets_of` tell them."""
    plain = json.loads(line)
    proxy = plain["proxy"]
    return NetworkSettings(
        agent=plain["agent"],
        allow=tuple(plain["allow"]),
        deadline=timedelta(seconds=plain["deadline"]),
        max_bytes=plain["max_bytes"],
        delay=timedelta(seconds=plain["delay"]),
        proxy=proxy and replace(Proxy(**proxy), password=environ.get(_PASSWORD, "")),
    )


def own_network(line: str) -> NetworkSettings:
    """Return what we were told; the secret leaves our environment, for nobody below needs it."""
    network = network_in(line, os.environ)
    os.environ.pop(_PASSWORD, None)
    return network

"""What `[network]` of wirewatch.toml means for the one client."""

from wirewatch.config.sections import Network
from wirewatch.net.client import NetworkSettings, user_agent
from wirewatch.net.proxy import proxy_of
from wirewatch.version import VERSION


def settings_of(network: Network) -> NetworkSettings:
    """Return the client's settings; the user agent bears our version and the operator's contact."""
    return NetworkSettings(
        agent=user_agent(VERSION, network.contact),
        allow=network.allow,
        deadline=network.timeout,
        max_bytes=network.max_bytes,
        delay=network.delay,
        proxy=None
        if network.proxy is None
        else proxy_of(network.proxy, password=network.proxy_password),
    )

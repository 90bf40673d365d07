"""What the roof brings to Scrapy: the hardened constants, and the guarded client in them."""

from functools import partial
from typing import Any

from crawler.settings import CLIENT, HARDENED
from wirewatch.net.client import NetworkSettings, open_client


def crawl_settings(network: NetworkSettings) -> dict[str, Any]:
    """Return the settings with which Scrapy downloads as `network` says."""
    return {
        **HARDENED,
        # A function, since Scrapy copies its settings and each handler needs a client of its own.
        CLIENT: partial(open_client, network),
        "USER_AGENT": network.agent,
        "DOWNLOAD_TIMEOUT": network.deadline.total_seconds(),
        "DOWNLOAD_MAXSIZE": network.max_bytes,
    }

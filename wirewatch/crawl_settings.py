"""What the roof brings to Scrapy: the hardened constants, and the guarded client in them."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from crawler.settings import CLIENT, DRAWS, HARDENED, REST
from wirewatch.drawing import browser
from wirewatch.net.client import NetworkSettings, open_client
from wirewatch.net.guard import Guard


def crawl_settings(network: NetworkSettings) -> dict[str, Any]:
    """Return the settings with which Scrapy downloads as `network` says."""
    return {
        **HARDENED,
        # A function, since Scrapy copies its settings and each handler needs a client of its own.
        CLIENT: partial(open_client, network),
        DRAWS: partial(browser, network),
        REST: rest_rule(network.delay, network.allow),
        "USER_AGENT": network.agent,
        "DOWNLOAD_TIMEOUT": network.deadline.total_seconds(),
        "DOWNLOAD_MAXSIZE": network.max_bytes,
    }


def rest_rule(delay: timedelta, allow: Sequence[str]) -> Callable[[str], timedelta]:
    """Return how long the host of an address rests between two requests: `delay`, as a rule.

    Hosts that the operator listed under `allow` are the operator's own, and need no rest.
    """
    guard = Guard.of(tuple(allow))
    return lambda url: timedelta() if guard.lists(url) else delay

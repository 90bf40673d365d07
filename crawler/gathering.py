"""Everything that a Scrapy engine reads for us, made over one exchange.

All requests, those for robots.txt too, wait for their turn at their host, whoever makes them.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from crawler.asked_visit import AskedVisit
from crawler.follow import Following
from crawler.page_reader import PageReader
from crawler.politeness import AskingExchange, Hosts, Turns
from crawler.registry import VISITORS
from crawler.robots import Robots
from crawler.visitor import Visitor
from crawler.workers import WorkerPool
from news.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """Reads pages and visits sources; `following` knows what robots.txt wants."""

    following: Following
    pages: PageReader
    visitors: Mapping[str, Visitor]

    async def visit(self, asked: AskedVisit) -> Visit:
        """Look at a source of one of the kinds of crawler/registry.py."""
        return await self.visitors[asked.kind].visit(asked)


def gathering_over(
    exchange: AskingExchange, pool: WorkerPool, hosts: Hosts | None = None
) -> Gathering:
    """Return all of it, with workers of `pool` for what is fetched and turns that `hosts` gives."""
    turns = Turns(exchange, hosts)
    following = Following(exchange=turns, robots=Robots(turns, monotonic=time.monotonic))
    return Gathering(
        following=following,
        pages=PageReader(following=following, pool=pool),
        visitors={kind: made(following=following, parser=pool) for kind, made in VISITORS.items()},
    )

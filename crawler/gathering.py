"""Everything that a Scrapy engine reads for us, made over one exchange.

All requests, those for robots.txt too, wait for their turn at their host, whoever makes them.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from crawler.asked_visit import AskedVisit
from crawler.drawing.drawn import MakesDrawing, NoDrawing
from crawler.follow import Following, no_rest
from crawler.page_reader import PageReader
from crawler.politeness import AskingExchange, Hosts, OneByOne, Turns
from crawler.registry import VISITORS
from crawler.robots import Allowed, Robots
from crawler.visitor import Visitor, maker
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

    async def close(self) -> None:
        """End the browser, if it runs."""
        await self.following.drawing.close()


def gathering_over(
    exchange: AskingExchange,
    pool: WorkerPool,
    hosts: Hosts | None = None,
    *,
    draws: MakesDrawing | None = None,
    usual_rest: Callable[[str], timedelta] | None = None,
) -> Gathering:
    """Return all of it, with workers of `pool` for what is fetched and turns that `hosts` gives.

    `usual_rest` is how long the operator lets a host rest, where one visit makes many requests;
    `draws` makes what draws pages; without it, none are.
    """
    hosts = hosts or OneByOne()
    turns = Turns(exchange, hosts)
    robots = Robots(turns, monotonic=time.monotonic)

    async def may(url: str) -> bool:
        return isinstance(await robots.permission(url), Allowed)

    following = Following(
        exchange=turns,
        robots=robots,
        usual_rest=usual_rest or no_rest,
        drawing=NoDrawing() if draws is None else draws(may=may, hosts=hosts),
    )
    return Gathering(
        following=following,
        pages=PageReader(following=following, pool=pool),
        visitors={
            kind: maker(name)(following=following, parser=pool) for kind, name in VISITORS.items()
        },
    )

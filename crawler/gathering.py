"""Everything that a Scrapy engine reads for us, made over one exchange.

All requests, those for robots.txt too, wait for their turn at their host, whoever makes them.
"""

import time
from dataclasses import dataclass

from crawler.follow import Following
from crawler.lists.visit import ListVisits
from crawler.page_reader import PageReader
from crawler.politeness import AskingExchange, Turns
from crawler.robots import Robots
from crawler.workers import WorkerPool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """Reads pages and looks at lists; `following` knows what robots.txt wants."""

    following: Following
    pages: PageReader
    lists: ListVisits


def gathering_over(exchange: AskingExchange, pool: WorkerPool) -> Gathering:
    """Return all of it, with workers of `pool` for what is fetched."""
    turns = Turns(exchange)
    following = Following(exchange=turns, robots=Robots(turns, monotonic=time.monotonic))
    return Gathering(
        following=following,
        pages=PageReader(following=following, pool=pool),
        lists=ListVisits(following=following, parser=pool),
    )

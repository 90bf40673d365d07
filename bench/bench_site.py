"""A whole site watched, beside a breadth-first crawler of the same host at equal requests.

The site is generated: departments, sub-departments, paging, sorted lists, sessions, a calendar. In
each round some departments publish, mostly the same ones, as newsrooms do. The naive way follows
every link of its host in the order in which it is met, begins anew at each visit, and takes for an
article whatever has a long text, as a crawler of a few lines does.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from random import Random

from lxml.html import document_fromstring

from crawler.asked_visit import AskedVisit
from crawler.follow import Following
from crawler.http import Fetched
from crawler.lists.anchors import links_of, weight_of
from crawler.robots import Robots
from crawler.sites.visit import SiteVisits
from news.publisher import publisher_of
from news.source import Spider
from news.url import canonical_url
from news.visit import Told
from tests.unit.crawler.looking import AtOnce
from tests.unit.crawler.sites.newsroom import Newsroom

ROUNDS, PAGES = 30, 20
DEPARTMENTS, BELOW = 12, 3
NOW = datetime(2026, 11, 23, tzinfo=UTC)
LONG = 25.0


@dataclass(slots=True)
class Figures:
    """What one way told over all rounds."""

    told: set[str] = field(default_factory=set)
    requests: list[int] = field(default_factory=list)
    seconds: float = 0.0
    late: list[int] = field(default_factory=list)


def main() -> None:
    ours, naive = asyncio.run(_measured())
    print(f"site: {DEPARTMENTS} departments with {BELOW} below each, {ROUNDS} visits")
    print(f"{'':30} {'recall':>7} {'precision':>10} {'requests':>9} {'last ten':>9} {'CPU':>8}")
    for name, (figures, published) in {"ours": ours, "naive, as many requests": naive}.items():
        recall = len(figures.told & published) / len(published)
        precision = len(figures.told & published) / max(1, len(figures.told))
        each = sum(figures.requests) / len(figures.requests)
        last = sum(figures.requests[-10:]) / 10
        cpu = figures.seconds / len(figures.requests) * 1e3
        print(
            f"{name:30} {recall:>7.3f} {precision:>10.3f} {each:>9.1f} {last:>9.1f} {cpu:>5.0f} ms"
        )


async def _measured() -> tuple[tuple[Figures, set[str]], tuple[Figures, set[str]]]:
    room = _room()
    ours = Figures()
    published = await _rounds(room, ours, _Ours(room))
    twin = _room()
    naive = Figures()
    return (ours, published), (naive, await _rounds(twin, naive, _Naive(twin, ours.requests)))


def _room() -> Newsroom:
    names = [f"{chr(97 + n)}-desk".replace("-", "") for n in range(DEPARTMENTS)]
    sections = {f"/{one}": tuple(f"/{one}/{one}{n}" for n in "xyz"[:BELOW]) for one in names}
    return Newsroom.with_stories(4, sections=sections, robots="", sessions=True)


async def _rounds(
    room: Newsroom, figures: Figures, look: Callable[[], Awaitable[set[str]]]
) -> set[str]:
    """Let the newsroom publish and the way look, in turn; return what was published meanwhile."""
    random = Random(7)
    places = [one for section, below in room.sections.items() for one in (section, *below)]
    busy = random.sample(places, 6)
    await look()  # what stands there at first is no news
    published: set[str] = set()
    for _ in range(ROUNDS):
        for _ in range(random.randint(0, 3)):
            place = random.choice(busy) if random.random() < 0.9 else random.choice(places)
            published.add(room.url(room.publish(place)))
        room.asked.clear()
        began = time.process_time()
        figures.told |= await look()
        figures.seconds += time.process_time() - began
        figures.requests.append(room.requests)
    return published


class _Ours:
    def __init__(self, room: Newsroom) -> None:
        robots = Robots(room, monotonic=lambda: 0.0)
        following = Following(exchange=room, robots=robots)
        self._visits = SiteVisits(following=following, parser=AtOnce(), clock=lambda: NOW)
        self._asked = AskedVisit(kind="site", url=room.base + "/", spider=Spider(pages=PAGES))

    async def __call__(self) -> set[str]:
        outcome = (await self._visits.visit(self._asked)).outcome
        self._asked = replace(self._asked, learned=outcome.learned or self._asked.learned)
        if not isinstance(outcome, Told):
            return set()
        told = {entry.url or "" for entry in outcome.entries}
        return told - set(outcome.opened)


class _Naive:
    """Begins at the front page and follows what it meets, as far as its requests go."""

    def __init__(self, room: Newsroom, requests: list[int]) -> None:
        self._room = room
        self._requests = [PAGES, *requests]
        self._known: set[str] = set()

    async def __call__(self) -> set[str]:
        most = self._requests.pop(0)
        queue, met = deque([self._room.base + "/"]), {self._room.base + "/"}
        new: set[str] = set()
        while queue and most > 0:
            answer = await self._room(queue.popleft(), until=0.0)
            most -= 1
            if not isinstance(answer, Fetched) or answer.status != 200:
                continue
            tree = document_fromstring(answer.body)
            for link in links_of(tree.iter("a"), base=answer.url, page=answer.url):
                if publisher_of(link.url) != publisher_of(self._room.base):
                    continue
                if weight_of(link.anchors[0].text) >= LONG:
                    new.add(canonical_url(link.url))
                elif link.key not in met:
                    met.add(link.key)
                    queue.append(link.url)
        told = new - self._known
        self._known |= new
        return told


if __name__ == "__main__":
    main()

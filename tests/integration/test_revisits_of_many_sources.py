"""Many sources: what is asked of their hosts for looks at pages that were read."""

from collections import Counter

from archive import sources
from archive.database import Database
from news.entry import Entry
from news.source import Validators
from news.visit import Told
from tests.integration.revisit_world import RevisitWorld
from tests.integration.story_world import LEASE, NOW, page

SOURCES, EACH, WATCHED = 40, 10, 7
"""Enough to be many, few enough for a test; every seventh host has a page that is watched."""


def url_of(host: int, number: int) -> str:
    return f"https://paper{host}.test/view/{number}"


async def test_looks_stay_within_a_fifth_of_what_their_hosts_are_asked_for(
    sqlite_archive: Database,
) -> None:
    world = RevisitWorld(sqlite_archive)
    world.add_channel()
    world.add_watch("coffins")
    for host in range(SOURCES):
        world.add_source(f"paper{host}")
        for number in range(EACH):
            seen = "Coffins" if host % WATCHED == 0 and number == 0 else "Cranes"
            url = url_of(host, number)
            text = f"{seen} were seen at harbour {host} by {number} people on Monday."
            world.pages.pages[url] = page(url, text, f"{seen} at harbour {host}, part {number}")
    await visit_all(world)
    assert await world.read_all() == SOURCES * EACH
    looks = 0
    for _ in range(25):
        world.later(hours=1)
        looks += await world.look_all()
    asked = Counter(url.split("/")[2] for url in world.looked.again)
    watched = {f"paper{host}.test" for host in range(0, SOURCES, WATCHED)}
    # Ten pages pay for two looks; what is watched is looked at on the first hour and after.
    assert {asked[host] for host in set(asked) - watched} == {2}
    assert all(asked[host] <= 5 for host in watched)
    assert looks == sum(asked.values()) == len(world.looked.again)
    assert looks <= SOURCES * EACH / 4
    assert world.looked.same == looks


async def visit_all(world: RevisitWorld) -> None:
    """Have each source tell of its own host."""
    with world.archive.writing() as conn:
        due = sources.claim_due(conn, now=world.now, lease=LEASE, limit=SOURCES)
    assert len(due) == SOURCES
    for source in due:
        host = int(source.settings.name.removeprefix("paper"))
        told = [
            Entry(url=url_of(host, n), title=f"Harbour {host}, part {n}", published=NOW)
            for n in range(EACH)
        ]
        world.source.at = world.now
        world.source.outcome = Told(entries=tuple(told), validators=Validators())
        await world.pipeline.visit(source)

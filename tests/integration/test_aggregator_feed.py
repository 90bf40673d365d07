"""A feed that an aggregator made, for real: its links redirect to the publisher, who has a feed."""

from archive.database import Database
from news.entry import Entry
from news.page import Page
from news.visit import Told
from tests.integration.raw_server import answer
from tests.integration.story_world import World
from tests.integration.test_list_visit import reader_of, source

ITEM = (
    "<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>{guid}</guid>"
    "<description>{words}</description><source url='https://harbour.test'>The Harbour</source>"
    "</item>"
)
FEED = (
    "<rss version='2.0'><channel><generator>{made}</generator><title>x</title>{item}"
    "</channel></rss>"
)
TITLE = "Crane number 7 comes down"


def feed(made: str, **item: str) -> bytes:
    return answer(FEED.format(made=made, item=ITEM.format(**item)).encode())


async def test_what_both_tell_is_one_article_at_the_publishers_address_and_one_alert(
    archive: Database,
) -> None:
    told: list[Entry] = []
    async with reader_of("feed") as (reader, host, server, engine):
        lists = "&lt;ol&gt;&lt;li&gt;Four more outlets&lt;/li&gt;&lt;/ol&gt;"
        host.pages["/found"] = feed(
            "NFE/5.0", title=f"{TITLE} - The Harbour", link=server.url("/go/7"), guid="CBMi7",
            words=lists,
        )  # fmt: skip
        host.pages["/own"] = feed(
            "Press 1.0", title=TITLE, link=server.url("/story/7"), guid="7", words="So it is."
        )
        host.pages["/go/7"] = answer(status="302 Found", Location="/story/7")
        for path in ("/found", "/own"):
            outcome = (await reader.visit(source(server, path, kind="feed"))).outcome
            assert isinstance(outcome, Told), outcome
            told += outcome.entries
        pages = {entry.url or "": await engine.read(entry.url or "") for entry in told}
        own = server.url("/story/7")
    found, published = told
    assert (found.title, found.summary) == (TITLE, "")
    assert found.publisher_url is None  # it says that it is Google's, and is not
    assert all(isinstance(page, Page) for page in pages.values()), pages
    world = World(archive)
    world.add_source("Google")
    world.add_channel()
    world.add_watch("crane")
    world.pages.pages = dict(pages)
    await world.tell(found)
    world.later(minutes=5)
    await world.tell(published)
    (alert,) = world.payloads()
    assert alert["data"]["article"]["url"] == own
    assert alert["data"]["article"]["title"] == TITLE

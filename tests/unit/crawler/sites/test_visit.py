"""Visits to a generated site: what is found, what it costs, and what is learned."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.asked_visit import AskedVisit
from crawler.follow import Following
from crawler.robots import Robots
from crawler.sites.memory import described, memory_from
from crawler.sites.visit import SiteVisits
from news.source import Spider
from news.visit import Failed, Told, Unchanged, Visit
from tests.unit.crawler.looking import AtOnce
from tests.unit.crawler.sites.newsroom import Newsroom, Story

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


class Time:
    """A clock that runs only while somebody waits, and notes for how long."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def wait(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.now += seconds


class Reader:
    """Visits a newsroom again and again, as the archive would have it visited."""

    def __init__(
        self, room: Newsroom, spider: Spider | None = None, *, rest: float = 0.0, path: str = "/"
    ) -> None:
        self.room, self.time = room, Time()
        robots = Robots(room, monotonic=lambda: 0.0)
        self.visits = SiteVisits(
            following=Following(
                exchange=room, robots=robots, usual_rest=lambda _: timedelta(seconds=rest)
            ),
            parser=AtOnce(),
            clock=lambda: NOW,
            monotonic=self.time,
            pause=self.time.wait,
        )
        self.asked = AskedVisit(kind="site", url=room.base + path, spider=spider or Spider())

    async def look(self) -> Visit:
        self.room.asked.clear()
        self.room.whole.clear()
        visit = await self.visits.visit(self.asked)
        if visit.outcome.learned is not None:
            self.asked = replace(self.asked, learned=visit.outcome.learned)
        return visit

    async def told(self) -> Told:
        outcome = (await self.look()).outcome
        assert isinstance(outcome, Told), outcome
        return outcome


def urls(told: Told) -> set[str]:
    return {entry.url or "" for entry in told.entries}


def allowed(room: Newsroom) -> set[str]:
    stories = [one for one in room.stories if not one.section.startswith("/culture")]
    return {room.url(one) for one in stories}


async def test_a_first_visit_finds_every_article_of_every_section_and_nothing_else() -> None:
    room = Newsroom.with_stories()
    told = await Reader(room).told()
    front = {room.url(one) for one in room.stories if one.section == "/culture"}
    assert allowed(room) <= urls(told) <= allowed(room) | front  # 3 of /culture stand in front
    assert len(urls(told)) == len(allowed(room)) + 3
    assert set(told.opened) == urls(told)
    assert told.title == "The Press"
    assert room.requests == 9  # the front page, three sections and five below them: no trap


async def test_sessions_sorted_lists_and_calendars_are_not_followed() -> None:
    room = Newsroom.with_stories(sessions=True)
    reader = Reader(room)
    for _ in range(4):
        await reader.look()
        asked = {path for path in room.asked if path != "/robots.txt"}
        assert not [path for path in asked if "?" in path or path.count("/") > 2]
        assert not [path for path in asked if path.startswith(("/s/", "/calendar", "/culture"))]


async def test_a_new_article_in_a_sub_section_alone_is_found_at_the_next_visit() -> None:
    room = Newsroom.with_stories()
    reader = Reader(room)
    await reader.told()
    story = room.publish("/world/asia")
    told = await reader.told()
    assert urls(told) == {room.url(story)}
    assert told.opened == ()
    assert room.whole == {"/world/asia": 1}  # all others are answered by 304
    assert told.dropped == 6


async def test_what_brings_news_is_looked_at_at_every_visit_and_the_rest_ever_more_rarely() -> None:
    room = Newsroom.with_stories()
    reader = Reader(room)
    await reader.told()
    costs, found = [], 0
    for _ in range(12):
        story = room.publish("/economy/markets")
        visit = await reader.look()
        costs.append(room.requests)
        assert isinstance(visit.outcome, Told)
        found += urls(visit.outcome) == {room.url(story)}
    assert found == 12
    assert costs[0] == 9
    assert sum(costs[6:]) / 6 <= 4  # the front page, the markets, one explored, seldom others


async def test_a_site_where_nothing_happened_is_unchanged_and_still_learned_from() -> None:
    room = Newsroom.with_stories()
    reader = Reader(room)
    await reader.told()
    visit = await reader.look()
    assert isinstance(visit.outcome, Unchanged)
    assert memory_from(visit.outcome.learned).visits == 2
    await reader.look()
    assert room.requests <= 3


async def test_a_section_found_later_shows_old_articles_first_and_then_news() -> None:
    room = Newsroom.with_stories()
    reader = Reader(room)
    await reader.told()
    room.sections = {**room.sections, "/science": ()}
    old = [room.publish("/science") for _ in range(5)]
    old[-1:] = []  # the newest three stand on the front page, which is known: those are news
    told = await reader.told()
    assert urls(told) >= {room.url(one) for one in old}
    front = {room.url(one) for one in room.stories[:3]}
    assert set(told.opened) == urls(told) - front
    story = room.publish("/science")
    told = await reader.told()
    assert urls(told) == {room.url(story)}
    assert told.opened == ()


async def test_pages_and_depth_bound_a_visit() -> None:
    room = Newsroom.with_stories()
    await Reader(room, Spider(pages=4)).told()
    assert room.requests == 4
    await Reader(room, Spider(depth=1)).told()
    assert room.requests == 4  # /culture is forbidden
    await Reader(room, Spider(depth=0)).told()
    assert room.requests == 1


async def test_what_one_visit_does_not_reach_later_ones_do() -> None:
    room = Newsroom.with_stories()
    reader = Reader(room, Spider(pages=4))
    seen: set[str] = set()
    for _ in range(6):
        visit = await reader.look()
        assert room.requests <= 4
        if isinstance(visit.outcome, Told):
            seen |= urls(visit.outcome)
    assert allowed(room) <= seen


async def test_it_keeps_to_the_sections_that_were_named() -> None:
    room = Newsroom.with_stories()
    reader = Reader(room, Spider(sections=("/world", f"{room.base}/economy/markets")))
    told = await reader.told()
    assert set(room.asked) - {"/robots.txt"} == {
        "/",
        "/world",
        "/world/asia",
        "/world/europe",
        "/economy/markets",
    }
    assert told.broken is None
    strange = Reader(room, Spider(sections=("https://elsewhere.test/world",)))
    assert (await strange.told()).broken == "https://elsewhere.test/world is another site's"


async def test_hosts_rest_between_pages_and_time_ends_a_visit() -> None:
    room = Newsroom.with_stories()
    reader = Reader(room, rest=1.0)
    await reader.told()
    assert reader.time.waits == [1.0] * 8
    slow = Newsroom.with_stories(robots="User-agent: *\nCrawl-delay: 20\n")
    reader = Reader(slow, rest=1.0)
    visit = await reader.look()
    assert reader.time.waits == [20.0, 20.0]
    assert visit.rest == timedelta(seconds=20)
    assert slow.requests == 3


async def test_a_section_that_fails_is_said_once_and_given_up_in_time() -> None:
    room = Newsroom.with_stories()
    reader = Reader(room)
    await reader.told()
    room.down.add("/politics")
    room.publish("/world")
    told = await reader.told()
    assert told.broken == (
        "https://press.test/politics: there is nothing at this address (HTTP 404)"
    )
    looks = 0
    for _ in range(12):
        room.publish("/world")
        assert (await reader.told()).broken is None
        looks += room.asked["/politics"]
    assert looks <= 3


async def test_without_its_front_page_a_visit_fails_and_nothing_is_forgotten() -> None:
    room = Newsroom.with_stories()
    reader = Reader(room)
    await reader.told()
    room.down.add("/")
    visit = await reader.look()
    assert visit.outcome == Failed(reason="there is nothing at this address (HTTP 404)")
    assert room.requests == 1
    room.down.clear()
    story = room.publish("/world/asia")
    assert urls(await reader.told()) == {room.url(story)}


WALL = "<html><title>Consent</title><body>" + "".join(
    f'<article><h2><a href="/consent/partner-{n}-reads-what-you-read">Partner {n} wants to read '
    "what you read today</a></h2></article>"
    for n in range(8)
)


async def test_a_wall_in_front_of_everything_tells_nothing() -> None:
    room = Newsroom.with_stories()
    reader = Reader(room)
    await reader.told()
    room.wall = WALL
    visit = await reader.look()
    assert isinstance(visit.outcome, Failed)
    assert "none of the articles known" in visit.outcome.reason
    room.wall = ""
    story = room.publish("/politics")
    assert room.url(story) in urls(await reader.told())


async def test_a_redesigned_site_is_believed_when_it_is_met_again_and_is_no_news_then() -> None:
    room = Newsroom.with_stories()
    reader = Reader(room)
    await reader.told()
    room.design = 2
    room.stories = [Story(one.number + 900, one.section, one.title) for one in room.stories]
    assert isinstance((await reader.look()).outcome, Failed)
    told = await reader.told()
    assert told.anew
    story = room.publish("/economy")
    told = await reader.told()
    assert room.url(story) in urls(told)
    assert not told.anew


async def test_pages_that_ask_not_to_be_followed_are_not() -> None:
    room = Newsroom.with_stories()
    page = room.page
    room_page = {"/world": "nofollow"}

    class Asking(Newsroom):
        def page(self, path: str) -> str | None:
            html = page(path)
            if path in room_page and html:
                return html.replace("<head>", '<head><meta name="robots" content="nofollow">')
            return html

    asking = Asking(stories=room.stories)
    told = await Reader(asking).told()
    assert "/world/asia" not in asking.asked
    assert "nofollow" in (told.broken or "")


async def test_what_was_learned_is_said() -> None:
    room = Newsroom.with_stories()
    reader = Reader(room)
    lines = described((await reader.told()).learned)
    assert lines[0] == "10 pages were looked at, 0 known for later visits"
    assert "https://press.test/: 12 article links, 12 new; looked at first at every visit" in lines
    assert (
        "https://press.test/world/asia: 6 article links, 6 new; looked at at every visit" in lines
    )
    assert (
        "https://press.test/culture: robots.txt of https://press.test:443 does not allow it"
        in lines
    )


@pytest.mark.parametrize("learned", ["", "[]", "{}", '{"v":1}', '{"v":1,"visits":"x"}', "\x00"])
async def test_whatever_was_kept_a_visit_works(learned: str) -> None:
    room = Newsroom.with_stories()
    reader = Reader(room)
    reader.asked = replace(reader.asked, learned=learned)
    assert len((await reader.told()).entries) > 40


async def test_a_named_section_is_one_with_a_slash_or_without_and_its_failing_has_a_time() -> None:
    room = Newsroom.with_stories()
    sections = ("/world", "/world/", "/nosuch")
    reader = Reader(room, Spider(sections=sections))
    await reader.told()
    assert [path.rstrip("/") for path in room.asked].count("/world") == 1
    for _ in range(2):
        learned = memory_from(reader.asked.learned)
        (lost,) = [one for one in learned.sections.values() if one.url.endswith("/nosuch")]
        assert (lost.failures > 0, lost.failing_at) == (True, int(NOW.timestamp()))
        await reader.look()

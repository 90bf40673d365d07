"""Pages that were read are looked at again: what changed is a revision, and all else is nothing."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from archive import forgotten, looks, matches, page_marks, revisits, trail
from archive.database import Database
from news.page import PageMarks, PageOutcome, SamePage, Unread
from tests.integration.everything_kept import places_of
from tests.integration.revisit_world import RevisitWorld
from tests.integration.story_world import NOW, entry, page
from wirewatch.events import ArticleOwed

URL = "https://yna.test/view/1"
TEXT = (
    "The ministry gave a briefing on the border on Monday.\n"
    "Six soldiers were seen there, said a spokesman.\n"
    "Talks go on in the capital for the rest of the week, he said."
)
DAY = 24 * 60


@pytest.fixture
def world(archive: Database) -> RevisitWorld:
    world = RevisitWorld(archive)
    world.add_channel()
    world.add_source()
    return world


async def told(world: RevisitWorld, text: str = TEXT, watch: str = "soldiers") -> None:
    """Have one article told and read, for which the watch holds if its word stands there."""
    world.add_watch(watch)
    world.pages.pages[URL] = page(URL, text, "A briefing on the border")
    await world.tell(entry())


def shows(world: RevisitWorld, text: str, title: str = "A briefing on the border") -> None:
    world.pages.pages[URL] = page(URL, text, title)


async def test_what_a_watch_holds_for_is_looked_at_four_times_in_a_day(
    world: RevisitWorld,
) -> None:
    await told(world)
    looked: list[int] = []
    for minute in range(0, 3 * DAY, 5):
        looked += [minute] * await world.look_all()
        world.later(minutes=5)
    assert looked == [10, 60, 360, DAY]
    assert world.pages.asked == [URL]
    assert world.looked.same == 4
    assert world.revisions() == []


async def test_one_that_stands_alone_and_is_not_watched_is_left_alone(world: RevisitWorld) -> None:
    await told(world, watch="football")
    assert await world.through(minutes=2 * DAY) == 0


async def test_new_pages_pay_for_looks_at_what_is_not_watched(world: RevisitWorld) -> None:
    for number in range(1, 41):
        url = f"https://yna.test/view/{number}"
        world.pages.pages[url] = page(url, f"{TEXT}\nNumber {number}.", f"Briefing {number}")
    await world.tell(*[entry(number) for number in range(1, 41)])
    looks = await world.through(minutes=2 * DAY)
    assert looks == len(world.looked.again) == 10  # of 50 requests one in five


async def test_a_stub_that_no_watch_holds_for_yet_is_looked_at_within_minutes(
    world: RevisitWorld,
) -> None:
    world.add_watch("coffins")
    for number in range(1, 5):
        url = f"https://yna.test/view/{number}"
        world.pages.pages[url] = page(url, f"{TEXT}\nNumber {number}.", f"Briefing {number}")
    await world.tell(*[entry(number) for number in range(1, 5)])
    await world.look_all()
    with world.archive.reading() as conn:
        (waits,) = [one for one in looks.of(conn, range(1, 5)).values() if one.next]
    assert waits == looks.Looks(next=NOW + timedelta(minutes=10))
    for url in world.pages.pages:
        world.pages.pages[url] = page(url, TEXT.replace("soldiers were", "coffins were"))
    assert await world.through(minutes=10) == 1
    assert len(world.payloads()) == 1


async def test_it_is_known_when_a_page_was_looked_at_and_will_be(world: RevisitWorld) -> None:
    await told(world)
    await world.through(minutes=10)
    with world.archive.reading() as conn:
        known = looks.of(conn, [1])[1]
    assert known.last == NOW + timedelta(minutes=10)
    assert (known.count, known.next) == (1, NOW + timedelta(minutes=60))


async def test_old_news_is_not_looked_at_again(world: RevisitWorld) -> None:
    world.add_watch("soldiers")
    shows(world, TEXT)
    await world.tell(entry(published=NOW - timedelta(hours=25)))
    assert await world.through(minutes=2 * DAY) == 0


async def test_a_term_that_appears_later_alerts(world: RevisitWorld) -> None:
    world.add_watch("briefing", name="all of it")
    await told(world, watch="coffins")
    shows(world, TEXT.replace("soldiers were", "coffins were"))
    assert await world.through(minutes=60) == 2
    first, second = world.payloads()
    assert [one["data"]["watch"]["name"] for one in (first, second)] == ["all of it", "coffins"]
    assert second["data"]["article"]["url"] == URL
    with world.archive.reading() as conn:
        (line,) = [one for one in trail.of_article(conn, 1) if one.reason.code == "revised"]
    assert line.reason.words == "revision 2 of a known article"
    assert [one.revised for one in world.events if isinstance(one, ArticleOwed)] == [False, True]
    assert [one.change for one in world.revisions()] == ["text"]


async def test_a_term_that_is_taken_out_leaves_the_match_of_before(world: RevisitWorld) -> None:
    await told(world)
    shows(world, TEXT.replace("Six soldiers", "Six people"))
    world.later(minutes=10)
    await world.look_all()
    assert world.kept()[2] == 2
    with world.archive.reading() as conn:
        assert matches.of(conn, watch=1, article=1, revision=2).spans == ()
        assert matches.of(conn, watch=1, article=1, revision=1).spans
        assert looks.is_watched(conn, 1)
    assert len(world.payloads()) == 1


async def test_counters_and_clocks_make_no_revision(world: RevisitWorld) -> None:
    await told(world, f"Updated 1 min ago\n{TEXT}\n3 comments")
    looks = 0
    for minute in range(5, 2 * DAY, 5):
        shows(world, f"Updated {minute} min ago\n{TEXT}\n{minute} comments")
        looks += await world.through(minutes=5)
    assert (looks, world.looked.same) == (4, 0)
    assert world.revisions() == []
    assert world.trail_codes(1).count("full") == 1


async def test_a_headline_that_comes_and_goes_is_told_once(world: RevisitWorld) -> None:
    await told(world)
    titles = ["A briefing on the border", "What the ministry would not say"]
    for number in range(1, 21):
        shows(world, TEXT, titles[number % 2])
        world.later(minutes=2)
        await world.tell(entry(title=f"Told anew {number}"))
    assert [one.change for one in world.revisions()] == ["headline"]
    assert world.kept()[0] == titles[1]


async def test_a_text_that_comes_and_goes_makes_few_revisions(world: RevisitWorld) -> None:
    await told(world)
    for number in range(1, 21):
        shows(world, TEXT.replace("Six", "Seven") if number % 2 else TEXT)
        world.later(minutes=2)
        await world.tell(entry(title=f"Told anew {number}"))
    assert 2 <= len(world.revisions()) <= 4
    assert {one.change for one in world.revisions()} == {"figure"}


GOES: dict[str, PageOutcome] = {
    "gone": Unread(reason="HTTP 410", status=410),
    "a bad day": Unread(reason="HTTP 503", again=True, status=503),
    "no network": Unread(reason="connection refused", again=True, silent=True),
    "no text": Unread(reason="the page holds no article", textless=True),
    "elsewhere": page("https://yna.test/", "The news of the day. " * 40, "Yonhap"),
    "a login": page(URL, "Please log in to read on.", "Log in"),
    "a wall": replace(
        page(URL, TEXT.partition("\n")[0], "A briefing on the border"), paywalled=True
    ),
    "taken down": page(URL, "This article was taken down.", "A briefing on the border"),
    "another piece": page(URL, "Hostages were freed in the south. " * 30, "Hostages freed"),
    "not to be kept": replace(page(URL, "Other words.", "A briefing"), noarchive=True),
}


@pytest.mark.parametrize("how", GOES)
async def test_what_cannot_be_read_or_shows_less_changes_nothing(
    world: RevisitWorld, how: str
) -> None:
    await told(world)
    before = world.kept()
    world.pages.pages[URL] = GOES[how]
    looks = await world.through(minutes=2 * DAY)
    assert looks == (1 if how == "gone" else 4)
    assert len(world.looked.again) <= 4
    assert world.kept() == before
    assert world.revisions() == []
    assert len(world.payloads()) == 1
    codes = Counter(world.trail_codes(1))
    assert codes["gone"] == (how == "gone")
    assert codes["fallback"] == codes["kept"] == 0


@pytest.mark.parametrize("how", ["a login", "taken down", "another piece"])
async def test_a_changed_entry_loses_no_text_to_what_its_page_shows_now(
    world: RevisitWorld, how: str
) -> None:
    await told(world)
    world.add_watch("hostages")
    world.pages.pages[URL] = GOES[how]
    world.later(minutes=20)
    await world.tell(entry(title="The border, again"))
    title, body, _ = world.kept()
    assert (title, body) == ("The border, again", TEXT)
    assert world.trail_codes(1).count("kept") == 1
    shows(world, TEXT + "\nCoffins were seen, too.")
    await world.through(minutes=120)
    assert world.kept()[1].endswith("too.")


async def test_what_its_feed_calls_otherwise_too_is_taken(world: RevisitWorld) -> None:
    await told(world)
    world.add_watch("hostages")
    shows(world, "Hostages were freed in the south. " * 30, "Hostages freed in the south")
    world.later(minutes=20)
    await world.tell(entry(title="Hostages freed in the south"))
    assert world.kept()[1].startswith("Hostages")


@pytest.mark.parametrize("more", ["", "\nMore is said now."])
async def test_what_may_not_be_kept_any_more_is_emptied_at_a_look(
    world: RevisitWorld, more: str
) -> None:
    await told(world)
    now = page(URL, TEXT + more, "A briefing on the border")
    world.pages.pages[URL] = replace(now, noarchive=True, drawn=not more)  # drawn: without marks
    world.later(minutes=10)
    assert await world.look_all() == 1
    assert places_of(world.archive, "soldiers were seen") <= {"deliveries.payload"}
    assert await world.through(minutes=2 * DAY) == 0


async def test_forgotten_while_it_is_looked_at_it_leaves_nothing(
    world: RevisitWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    await told(world)
    shows(world, TEXT + "\nMore is said now.")
    world.later(minutes=10)
    look_again = world.looked.look_again

    async def forgets(
        url: str, marks: PageMarks | None, *, render: bool = False
    ) -> PageOutcome | SamePage:
        found = await look_again(url, marks, render=render)
        with world.archive.writing() as conn:
            forgotten.forget(conn, [url], article=1, why="", now=world.now)
        return found

    monkeypatch.setattr(world.looked, "look_again", forgets)
    await world.look_all()
    with world.archive.reading() as conn:
        assert page_marks.of(conn, 1) is None
        assert revisits.waiting(conn) == 0


async def test_a_retraction_under_its_title_is_a_revision(world: RevisitWorld) -> None:
    await told(world)
    shows(world, "This piece was withdrawn.", "Withdrawn: A briefing on the border")
    await world.through(minutes=10)
    assert [one.change for one in world.revisions()] == ["headline"]


async def test_a_page_that_moved_with_its_text_goes_on_at_its_new_address(
    world: RevisitWorld,
) -> None:
    await told(world)
    moved = "https://yna.test/view/1-a-better-slug"
    world.pages.pages[URL] = page(moved, TEXT + "\nOne more sentence stands here.", "A briefing")
    await world.through(minutes=10)
    assert world.kept()[2] == 2


async def test_a_host_that_cools_down_is_asked_for_nothing(world: RevisitWorld) -> None:
    await told(world)
    wait = timedelta(hours=3)
    busy = Unread(reason="HTTP 429", again=True, status=429, url=URL, wait=wait)
    world.pages.pages[URL] = busy
    await world.through(minutes=2 * DAY)
    assert len(world.looked.again) == 3  # not at 1 h, for it had asked for three


async def test_a_rest_of_the_host_is_kept_before_and_after_a_look(world: RevisitWorld) -> None:
    world.rest = timedelta(seconds=30)
    await told(world)
    world.later(minutes=10)
    assert await world.look_all() == 1
    await world.visit(entry(2))
    assert await world.read_all() == 0
    world.later(seconds=30)
    assert await world.read_all() == 1


async def test_without_revisits_nothing_is_asked_twice(world: RevisitWorld) -> None:
    world.pipeline = replace(world.pipeline, revisits=False)
    await told(world)
    assert await world.through(minutes=2 * DAY) == 0


async def test_what_was_drawn_has_no_marks_and_is_looked_at_where_it_is_watched(
    world: RevisitWorld,
) -> None:
    world.add_watch("soldiers")
    world.pages.pages[URL] = replace(page(URL, TEXT, "A briefing"), drawn=True)
    await world.tell(entry())
    with world.archive.reading() as conn:
        assert page_marks.of(conn, 1) is None
    assert await world.through(minutes=10) == 1


async def test_of_many_due_at_one_host_one_is_looked_at_in_five_slots(world: RevisitWorld) -> None:
    world.add_watch("soldiers")
    world.rest = timedelta(seconds=1)
    pages = {f"https://yna.test/view/{number}": number for number in range(30)}
    for url, number in pages.items():
        world.pages.pages[url] = page(url, f"{TEXT}\nNumber {number}.", f"Briefing {number}")
    await world.visit(*[entry(number) for number in pages.values()])
    for _ in range(60):
        await world.read_all()
        world.later(seconds=1)
    assert len(world.pages.asked) == 30
    world.later(minutes=15)
    looks: list[int] = []
    for second in range(120):
        looks += [second] * await world.look_all()
        world.later(seconds=1)
    assert len(looks) == 12
    assert {later - before for before, later in pairwise(looks)} == {10}

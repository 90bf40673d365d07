"""What one publisher shows at several addresses: by title, words and hours one piece, or two."""

from dataclasses import replace

import pytest
from sqlalchemy import insert

from archive import articles, story_decisions
from archive.database import Database
from archive.schema_likeness import story_decisions as rows
from news.entry import Entry
from tests.integration.story_world import World, entry, page
from tests.integration.test_copies import FIRST, SECOND
from tests.unit.news.test_likeness import made

FURNITURE = "Soldiers and others see the film above, and write to our desk. " + made(3, of=80)
TITLE = "Explosion in the barracks of Dovehaven"


@pytest.fixture
def world(archive: Database) -> World:
    made = World(archive)
    made.add_source()
    made.add_channel()
    made.add_watch("earthquake OR murder OR explosion OR union OR lorry")
    return made


def shown(world: World, number: int, title: str, text: str) -> Entry:
    url = f"https://paper.test/{number}"
    world.pages.pages[url] = page(url, text, title)
    return entry(number, url=url, title=title, summary="", published=world.now)


async def test_a_text_under_several_titles_tells_nothing_of_them(world: World) -> None:
    titles = ["Earthquake destroys a town", "Minister held over murder of his rival"]
    for number, title in enumerate(titles, 1):
        await world.tell(shown(world, number, title, FURNITURE))
        world.later(minutes=30)
    assert world.titles_told() == titles
    assert world.trail_codes(2)[:2] == ["full", "new"]


@pytest.mark.parametrize("title", [TITLE, f"Video: {TITLE}", f"{TITLE} | The Paper"])
async def test_a_text_under_one_title_is_one_article(world: World, title: str) -> None:
    await world.tell(shown(world, 1, TITLE, FURNITURE))
    world.later(days=2)
    await world.tell(shown(world, 2, title, FURNITURE))
    assert world.titles_told() == [TITLE]
    with world.archive.reading() as conn:
        assert articles.get(conn, 2) is None


BRIEF = "An explosion killed four in Dovehaven on Sunday, mayor Ilse Brandt said."


@pytest.mark.parametrize(
    ("hours", "text", "told"),
    [(1, BRIEF, 1), (13, BRIEF, 2), (1, "A union calls for a strike in the harbour.", 2)],
    ids=["at once", "half a day later", "other words"],
)
async def test_few_words_under_one_title_are_one_article_for_hours(
    world: World, hours: int, text: str, told: int
) -> None:
    await world.tell(shown(world, 1, TITLE, BRIEF))
    world.later(hours=hours)
    await world.tell(shown(world, 2, TITLE, text))
    assert len(world.titles_told()) == told


@pytest.mark.parametrize(("hours", "told"), [(1, 1), (13, 2)])
async def test_a_piece_written_anew_at_another_address_is_one_story_for_hours(
    world: World, hours: int, told: int
) -> None:
    await world.tell(shown(world, 1, TITLE, FIRST))
    world.later(hours=hours)
    await world.tell(shown(world, 2, TITLE, SECOND))
    assert len(world.titles_told()) == told


STRIKES = """The union of miners called for a strike on Friday. It asks for six percent more pay,
and for showers at the pit of Haugen, after talks broke down on Monday night in Elm. Employers
regretted the step and asked for arbitration by the county."""
LORRY = """A lorry turned over on the road from Haugen to Elm on Tuesday and lost its load. The road
was closed for five hours. The driver was taken to hospital with a broken arm, and the police look
for a grey car that overtook him."""


@pytest.mark.parametrize("title", ["News in brief", "Live", "What you need to know this morning"])
async def test_a_rubric_is_no_piece(world: World, title: str) -> None:
    for number, text in enumerate((STRIKES, LORRY), 1):
        await world.tell(shown(world, number, title, text))
        world.later(minutes=20)
    assert len(world.titles_told()) == 2


def copied(world: World, text: str, title: str = "A union speaks") -> Entry:
    url = "https://other.test/9"
    world.pages.pages[url] = page(url, text, title)
    return entry(9, url=url, title=title, summary="")


STRIKE = "A union calls for a strike. " + made(7, of=90)


@pytest.fixture
async def repeated(world: World) -> World:
    """Return a world in which the second article repeats the words of the first."""
    await world.tell(shown(world, 1, "A strike is called for", STRIKE))
    world.later(minutes=2)
    await world.tell(copied(world, STRIKE))
    assert world.trail_codes(2)[-1] == "folded:copy"
    world.later(minutes=20)
    return world


async def changed(world: World, told: Entry) -> None:
    await world.visit(replace(told, summary="Told anew."))
    world.later(minutes=20)
    await world.read_all()


async def test_a_copy_that_says_something_else_is_a_piece_of_its_own(repeated: World) -> None:
    other = "A lorry fell into the harbour. " + made(8, of=200)
    await changed(repeated, copied(repeated, other, "Lorry in the harbour"))
    with repeated.archive.reading() as conn:
        one, two = articles.get(conn, 1), articles.get(conn, 2)
    assert one is not None
    assert two is not None
    assert (two.copy_of, two.revision) == (None, 2)
    assert two.story != one.story
    assert repeated.titles_told() == ["A strike is called for", "Lorry in the harbour"]
    repeated.later(minutes=20)
    await repeated.tell(replace(shown(repeated, 3, "A lorry", other), published=repeated.now))
    assert repeated.trail_codes(3)[1] == "copy"  # its words are looked for by now


async def test_a_copy_that_still_is_one_stays_in_its_story(repeated: World) -> None:
    await changed(repeated, copied(repeated, f"{STRIKE} Employers regretted it."))
    with repeated.archive.reading() as conn:
        two = articles.get(conn, 2)
    assert two is not None
    assert (two.copy_of, two.story, two.revision) == (1, 1, 2)
    assert len(repeated.titles_told()) == 1


async def test_what_a_person_put_into_a_story_stays_there(repeated: World) -> None:

    with repeated.archive.writing() as conn:
        kind = story_decisions.Decided.JOINED
        conn.execute(insert(rows), {"at": repeated.now, "kind": kind, "article": 2, "story": 1})
    await changed(repeated, copied(repeated, "A lorry fell. " + made(8, of=200), "Lorry"))
    with repeated.archive.reading() as conn:
        two = articles.get(conn, 2)
    assert two is not None
    assert (two.copy_of, two.story) == (None, 1)


WARNING = "https://weather.test/warnings/current"


@pytest.mark.parametrize(
    ("days", "title", "text", "told"),
    [
        (2, "Lorry in the harbour", SECOND + LORRY, 2),
        (0, "Lorry in the harbour", SECOND + LORRY, 1),
        (2, "A strike is called for by a union", SECOND + LORRY, 1),
        (2, "Lorry in the harbour", f"{STRIKE} It goes on.", 1),
    ],
    ids=["other news", "on that day", "its title", "its words"],
)
async def test_an_address_that_is_given_to_other_news_is_told_again(
    world: World, days: int, title: str, text: str, told: int
) -> None:
    world.pages.pages[WARNING] = page(WARNING, STRIKE, "A strike is called for")
    await world.tell(entry(1, url=WARNING, own_id="a", title="A strike is called for"))
    world.later(days=days, minutes=20)
    world.pages.pages[WARNING] = replace(page(WARNING, text, title), published=world.now)
    await world.tell(entry(2, url=WARNING, own_id="b", title=title, published=world.now))
    assert len(world.titles_told()) == told
    with world.archive.reading() as conn:
        here, first = articles.by_url(conn, WARNING), articles.reading_of(conn, 1)
        assert (articles.get(conn, 2) is not None) == (told == 2)
    assert here is not None
    assert here.id == told
    assert first is not None
    assert first.body.startswith(STRIKE[:30]) or told == 1

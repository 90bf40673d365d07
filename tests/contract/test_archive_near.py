"""Undated entries of lists, whose links are new at every look: one stays one, and two stay two."""

import pytest

from archive.database import Database
from archive.entries import NotedEntries
from archive.near import near_of
from news.entry import Entry
from tests.contract.archive_world import MINUTE, NOW, add_source, tell

LATER = NOW + MINUTE
AS_BEFORE = NotedEntries(known=1)
CHANGED = NotedEntries(changed=1)
NEW = NotedEntries(new=1)


@pytest.fixture(autouse=True)
def _source(archive: Database) -> None:
    add_source(archive)


@pytest.mark.parametrize(
    ("first", "second", "noted"),
    [
        pytest.param(
            Entry(url="https://yna.test/index.php?id=1", title="Daily briefing"),
            Entry(url="https://yna.test/index.php?id=2", title="Daily briefing"),
            NEW,
            id="equal titles at one script are two",
        ),
        pytest.param(
            Entry(url="https://yna.test/article.php?sid=1", title="Daily briefing"),
            Entry(url="https://yna.test/article.php?sid=2", title="Daily briefing"),
            NEW,
            id="a sid may be the number of a story",
        ),
        pytest.param(
            Entry(url="https://yna.test/1?PHPSESSID=ab1&sid=5", title="Crane falls"),
            Entry(url="https://yna.test/1?PHPSESSID=cd2&sid=6", title="Crane falls"),
            AS_BEFORE,
            id="no date, and a session in the link",
        ),
        pytest.param(
            Entry(url="https://yna.test/1?sid=5", title="Crane falls"),
            Entry(url="https://yna.test/1?sid=6", title="Crane stands"),
            NEW,
            id="no date, another number and other words are two",
        ),
        pytest.param(
            Entry(url="https://yna.test/1", title="Crane falls"),
            Entry(url="https://yna.test/1/", title="Crane falls down"),
            CHANGED,
            id="a slash at the end, and edited",
        ),
    ],
)
def test_what_makes_an_undated_entry_known(
    archive: Database, first: Entry, second: Entry, noted: NotedEntries
) -> None:
    assert tell(archive, first) == NEW
    assert tell(archive, second, at=LATER) == noted
    assert tell(archive, second, at=LATER) == AS_BEFORE


def test_equal_titles_of_one_list_stay_two_at_every_look(archive: Database) -> None:
    def listed(session: str) -> list[Entry]:
        return [
            Entry(url=f"https://yna.test/{number}?sid={session}", title="Breaking news")
            for number in (1, 2)
        ]

    assert tell(archive, *listed("a")).new == len(listed("a"))
    assert tell(archive, *listed("b"), at=LATER) == NotedEntries(known=2)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("https://a.test/77?s=1", "https://a.test/77/?s=2", True),
        ("https://a.test/the-crane-falls?t=1", "https://a.test/the-crane-falls?t=2", True),
        ("https://a.test/n12345.html?_=1", "https://a.test/n12345.html?_=2", True),
        ("https://a.test/77?page=1", "https://a.test/77?page=2", False),
        ("https://a.test/2026?s=1", "https://a.test/2026?s=2", False),
        ("https://a.test/view.php?s=1", "https://a.test/view.php?s=2", False),
        ("https://a.test/77?s=1", "https://b.test/77?s=1", False),
    ],
)
def test_a_path_has_to_name_its_article_by_itself(one: str, other: str, *, near: bool) -> None:
    assert (near_of(one) == near_of(other)) is near

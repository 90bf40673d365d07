"""The archive counts its own words once it holds enough of a language, on both engines."""

import pytest

from archive import set_number, word_counts
from archive.database import Database
from news.gist_rarity import RAREST, SHIPPED
from news.gist_words import terms_of
from tests.contract.archive_world import add_article, new_article, within
from wirewatch.word_counting import WordCounting


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_counts, "ENOUGH", 4)
    monkeypatch.setattr(word_counts, "SAMPLE", 6)
    monkeypatch.setattr(word_counts, "LOOK_AFTER", 2)


def fill(archive: Database, first: int, last: int) -> None:
    for number in range(first, last + 1):
        body = f"The ferry {'Halcyon' if number % 2 else 'Petrel'} is late, says port{number}x."
        add_article(archive, new_article(number, title=f"Ferries {number}", body=body))


async def look(archive: Database) -> None:
    await WordCounting(database=archive, batch=2).look()


def rare(archive: Database, word: str) -> float:
    (term, *_) = terms_of([word])
    return within(archive, word_counts.rarity).of("en", term)


def version(archive: Database) -> int:
    return within(archive, set_number.read)


async def test_few_articles_leave_the_shipped_tables(archive: Database) -> None:
    fill(archive, 1, 3)
    await look(archive)
    assert within(archive, word_counts.rarity) is SHIPPED


async def test_enough_articles_are_counted(archive: Database) -> None:
    fill(archive, 1, 4)
    before = version(archive)
    await look(archive)
    assert version(archive) == before + 1
    assert rare(archive, "ferry") == pytest.approx(0)
    assert rare(archive, "halcyon") == pytest.approx(0.69, abs=0.02)
    assert rare(archive, "port1x") == RAREST  # it stands in one article alone
    assert rare(archive, "unheard") == RAREST


async def test_they_are_counted_anew_when_they_have_doubled_and_not_before(
    archive: Database,
) -> None:
    fill(archive, 1, 4)
    await look(archive)
    counted = version(archive)
    fill(archive, 5, 7)
    await look(archive)
    assert version(archive) == counted
    fill(archive, 8, 9)
    await look(archive)
    assert version(archive) == counted + 1


async def test_a_look_at_nothing_new_reads_no_language(
    archive: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(archive, 1, 3)
    await look(archive)
    monkeypatch.setattr(word_counts, "due", None)  # whoever called it would fail
    await look(archive)
    assert within(archive, word_counts.rarity) is SHIPPED


async def test_no_more_terms_are_kept_than_agreed(
    archive: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_counts, "MOST_TERMS", 1)
    fill(archive, 1, 4)
    await look(archive)
    known = [word for word in ("ferry", "the", "late", "halcyon") if rare(archive, word) < RAREST]
    assert len(known) <= 1

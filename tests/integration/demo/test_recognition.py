"""The script's stories, recognised as they are labelled, whatever the order they come in.

All its articles are about one subject, and so are those of whoever watches one: to tell its events
apart is harder than to tell apart the news of a day.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from news.gist import gist_of
from news.grouping import Candidate, Newcomer, place
from news.likeness import compared, words_of
from news.text import analyze
from wirewatch.demo.script import Piece, Publish, load

SCRIPT = load()
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
PIECES = [*SCRIPT.before, *(p.piece for p in SCRIPT.happenings if isinstance(p, Publish))]
LANGUAGES = {outlet.id: outlet.language for outlet in SCRIPT.outlets}
LABELLED = sorted(
    sorted(piece.id for piece in PIECES if piece.story == story)
    for story in {piece.story for piece in PIECES}
)


def body(piece: Piece) -> str:
    return "\n".join(piece.paragraphs)


def recognised(pieces: Sequence[Piece]) -> list[list[str]]:
    """Group accounts one by one as they come, a second apart."""
    known: list[Candidate] = []
    stories: defaultdict[int, list[str]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        text = analyze(piece.title, body(piece))
        gist = gist_of(piece.title, body(piece), text, LANGUAGES[piece.outlet])
        at = NOW + number * timedelta(seconds=1)
        placed = place(Newcomer(gist=gist, publisher=piece.outlet, at=at), known)
        story = number if placed is None else placed.story
        stories[story].append(piece.id)
        known.append(
            Candidate(article=number, story=story, publisher=piece.outlet, at=at, gist=gist)
        )
    return sorted(sorted(ids) for ids in stories.values())


@pytest.mark.parametrize("seed", range(4))
def test_accounts_are_put_together_as_they_are_labelled(seed: int) -> None:
    pieces = PIECES[:]
    if seed:
        random.Random(seed).shuffle(pieces)
    assert recognised(pieces) == LABELLED


def test_a_text_is_a_copy_of_the_agencys_and_of_nothing_else() -> None:
    texts = {piece.id: words_of(analyze("", body(piece)).body) for piece in PIECES}
    wires = [piece for piece in PIECES if piece.id.startswith("meridian-")]
    for wire in wires:
        carried = {
            piece.id
            for piece in PIECES
            if piece is not wire
            and compared(texts[piece.id], texts[wire.id]).is_copy(
                same_publisher=piece.outlet == wire.outlet
            )
        }
        own_words = {"g-captives", "r-captives"}
        assert (
            carried
            == {piece.id for piece in PIECES if piece.story == wire.story and piece is not wire}
            - own_words
        )


def test_a_report_of_every_day_is_no_copy_of_the_last_one() -> None:
    monday, tuesday = (
        words_of(analyze("", body(piece)).body) for piece in PIECES if piece.series == "front"
    )
    found = compared(tuesday, monday)
    assert found.contradicted > found.agreed
    assert not found.is_copy(same_publisher=True)
    assert not found.is_copy(same_publisher=False)

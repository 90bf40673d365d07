"""What was changed, in words."""

from datetime import UTC, datetime

import pytest

from archive.revisions import Revision
from news.revision import Kind
from wirewatch.cli.change_words import changed, kinds

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Revision(n=1, at=AT, change="figure", size=3, kinds=("figure",), words=2), "a figure"),
        (
            Revision(n=1, at=AT, change="headline", size=3, kinds=("headline", "figure", "lead")),
            "the headline, a figure and the lead",
        ),
        (Revision(n=1, at=AT, change="all", size=3), "the headline and the text"),
        (Revision(n=1, at=AT, change="unheard-of", size=3), "unheard-of"),
    ],
)
def test_kinds_become_a_phrase(change: Revision, said: str) -> None:
    assert kinds(change) == said


def test_every_kind_has_words_of_its_own() -> None:
    said = {kinds(Revision(n=1, at=AT, change=kind.value, size=0)) for kind in Kind}
    assert len(said) == len(Kind)
    assert not said & {kind.value for kind in Kind}


def test_by_how_much_is_told_in_words_and_characters() -> None:
    change = Revision(n=1, at=AT, change="figure", size=-1_200, kinds=("figure",), words=1)
    assert changed(change) == "a figure (1 word, -1,200 characters)"
    before = Revision(n=1, at=AT, change="text", size=12)
    assert changed(before) == "the wording (+12 characters)"

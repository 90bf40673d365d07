"""Articles that a trail names are shown with their titles."""

from datetime import UTC, datetime

import pytest

from news.trail import Reason, Step, TrailLine
from wirewatch.cli.trail_words import titled

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("the words of ar_1, by A", "the words of ar_1 “Troops leave”, by A"),
        ("like ar_12 and ar_1", "like ar_12 and ar_1 “Troops leave”"),
        ("tells the same as ar_3", "tells the same as ar_3 “" + "x" * 59 + "…”"),
        ("a new article", "a new article"),
    ],
)
def test_titles_stand_behind_the_names_of_articles(words: str, shown: str) -> None:
    line = TrailLine(at=AT, reason=Reason(step=Step.RECOGNISED, code="copy", words=words))
    titles = {"ar_1": "Troops\nleave", "ar_3": "x" * 100}
    assert titled(line, titles).reason.words == shown

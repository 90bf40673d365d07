"""A story in figures: one and many, and families where they differ from publishers."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from news.story import Story
from wirewatch.cli.story_figures import figures, many

STORY = Story(
    id=1,
    articles=5,
    publishers=4,
    families=3,
    first_publisher="Yonhap",
    first_at=datetime(2026, 11, 23, 6, 0, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (STORY, "5 articles of 4 publishers in 3 families"),
        (replace(STORY, families=1), "5 articles of 4 publishers in 1 family"),
        (replace(STORY, families=4), "5 articles of 4 publishers"),
        (replace(STORY, articles=1, publishers=1, families=1), "1 article of 1 publisher"),
        (replace(STORY, articles=1_200), "1,200 articles of 4 publishers in 3 families"),
    ],
)
def test_a_story_in_figures(told: Story, said: str) -> None:
    assert figures(told) == said


def test_nouns_in_y_have_their_own_plural() -> None:
    assert [many(2, noun) for noun in ("copy", "account", "family")] == [
        "2 copies",
        "2 accounts",
        "2 families",
    ]

"""How far back the command of a summary reaches: behind its oldest alert, also when read late."""

from datetime import UTC, datetime, timedelta

import pytest

from alerts.letter_times import reaching_back

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "words"),
    [([], "24h"), ([0], "24h"), ([0.5], "25h"), ([2, 24], "48h"), ([25], "3d"), ([1, 168], "8d")],
)
def test_a_summary_points_behind_its_oldest_alert(hours: list[float], words: str) -> None:
    assert reaching_back([NOW - timedelta(hours=each) for each in hours], NOW) == words

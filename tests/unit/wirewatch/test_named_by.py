"""A publisher that nobody knows is called as its page says, else as its source."""

from dataclasses import replace

import pytest

from tests.unit.wirewatch.test_settle import DUE, KEPT
from wirewatch.named_by import named_by


@pytest.mark.parametrize(
    ("said", "url", "source", "name"),
    [
        ("The Harbour", "https://harbour.test/a", "https://harbour.test/rss", "The Harbour"),
        (None, "https://www.harbour.test/a", "https://feeds.harbour.test/rss", "Example"),
        (None, "http://127.0.0.1:9601/a", "http://127.0.0.1:9601/rss", "Example"),
        (None, "http://127.0.0.1:9601/a", "http://127.0.0.1:9602/rss", None),
        (None, "https://harbour.test/a", "https://reader.test/rss", None),
    ],
)
def test_the_name_of_an_unknown_publisher(
    said: str | None, url: str, source: str, name: str | None
) -> None:
    due, reading = replace(DUE, source_url=source), replace(KEPT, url=url, publisher=said)
    assert named_by(due, reading) == name

"""Settings said on the command line meet the rules of the file."""

from typing import Any

import pytest

from news.errors import UsageError
from wirewatch.config.spoken import spoken
from wirewatch.config.tables import WatchTable

SAID: dict[str, Any] = {"name": "Kursk", "query": "kursk", "to": ("desk",), "alert": ("story",)}


def test_what_is_well_said_comes_back_checked() -> None:
    table = spoken(WatchTable, SAID)
    assert (table.name, table.query, table.to, table.alert) == (
        "Kursk",
        "kursk",
        ("desk",),
        ("story",),
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": ""}, "name: must not be empty"),
        ({"name": "a\nb"}, "name: a name stands on one line, with no blanks around it"),
        ({"name": "n" * 201}, "name: a name has at most 200 characters"),
        ({"name": "w_3"}, 'name: "w_3" is how wirewatch itself numbers things'),
        ({"alert": ("grwth",)}, 'alert: "grwth" is not known here (did you mean "growth"?)'),
        ({"colour": "red"}, 'unknown key "colour"'),
    ],
)
def test_what_is_not_is_told_without_a_file_or_line(said: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError) as refused:
        spoken(WatchTable, SAID | said)
    assert str(refused.value).startswith(words)

"""What is said where pages are to be drawn and nothing can draw them."""

from pathlib import Path

import pytest

from wirewatch.config.load import load
from wirewatch.config.unserved import unserved
from wirewatch.undrawn import undrawn

SOURCE = '[[source]]\nname = "{}"\nurl = "https://{}.test/"\nkind = "list"\nrender = {}\n'


@pytest.mark.parametrize(
    ("wanted", "missing", "said"),
    [
        (("false", "false"), "there is no Chromium", []),
        (("true", "false"), None, []),
        (
            ("true", "true"),
            "there is no Chromium",
            ['render = true of "a", "b": pages are taken as sent, for there is no Chromium.'],
        ),
    ],
)
def test_sources_that_want_to_be_drawn_are_named_where_nothing_can_draw(
    tmp_path: Path, wanted: tuple[str, str], missing: str | None, said: list[str]
) -> None:
    file = tmp_path / "wirewatch.toml"
    file.write_text("".join(SOURCE.format(*each) for each in zip("ab", "ab", wanted, strict=True)))
    configuration = load(file, environ={})
    assert undrawn(configuration, lambda: missing) == said
    assert unserved(configuration) == []

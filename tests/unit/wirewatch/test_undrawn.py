"""What is said where pages are to be drawn and nothing can draw them."""

import subprocess
import sys
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


def test_playwright_is_imported_by_the_browsers_process_alone() -> None:
    text = "import sys, wirewatch.build, wirewatch.pages_child; print('playwright' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", text], capture_output=True, check=True, text=True)
    assert said.stdout == "False\n"

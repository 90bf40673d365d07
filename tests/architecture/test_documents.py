"""The documents speak of what is there."""

import re
from pathlib import Path

import click
import pytest

from tests.architecture import budgets
from tests.architecture.documents import commands, dead_links, documents, lost_places
from tests.architecture.tree import ROOT
from wirewatch.cli.main import main
from wirewatch.config.load import load
from wirewatch.config.unserved import unserved

SECTIONS = ["## Context", "## Decision", "## Consequences"]


def test_no_link_is_dead() -> None:
    assert [told for place, text in documents() for told in dead_links(place, text)] == []


def test_every_place_that_is_named_is_there() -> None:
    assert [told for place, text in documents() for told in lost_places(place, text)] == []


def test_each_decision_has_its_sections_and_its_line() -> None:
    index = (ROOT / "docs/adr/README.md").read_text("utf-8")
    pages = sorted((ROOT / "docs/adr").glob("[0-9]*.md"))
    for number, page in enumerate(pages, 1):
        text = page.read_text("utf-8")
        assert page.name.startswith(f"{number:04}-")
        assert text.startswith(f"# {number}. ")
        assert [line for line in text.splitlines() if line.startswith("## ")] == SECTIONS
        assert f"[{number}]({page.name})" in index


def test_the_readme_lists_the_commands_that_there_are() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert commands(text) == there_are()


def there_are() -> set[tuple[str, ...]]:
    """Walk the command line: every command that is not a group, as its words."""
    root = click.Context(main)
    found: set[tuple[str, ...]] = set()
    for name in main.list_commands(root):
        command = main.get_command(root, name)
        if isinstance(command, click.Group):
            below = click.Context(command, parent=root)
            found |= {(name, inner) for inner in command.list_commands(below)}
        else:
            found.add((name,))
    return found


def test_the_configuration_in_the_readme_is_right(tmp_path: Path) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    file = tmp_path / "wirewatch.toml"
    file.write_text(block)
    secret = "whsec_bm90IGEgcmVhbCBzZWNyZXQsIG9ubHkgYSB0ZXN0"
    configuration = load(file, environ={"WIREWATCH_SECRET": secret})
    assert [watch.settings.to for watch in configuration.watches] == [("newsroom",)]
    assert unserved(configuration) == []


def test_ci_runs_what_the_readme_says() -> None:
    script = (ROOT / ".ci/run").read_text("utf-8")
    called = re.findall(r"make (\w+)", script)
    assert called == ["test"]
    assert "make test" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [
        f"File ≤ {budgets.FILE_LINES} lines (tests ≤ {budgets.TEST_FILE_LINES})",
        f"function body ≤ {budgets.BODY_LINES} lines",
        f"≤ {budgets.ARGUMENTS} arguments",
        f"class ≤ {budgets.CLASS_LINES} lines",
    ],
)
def test_the_budgets_are_told_as_they_are_held(words: str) -> None:
    assert words in " ".join((ROOT / "CONTRIBUTING.md").read_text("utf-8").split())


def test_a_dead_link_is_told(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "README.md").touch()
    text = "[a](../README.md) [b](gone.md#part) [c](https://a.test/x) [d](#here)"
    assert list(dead_links("docs/page.md", text, tmp_path)) == ["docs/page.md: gone.md"]


def test_a_lost_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news/url.py").touch()
    text = "`news/url.py` `news/` `news/gone.py` `alerts/channels/NAME.py` `git push` `a.b`"
    assert list(lost_places("README.md", text, tmp_path)) == ["README.md: news/gone.py"]


def test_commands_are_read_from_their_table() -> None:
    table = "| `wirewatch run [--once]` | x |\n| `wirewatch channel test NAME` | y |"
    assert commands(table) == {("run",), ("channel", "test")}

"""The version is said in two places, which agree."""

import tomllib
from pathlib import Path

from wirewatch.version import VERSION


def test_the_program_and_its_metadata_agree() -> None:
    text = (Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8")
    assert tomllib.loads(text)["project"]["version"] == VERSION

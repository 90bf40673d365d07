"""The budgets that ruff and mypy hold: they are switched on, can fail, and are not talked round."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.silencing import unexplained
from tests.architecture.tree import AROUND, PRODUCT, ROOT, sample, sources

BRANCHES = "".join(f"    if x == {n}:\n        return {n}\n" for n in range(9))
STATEMENTS = "".join(f"    y{n} = x\n" for n in range(31))

TOO_MUCH = {
    "C901": f"def f(x: int) -> int:\n{BRANCHES}    return x\n",
    "PLR0915": f"def f(x: int) -> None:\n{STATEMENTS}",
    "PLR0913": "def f(a: int, b: int, c: int, d: int, e: int, g: int, h: int) -> None: ...\n",
    "FBT001": "def f(a: bool) -> None: ...\n",
    "BLE001": "try:\n    pass\nexcept Exception:\n    pass\n",
    "ANN001": "def f(a) -> None: ...\n",
    "D103": "def f() -> None: ...\n",
    "DTZ005": "from datetime import datetime\n\nNOW = datetime.now()\n",
    "TID252": "from .reader import Reader\n",
}


def ruff(*arguments: str, text: str) -> str:
    """Let ruff read `text` as a file of the crawler, under our configuration."""
    program = Path(sys.executable).with_name("ruff")
    done = subprocess.run(
        [program, *arguments, "--no-cache", "--stdin-filename", "crawler/sample.py", "-"],
        cwd=ROOT,
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("code", TOO_MUCH)
def test_ruff_tells_what_is_too_much(code: str) -> None:
    assert code in ruff("check", "--output-format=concise", text=TOO_MUCH[code])


def test_the_budgets_stand_in_the_configuration() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    lint = tool["ruff"]["lint"]
    assert lint["mccabe"]["max-complexity"] == 8
    assert lint["pylint"]["max-statements"] == 30
    assert lint["pylint"]["max-args"] == 6
    assert lint["select"] == ["ALL"]
    assert tool["mypy"]["strict"] is True
    assert set(tool["mypy"]["files"]) == {*PRODUCT, *AROUND}


def test_no_rule_is_silenced_without_a_word() -> None:
    assert [told for source in sources(*PRODUCT, *AROUND) for told in unexplained(source)] == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("x = 1  # noqa", "without a code"),
        ("x = 1  # noqa: S603", "without a reason"),
        ("x = 1  # noqa: S603, S607", "without a reason"),
        ("def f():  # noqa: C901 - it is long", "a budget"),
        ("def f():  # noqa: S603, PLR0915  it is long", "a budget"),
        ("# ruff: noqa", "a whole file"),
        ("# ruff: noqa: S603", "a whole file"),
        ("x = 1  # type: ignore", "without a code"),
        ("x = 1  # type: ignore[attr-defined]", "without a reason"),
        ("# mypy: ignore-errors", "a whole file"),
    ],
)
def test_silence_without_a_word_is_told(line: str, told: str) -> None:
    (fault,) = unexplained(sample(line))
    assert told in fault


@pytest.mark.parametrize(
    "line",
    [
        "x = 1  # noqa: S603 - the arguments are ours",
        "x = 1  # noqa: S603, S607  the arguments are ours",
        "x = 1  # type: ignore[attr-defined]  # feedparser has no types",
        "x = 1  # the noqa of this line is spelled out elsewhere",
    ],
)
def test_silence_with_its_reason_is_fine(line: str) -> None:
    assert list(unexplained(sample(line))) == []

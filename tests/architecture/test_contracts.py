"""The import-linter contracts of pyproject.toml hold, and each one can be broken."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import PRODUCT, ROOT

CONTRACTS: list[dict[str, str]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))[
    "tool"
]["importlinter"]["contracts"]
NAMES = [contract["name"] for contract in CONTRACTS]

FAULTS = {
    "floors": [("news/text.py", "from crawler import reader")],
    "home: SQL": [("wirewatch/pipeline.py", "from sqlalchemy import select")],
    "home: APScheduler": [("wirewatch/app.py", "import apscheduler.schedulers.asyncio")],
    "home: feedparser": [("crawler/reader.py", "import feedparser")],
    "home: trafilatura": [("crawler/feeds/parse.py", "import trafilatura")],
    "home: Scrapy": [("wirewatch/desk.py", "import scrapy")],
    "home: the network": [("alerts/channel.py", "import aiohttp")],
    "home: the archive": [("archive/rows.py", "import httpx")],
    "home: people": [("scheduler/local.py", "import click")],
}

AT_HOME = [
    ("wirewatch/pipeline.py", "from archive import rows\nfrom crawler import reader"),
    ("archive/rows.py", "import sqlalchemy\nfrom news import text"),
    ("crawler/feeds/parse.py", "import feedparser"),
    ("crawler/extract/page.py", "import trafilatura"),
    ("crawler/reader.py", "import scrapy\nimport httpx"),
    ("wirewatch/scrapy_settings.py", "from crawler import reader"),
    ("scheduler/local.py", "import apscheduler"),
    ("wirewatch/cli/main.py", "import click"),
]


def lint(house: Path) -> subprocess.CompletedProcess[str]:
    """Hold the contracts against the house at `house`."""
    config = ROOT / "pyproject.toml"
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-logo", "--no-cache", "--config", config],
        cwd=house,
        # one file is one line: rich folds at the width it is told
        env={**os.environ, "PYTHONPATH": str(house), "COLUMNS": "300", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def build(house: Path, files: list[tuple[str, str]]) -> None:
    """Lay a house of empty rooms at `house`, and put `files` into it."""
    for room in (*PRODUCT, "crawler/feeds", "crawler/extract", "wirewatch/cli"):
        (house / room).mkdir(parents=True, exist_ok=True)
        (house / room / "__init__.py").touch()
    for place in ("news/text.py", "crawler/reader.py", "archive/rows.py"):
        (house / place).touch()
    for place, text in files:
        (house / place).write_text(text)


def broken(told: str) -> list[str]:
    """List the contracts that the linter calls broken."""
    return [name for name in NAMES if f"{name} BROKEN" in told]


def test_the_house_keeps_every_contract() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


def test_each_contract_can_be_broken(tmp_path: Path) -> None:
    build(tmp_path, [fault for faults in FAULTS.values() for fault in faults])
    done = lint(tmp_path)
    assert done.returncode == 1
    assert broken(done.stdout) == NAMES, done.stdout + done.stderr


@pytest.mark.parametrize(
    "fault",
    [
        ("news/text.py", "from wirewatch import cli"),
        ("crawler/reader.py", "from archive import rows"),
        ("archive/rows.py", "def late():\n    from scheduler import local"),
        ("alerts/channel.py", "import crawler.reader"),
    ],
)
def test_no_way_leads_up_or_across(tmp_path: Path, fault: tuple[str, str]) -> None:
    build(tmp_path, [fault])
    assert broken(lint(tmp_path).stdout) == [NAMES[0]]


def test_a_library_at_home_breaks_nothing(tmp_path: Path) -> None:
    build(tmp_path, AT_HOME)
    done = lint(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_contract_has_its_fault_here() -> None:
    assert [key for key, name in zip(FAULTS, NAMES, strict=True) if not name.startswith(key)] == []

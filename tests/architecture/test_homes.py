"""Each library has one home, and each that is asked for in pyproject.toml is used."""

import re
import tomllib

import pytest

from tests.architecture.homes import HOMES, strangers
from tests.architecture.tree import PRODUCT, ROOT, sample, sources

_IMPORTED_AS = {"fasttext-predict": "fasttext"}


def test_every_library_is_at_home() -> None:
    assert [told for source in sources(*PRODUCT) for told in strangers(source)] == []


def test_every_library_that_is_asked_for_has_a_home() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    names = {re.split(r"[^\w-]", line)[0] for line in (*project["dependencies"], *extras)}
    assert {_IMPORTED_AS.get(name, name) for name in names} == set(HOMES)


def test_every_library_that_is_asked_for_is_used() -> None:
    used = {name.partition(".")[0] for source in sources(*PRODUCT) for _, name in source.imports}
    # psycopg is SQLAlchemy's driver, named in the archive's address and never imported
    assert set(HOMES) - used - {"psycopg"} == set()


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("wirewatch/pipeline.py", "from sqlalchemy import select"),
        ("crawler/robots.py", "import feedparser"),
        ("crawler/feeds/parse.py", "def f():\n    import sqlalchemy.orm"),
        ("news/text.py", "import httpx"),
        ("alerts/render.py", "import jinja2"),
        ("wirewatch/network_news.py", "import aiohttp"),
    ],
)
def test_a_library_away_from_home_is_told(place: str, text: str) -> None:
    assert len(list(strangers(sample(text, place)))) == 1


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("archive/search/find.py", "from sqlalchemy import select"),
        ("crawler/feeds/parse.py", "import feedparser"),
        ("wirewatch/net.py", "import aiohttp"),
        ("wirewatch/net_guard.py", "import aiohttp.abc"),
        ("alerts/render.py", "import json\n\nfrom news.alert import AlertKind"),
    ],
)
def test_a_library_at_home_is_fine(place: str, text: str) -> None:
    assert list(strangers(sample(text, place))) == []

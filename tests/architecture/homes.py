"""Where each third-party library lives: one home, so that it can be replaced in one place.

The strictest of these also stand in pyproject.toml as import-linter contracts.
"""

import sys
from collections.abc import Iterator

from tests.architecture.tree import PRODUCT, Source

HOMES: dict[str, tuple[str, ...]] = {
    # news: pure, and shipped data
    "publicsuffixlist": ("news.publisher",),
    # crawler: what strangers write is read
    "fasttext": ("crawler.extract.language",),
    "feedparser": ("crawler.feeds",),
    "listparser": ("crawler.opml",),
    "lxml": ("crawler",),
    "playwright": ("crawler.drawing",),
    "scrapy": ("crawler",),
    "trafilatura": ("crawler.extract",),
    # archive: the only room that knows SQL
    "alembic": ("archive",),
    "psycopg": ("archive",),
    "sqlalchemy": ("archive",),
    # scheduler
    "apscheduler": ("scheduler",),
    # alerts: the receiver's half lives in the demo
    "aiosmtplib": ("alerts.channels",),
    "aiosmtpd": ("wirewatch.demo",),
    "standardwebhooks": ("alerts", "wirewatch.cli", "wirewatch.demo"),
    # the network: built in net, injected everywhere else
    "aiohttp": ("wirewatch.net", "wirewatch.demo"),
    "httpx": ("crawler", "alerts", "wirewatch"),
    # people
    "click": ("wirewatch.cli",),
    "pydantic": ("wirewatch.config",),
    "rich": ("wirewatch.cli", "wirewatch.demo"),
}


def strangers(source: Source) -> Iterator[str]:
    """Name each import in `source` of a library that does not live there."""
    module = module_of(source.place)
    for line, name in source.imports:
        library = name.partition(".")[0]
        if library in sys.stdlib_module_names or library in PRODUCT:
            continue
        if not any(lives(module, home) for home in HOMES.get(library, ())):
            yield f"{source.place}:{line}: {library} does not live in {module}"


def lives(module: str, home: str) -> bool:
    """Tell whether `module` is `home`, below it, or one of several files of that name.

    `wirewatch.net` is the home of `wirewatch/net.py`, `wirewatch/net/*` and `wirewatch/net_*.py`.
    """
    return module == home or module.startswith((home + ".", home + "_"))


def module_of(place: str) -> str:
    """Turn a file's place into the module's name."""
    return place.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

"""Scrapy's defaults are made for crawling by hand; ours are hardened, and stay so.

What is read here is what Scrapy itself would read: its defaults under our settings.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from scrapy.settings import Settings, default_settings

from crawler.settings import HARDENED

OUR_HANDLER = "crawler.download_handler.GuardedDownloadHandler"

OFF = (
    "TELNETCONSOLE_ENABLED",
    "COOKIES_ENABLED",
    "RETRY_ENABLED",
    "REDIRECT_ENABLED",
    "METAREFRESH_ENABLED",
    "HTTPCACHE_ENABLED",
    "HTTPPROXY_ENABLED",
    "DNSCACHE_ENABLED",
    "ROBOTSTXT_OBEY",
)
"""What nobody may do, or what somebody else of ours does better."""

MAX_BYTES, SECONDS = 10 * 1024 * 1024, 30


def soft_spots(values: Mapping[str, Any]) -> Iterator[str]:
    """Name each setting in which a crawl under `values` would do more than it should."""
    settings = Settings(dict(values))
    for scheme, handler in settings.getwithbase("DOWNLOAD_HANDLERS").items():
        wanted = OUR_HANDLER if scheme in {"http", "https"} else None
        if handler != wanted:
            yield f"DOWNLOAD_HANDLERS {scheme}"
    yield from (name for name in OFF if settings.getbool(name))
    held = {
        "DOWNLOAD_MAXSIZE": 0 < settings.getint("DOWNLOAD_MAXSIZE") <= MAX_BYTES,
        "DOWNLOAD_TIMEOUT": 0 < settings.getfloat("DOWNLOAD_TIMEOUT") <= SECONDS,
        "DOWNLOAD_VERIFY_CERTIFICATES": settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES"),
        "TWISTED_REACTOR": "asyncio" in settings.get("TWISTED_REACTOR", ""),
    }
    yield from (name for name, holds in held.items() if not holds)


def test_our_settings_are_hard() -> None:
    assert list(soft_spots(HARDENED)) == []


def test_every_setting_of_ours_is_one_that_scrapy_knows() -> None:
    assert [name for name in HARDENED if not hasattr(default_settings, name)] == []


def test_scrapys_own_settings_are_soft() -> None:
    told = list(soft_spots({}))
    assert "DOWNLOAD_HANDLERS file" in told
    assert "DOWNLOAD_HANDLERS https" in told
    assert "TELNETCONSOLE_ENABLED" in told
    assert "DOWNLOAD_MAXSIZE" in told


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DOWNLOAD_HANDLERS", {**HARDENED["DOWNLOAD_HANDLERS"], "ftp": "x.Y"}, "ftp"),
        ("DOWNLOAD_HANDLERS", {"http": OUR_HANDLER}, "file"),
        *((name, True, name) for name in OFF),
        ("DOWNLOAD_MAXSIZE", 0, "DOWNLOAD_MAXSIZE"),
        ("DOWNLOAD_TIMEOUT", 180, "DOWNLOAD_TIMEOUT"),
        ("DOWNLOAD_VERIFY_CERTIFICATES", False, "DOWNLOAD_VERIFY_CERTIFICATES"),
    ],
)
def test_each_soft_spot_is_told(name: str, value: object, told: str) -> None:
    assert any(told in spot for spot in soft_spots({**HARDENED, name: value}))

"""What is said of sources: addresses, names, how often, and what may help."""

from datetime import timedelta

import pytest

from news.source import Rhythm, SourceSettings
from wirewatch.cli.source_advice import advice
from wirewatch.cli.source_words import as_often, free_name, rhythm_in_words, shown

URL = "https://paper.test/rss"


@pytest.mark.parametrize(
    ("per_day", "words"),
    [
        (None, "how often is not known"),
        (240.0, "about 240 a day"),
        (1.0, "about 1 a day"),
        (0.5, "about 4 a week"),
        (0.1, "about 3 a month"),
        (0.01, "less than 1 a month"),
        (0.0, "less than 1 a month"),
    ],
)
def test_how_often(per_day: float | None, words: str) -> None:
    assert as_often(per_day) == words


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        (URL, URL),
        ("https://me:secret@paper.test:8443/rss?a=b", "https://paper.test:8443/rss?a=b"),
        ("https://token@paper.test/", "https://paper.test/"),
        ("https://paper.test/@me", "https://paper.test/@me"),
    ],
)
def test_addresses_are_shown_without_passwords(url: str, safe: str) -> None:
    assert shown(url) == safe


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("The Paper", set(), "The Paper"),
        ("The Paper", {"The Paper"}, "The Paper (2)"),
        ("The Paper", {"The Paper", "The Paper (2)"}, "The Paper (3)"),
        ("", set(), "paper.test"),
        ("\x1b[2J \n", set(), "␛[2J"),
        ("so_7", set(), "so_7 (source)"),
        ("x" * 500, set(), "x" * 120),
    ],
)
def test_a_name_is_free_and_can_be_written(wanted: str, taken: set[str], name: str) -> None:
    assert free_name(wanted, URL, taken) == name


@pytest.mark.parametrize(
    ("settings", "interval", "words"),
    [
        ({"every": timedelta(minutes=2)}, None, "every 2m"),
        ({"cron": "*/5 * * * *"}, None, "cron */5 * * * *"),
        ({}, None, "finding out"),
        ({}, timedelta(seconds=75), "about every 75s"),
        ({}, timedelta(minutes=7, seconds=20), "about every 7m"),
        ({}, timedelta(hours=5, minutes=10), "about every 5h"),
        ({}, timedelta(hours=24), "about every 1d"),
    ],
)
def test_how_often_it_is_visited(
    settings: dict[str, object], interval: timedelta | None, words: str
) -> None:
    said = SourceSettings(name="x", kind="feed", url=URL, **settings)  # type: ignore[arg-type]  # of a table
    assert rhythm_in_words(said, Rhythm(interval=interval)) == words


def test_the_line_to_write_keeps_what_is_listed() -> None:
    reason = (
        "x.test is a private address (10.0.0.7); list x.test:80 under [network] allow to reach it"
    )
    told = advice(reason, None, url=URL, allow=("10.1.2.3",))
    assert told.endswith('  [network]\n  allow = ["10.1.2.3", "x.test:80"]')


@pytest.mark.parametrize(
    ("reason", "status", "words"),
    [
        ("the DNS knows no address of x.test:443", None, "spelt"),
        ("the certificate is not valid for x.test:443", None, "trust"),
        ("connection refused by x.test:443", None, "port"),
        ("this is a list of feeds (OPML), not a feed", 200, "wirewatch source import FILE"),
        ("this is a web page, not a feed", 200, f"wirewatch source add {URL}"),
        ("the server refuses us (HTTP 403)", 403, "browser"),
        ("something new", None, ""),
        ("something new", 200, ""),
    ],
)
def test_what_may_help(reason: str, status: int | None, words: str) -> None:
    told = advice(reason, status, url=URL)
    assert words in told
    assert bool(words) is bool(told)

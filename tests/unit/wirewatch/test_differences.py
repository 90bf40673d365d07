"""What differs between two settings, in the words of wirewatch.toml."""

from dataclasses import replace
from datetime import timedelta

import pytest

from news.channel import ChannelSettings
from news.source import SourceSettings, Spider
from news.watch import WatchSettings
from wirewatch.cli.changes import lines_of
from wirewatch.comparison import Step, Verb
from wirewatch.config.fault import Origin
from wirewatch.config.values import DesiredPublisher
from wirewatch.differences import Difference, address_without_path, differences

SOURCE = SourceSettings(name="a", kind="feed", url="https://a.example/feed")
CHANNEL = ChannelSettings(name="c", url="https://u:p@hook.example:8443/x?token=1")
WATCH = WatchSettings(name="w", query="soldiers")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://u:p@hook.example:8443/x?token=1", "https://hook.example:8443/…"),
        ("http://127.0.0.1/x", "http://127.0.0.1/…"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("mailto:d%C3%A9sk@example.org?cc=x", "mailto:désk@example.org"),
        ("apprise:tgram://token/chat", "apprise:…"),
    ],
)
def test_an_address_that_may_be_secret_shows_its_place_alone(url: str, shown: str) -> None:
    assert address_without_path(url) == shown


def test_how_a_list_is_read_is_told_key_by_key() -> None:
    spider = Spider(links="h3 > a", sections=("/en", "/ko"), depth=2, render=True)
    new = replace(SOURCE, kind="list", spider=spider)
    assert differences(SOURCE, new) == (
        Difference(key="kind", old="feed", new="list"),
        Difference(key="links", old="–", new="h3 > a"),
        Difference(key="sections", old="–", new="/en, /ko"),
        Difference(key="depth", old="–", new="2"),
        Difference(key="render", old="false", new="true"),
    )
    assert differences(new, replace(new, spider=replace(spider, links=None)))[0].new == "–"


def test_each_kind_of_value_is_written_as_in_the_file() -> None:
    new = WatchSettings(
        name="other",
        query="troops",
        to=("a", "b"),
        max_per_hour=3,
        cooldown=timedelta(minutes=90),
        noisy=True,
    )
    assert differences(WATCH, new) == (
        Difference(key="query", old="soldiers", new="troops"),
        Difference(key="to", old="–", new="a, b"),
        Difference(key="max_per_hour", old="–", new="3"),
        Difference(key="cooldown", old="0s", new="1h30m"),
        Difference(key="noisy", old="false", new="true"),
    )


def test_equal_settings_do_not_differ() -> None:
    assert differences(WATCH, WATCH) == differences(SOURCE, SOURCE) == ()


@pytest.mark.parametrize(
    ("step", "lines"),
    [
        (
            Step(noun="source", verb=Verb.ADD, name="a", settings=SOURCE),
            ["add     source    a  https://a.example/feed"],
        ),
        (
            Step(noun="channel", verb=Verb.ADD, name="c", settings=CHANNEL),
            ["add     channel   c  https://hook.example:8443/…"],
        ),
        (
            Step(
                noun="publisher",
                verb=Verb.ADD,
                name="a.kr",
                settings=DesiredPublisher(domain="a.kr", origin=Origin("w", 1)),
            ),
            ["add     publisher a.kr"],
        ),
        (
            Step(
                noun="watch",
                verb=Verb.CHANGE,
                name="w",
                settings=WATCH,
                told=(Difference(key="query", old="a\n OR  b", new="x" * 200),),
            ),
            ["change  watch     w", " " * 18 + "query: a OR b → " + "x" * 159 + "…"],
        ),
        (
            Step(
                noun="channel",
                verb=Verb.CHANGE,
                name="c",
                told=(Difference(key="url", old="https://h/…", new="https://h/…"),),
            ),
            [
                "change  channel   c",
                " " * 18 + "url: https://h/… → https://h/… (another one at the same place)",
            ],
        ),
        (
            Step(
                noun="watch",
                verb=Verb.RENAME,
                name="new",
                told=(Difference(key="name", old="old", new="new"),),
            ),
            ["rename  watch     new  (was: old)"],
        ),
        (
            Step(noun="watch", verb=Verb.PAUSE, name="w"),
            ["pause   watch     w  (it left the file)"],
        ),
        (Step(noun="watch", verb=Verb.RESUME, name="w"), ["resume  watch     w"]),
    ],
)
def test_a_step_as_a_person_reads_it(step: Step, lines: list[str]) -> None:
    assert list(lines_of(step)) == lines

"""The rules that are made of the configuration: when next, how long a host rests."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.engine import Engine
from news.entry import Entry
from news.source import DueSource, Rhythm, SourceSettings, Validators
from news.visit import Failed, Told, Visit
from scheduler.reach import Reach
from wirewatch.config.sections import Cadence, Network
from wirewatch.config.values import Configuration
from wirewatch.network import settings_of
from wirewatch.rules import next_visit_rule, page_delay_rule
from wirewatch.version import VERSION

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def due(host: str = "example.org") -> DueSource:
    return DueSource(
        id=1,
        settings=SourceSettings(name=host, kind="feed", url=f"https://{host}/rss"),
        validators=Validators(),
        rhythm=Rhythm(),
        added_at=AT,
        claim_no=1,
        first_visit=False,
        last_good_at=AT,
    )


@pytest.mark.parametrize(
    ("apart", "chosen"), [(timedelta(seconds=61), 5 * MINUTE), (timedelta(days=9), 20 * MINUTE)]
)
def test_cadence_keeps_within_the_operators_bounds(apart: timedelta, chosen: timedelta) -> None:
    bounds = Cadence(min=5 * MINUTE, max=20 * MINUTE)
    entries = tuple(Entry(url=str(at), published=AT - (at + 0.5) * apart) for at in range(30))
    visit = Visit(at=AT, outcome=Told(entries=entries, validators=Validators()))
    rule = next_visit_rule(Configuration(cadence=bounds), Reach(), clock=lambda: AT)
    assert rule(due(), visit, new=30).rhythm.interval == chosen


def test_no_source_is_blamed_while_the_network_is_down() -> None:
    reach = Reach()
    rule = next_visit_rule(Configuration(), reach)
    silent = Visit(at=AT, outcome=Failed(reason="no way", unreachable=True))
    counted = []
    for number in range(5):
        source = due(f"{number}.test")
        reach.noted(source, silent)
        counted.append(rule(source, silent, new=0).rhythm.failures)
    assert counted == [1, 1, 0, 0, 0]


@pytest.mark.parametrize(
    ("url", "rest"),
    [
        ("https://example.org/a", timedelta(seconds=2)),
        ("http://10.1.2.3:8080/a", timedelta()),
        ("http://10.1.2.3:8081/a", timedelta(seconds=2)),
        ("http://newsroom.local/a", timedelta()),
    ],
)
def test_public_hosts_rest_and_the_operators_own_do_not(url: str, rest: timedelta) -> None:
    network = Network(delay=timedelta(seconds=2), allow=("10.1.2.3:8080", "newsroom.local"))
    rule = page_delay_rule(Configuration(network=network), Engine(["true"]))
    assert rule(url) == rest


def test_the_client_is_told_who_runs_it() -> None:
    settings = settings_of(Network(contact="desk@example.org", max_bytes=2_048))
    assert settings.agent == f"wirewatch/{VERSION} (+desk@example.org)"
    assert settings.max_bytes == 2_048

"""The rules that are made of the configuration: when next, how long a host rests."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.engine import Engine
from news.source import DueSource, Rhythm, SourceSettings, Validators
from news.visit import Told, Visit
from wirewatch.build import next_visit_rule, page_delay_rule
from wirewatch.config.sections import Cadence, Network
from wirewatch.config.values import Configuration
from wirewatch.network import settings_of
from wirewatch.version import VERSION

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def due(interval: timedelta) -> DueSource:
    return DueSource(
        id=1,
        settings=SourceSettings(name="Example", kind="feed", url="https://example.org/rss"),
        validators=Validators(),
        rhythm=Rhythm(interval=interval),
        added_at=AT,
        claim_no=1,
        first_visit=False,
    )


@pytest.mark.parametrize(
    ("interval", "new", "chosen"), [(7 * MINUTE, 3, 5 * MINUTE), (19 * MINUTE, 0, 20 * MINUTE)]
)
def test_cadence_keeps_within_the_operators_bounds(
    interval: timedelta, new: int, chosen: timedelta
) -> None:
    bounds = Cadence(min=5 * MINUTE, max=20 * MINUTE)
    visit = Visit(at=AT, outcome=Told(entries=(), validators=Validators()))
    planned = next_visit_rule(Configuration(cadence=bounds))(due(interval), visit, new=new)
    assert planned.rhythm.interval == chosen


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

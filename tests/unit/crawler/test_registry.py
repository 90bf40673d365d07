"""Every kind of source is read by something that is there."""

import subprocess
import sys

import pytest

from crawler.follow import Following
from crawler.registry import READERS, VISITORS
from crawler.robots import Robots
from crawler.visitor import maker
from crawler.workers import WorkerPool
from tests.unit.crawler.exchange import FakeExchange


@pytest.mark.parametrize("name", VISITORS.values(), ids=list(VISITORS))
def test_a_visitor_is_there_by_its_name(name: str) -> None:
    exchange = FakeExchange({})
    robots = Robots(exchange, monotonic=lambda: 0.0)
    following = Following(exchange=exchange, robots=robots)
    visitor = maker(name)(following=following, parser=WorkerPool())
    assert callable(visitor.visit)


def test_every_visited_kind_has_a_reader() -> None:
    assert {"feed", "auto", *VISITORS} == set(READERS)


def test_the_main_process_loads_nothing_of_what_reads_pages() -> None:
    text = (
        "import sys, wirewatch.build, wirewatch.cli.run;"
        "print({'scrapy', 'twisted', 'trafilatura', 'justext'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", text], capture_output=True, check=True, text=True)
    assert run.stdout.strip() == "set()"

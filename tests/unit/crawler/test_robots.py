"""robots.txt as RFC 9309 says, with a clock that is ours."""

import asyncio
from datetime import timedelta

import pytest

from crawler.http import Fetched, FetchFailed
from crawler.robots import (
    KEPT,
    LONGEST_CRAWL_DELAY,
    Allowed,
    Disallowed,
    Robots,
    Unknown,
    rules_of,
)
from tests.ending import must_end
from tests.unit.crawler.exchange import FakeExchange, found, moved, status

ROBOTS = "http://a.test:80/robots.txt"
STORY = "http://a.test/news/story"
FORBID = "User-agent: *\nDisallow: /"


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def robots_with(answer: Fetched | FetchFailed) -> tuple[Robots, FakeExchange, Clock]:
    exchange, clock = FakeExchange({ROBOTS: answer}), Clock()
    return Robots(exchange, monotonic=clock), exchange, clock


@pytest.mark.parametrize(
    ("text", "permission"),
    [
        ("", Allowed()),
        (FORBID, Disallowed()),
        ("User-agent: wirewatch\nDisallow: /news/\n\nUser-agent: *\nAllow: /", Disallowed()),
        ("User-agent: wirewatch\nAllow: /\n\nUser-agent: *\nDisallow: /", Allowed()),
        ("User-agent: otherbot\nDisallow: /", Allowed()),
        ("User-agent: otherbot\nUser-agent: Wirewatch\nDisallow: /news", Disallowed()),
        ("User-agent: *\nDisallow: /news\nAllow: /news/story$", Allowed()),
        ("User-agent: *\nDisallow: /*/story", Disallowed()),
        ("\ufeffUser-agent: *\nDisallow: /news", Disallowed()),
        ("<html><body>not a robots.txt</body></html>", Allowed()),
    ],
)
async def test_rules_hold(text: str, permission: object) -> None:
    robots, _, _ = robots_with(found(ROBOTS, text))
    assert await robots.permission(STORY) == permission


async def test_an_address_is_held_against_the_rules_as_it_is_sent() -> None:
    robots, _, _ = robots_with(found(ROBOTS, "User-agent: *\nDisallow: /%EC%99%9C"))
    assert await robots.permission("http://a.test/왜가리") == Disallowed()


@pytest.mark.parametrize("number", [400, 401, 403, 404, 410, 451])
async def test_without_a_robots_txt_all_is_allowed(number: int) -> None:
    robots, _, _ = robots_with(status(ROBOTS, number))
    assert await robots.permission(STORY) == Allowed()


@pytest.mark.parametrize(
    ("answer", "reason", "wait"),
    [
        (status(ROBOTS, 503), "robots.txt answers HTTP 503", 60),
        (status(ROBOTS, 500, retry_after="600"), "robots.txt answers HTTP 500", 600),
        (status(ROBOTS, 429, retry_after="90"), "robots.txt answers HTTP 429", 90),
        (FetchFailed(reason="no way"), "robots.txt could not be fetched: no way", 60),
    ],
)
async def test_unreachable_means_wait(
    answer: Fetched | FetchFailed, reason: str, wait: float
) -> None:
    robots, exchange, clock = robots_with(answer)
    silent = isinstance(answer, FetchFailed)
    assert await robots.permission(STORY) == Unknown(
        reason=reason, wait=timedelta(seconds=wait), silent=silent
    )
    clock.now += wait - 1
    assert await robots.permission(STORY) == Unknown(
        reason=reason, wait=timedelta(seconds=1), silent=silent
    )
    exchange.answers[ROBOTS] = found(ROBOTS)
    clock.now += 1
    assert await robots.permission(STORY) == Allowed()
    assert exchange.counts[ROBOTS] == 2


async def test_a_host_is_asked_once_a_day() -> None:
    robots, exchange, clock = robots_with(found(ROBOTS))
    for _ in range(3):
        assert await robots.permission(STORY) == Allowed()
    assert exchange.asked == [ROBOTS]
    exchange.answers[ROBOTS] = found(ROBOTS, FORBID)
    clock.now += KEPT.total_seconds()
    assert await robots.permission(STORY) == Disallowed()


async def test_rules_known_from_before_hold_while_the_host_is_down() -> None:
    robots, exchange, clock = robots_with(found(ROBOTS, FORBID))
    assert await robots.permission(STORY) == Disallowed()
    exchange.answers[ROBOTS] = status(ROBOTS, 503)
    clock.now += KEPT.total_seconds()
    assert await robots.permission(STORY) == Disallowed()
    assert exchange.counts[ROBOTS] == 2


async def test_many_who_ask_at_once_cost_one_request() -> None:
    robots, exchange, _ = robots_with(found(ROBOTS))
    answers = await asyncio.gather(*(robots.permission(f"{STORY}/{n}") for n in range(20)))
    assert set(answers) == {Allowed()}
    assert exchange.asked == [ROBOTS]


async def test_who_gives_up_waiting_leaves_the_question_to_the_others() -> None:
    robots, exchange, _ = robots_with(found(ROBOTS, FORBID))
    first = asyncio.create_task(robots.permission(STORY))
    second = asyncio.create_task(robots.permission(STORY))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == Disallowed()
    assert exchange.asked == [ROBOTS]


async def test_each_host_has_its_own() -> None:
    robots, exchange, _ = robots_with(found(ROBOTS, FORBID))
    assert await robots.permission("https://a.test/") == Allowed()
    assert await robots.permission("http://a.test:8080/") == Allowed()
    assert exchange.asked == ["https://a.test:443/robots.txt", "http://a.test:8080/robots.txt"]


async def test_redirects_are_followed_five_times_and_more_are_as_good_as_none() -> None:
    robots, exchange, _ = robots_with(moved(ROBOTS, "https://b.test/robots.txt"))
    exchange.answers["https://b.test/robots.txt"] = found("https://b.test/robots.txt", FORBID)
    assert await robots.permission(STORY) == Disallowed()
    robots, exchange, _ = robots_with(moved(ROBOTS, ROBOTS))
    assert await robots.permission(STORY) == Allowed()
    assert exchange.counts[ROBOTS] == 6


@pytest.mark.parametrize(
    ("line", "delay"),
    [
        ("", timedelta()),
        ("Crawl-delay: 7", timedelta(seconds=7)),
        ("Crawl-delay: 0.5", timedelta(seconds=0.5)),
        ("Crawl-delay: -3", timedelta()),
        ("Crawl-delay: nan", timedelta()),
        ("Crawl-delay: often", timedelta()),
        ("Crawl-delay: 99999999", LONGEST_CRAWL_DELAY),
    ],
)
async def test_the_crawl_delay_is_told(line: str, delay: timedelta) -> None:
    robots, _, _ = robots_with(found(ROBOTS, f"User-agent: *\n{line}\nDisallow: /no"))
    assert robots.crawl_delay(STORY) == timedelta()
    await robots.permission(STORY)
    assert robots.crawl_delay(STORY) == delay


def test_a_hostile_file_of_thousands_of_agents_and_rules_is_read_at_once() -> None:
    agents = "".join(f"User-agent: bot{n}\n" for n in range(9_000))
    rules = "".join(f"Disallow: /{n}*\n" for n in range(9_000))
    with must_end():
        for _ in range(20):  # to compare all with all would take seconds each time
            read = rules_of((agents + "User-agent: *\n" + rules).encode())
            assert not read.allow("http://a.test/5")


def test_what_stands_behind_500_kib_is_not_read() -> None:
    text = "User-agent: *\n" + "# " + "x" * 500 * 1024 + "\nDisallow: /"
    assert rules_of(text.encode()).allow("http://a.test/5")

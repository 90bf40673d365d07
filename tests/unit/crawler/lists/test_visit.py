"""One look at a list: what a network, robots.txt and redirects make of it."""

from datetime import timedelta

import pytest

from crawler.asked_visit import AskedVisit
from crawler.engine_asks import visit_ask
from crawler.follow import Following
from crawler.http import Fetched, FetchFailed
from crawler.lists import task
from crawler.lists.visit import ListVisits
from crawler.robots import Robots
from crawler.workers import DEADLINE, WorkerFailed
from news.visit import Failed, Told, Visit
from tests.unit.crawler.exchange import FakeExchange, found, moved, status

ROBOTS = "https://press.test:443/robots.txt"
LIST = "https://press.test/news"
STORIES = "".join(
    f'<li><h3><a href="/2026/11/{day}/crane-comes-down-{day}">The crane of day {day} comes down'
    "</a></h3></li>"
    for day in range(10, 20)
)
HTML = f"<html><body><main><ul>{STORIES}</ul></main></body></html>"


class AtOnce:
    """Calls the function where it is."""

    async def call(
        self, function: str, payload: bytes, *, deadline: timedelta = DEADLINE
    ) -> bytes | WorkerFailed:
        assert function == task.FUNCTION
        assert deadline
        return task.run(payload)


async def look(**answers: Fetched | FetchFailed) -> Visit:
    """Look at the list over a network that gives these answers."""
    told = {ROBOTS: answers.get("robots"), LIST: answers.get("page")}
    every = {url: answer for url, answer in told.items() if answer is not None}
    every |= {one.url: one for one in answers.values() if isinstance(one, Fetched)}
    exchange = FakeExchange(every)
    robots = Robots(exchange, monotonic=lambda: 0.0)
    visits = ListVisits(following=Following(exchange=exchange, robots=robots), parser=AtOnce())
    return await visits.visit(AskedVisit(kind="list", url=LIST))


SILENT = FetchFailed(reason="the name press.test is not known")
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        (
            {"robots": SILENT, "page": SILENT},
            Failed(
                reason=f"robots.txt could not be fetched: {SILENT.reason}",
                wait=MINUTE,
                unreachable=True,
            ),
        ),
        ({"page": SILENT}, Failed(reason=SILENT.reason, unreachable=True)),
        (
            {"robots": status(ROBOTS, 503)},
            Failed(reason="robots.txt answers HTTP 503", wait=MINUTE),
        ),
        (
            {"page": FetchFailed(reason="the answer is cut off", status=200)},
            Failed(reason="the answer is cut off"),
        ),
        (
            {"page": FetchFailed(reason="press.test is a private address", lasting=True)},
            Failed(reason="press.test is a private address"),
        ),
    ],
    ids=["nothing answers", "the page does not", "robots fails", "cut off", "private"],
)
async def test_only_where_no_server_answered_is_it_unreachable(
    answers: dict[str, Fetched | FetchFailed], outcome: Failed
) -> None:
    assert (await look(**answers)).outcome == outcome


async def test_a_fault_of_our_own_is_marked_as_such() -> None:
    ask = visit_ask(AskedVisit(kind="list", url=LIST))
    ask.fail("the engine's process ended twice while it was read")
    outcome = (await ask.answer).outcome
    assert isinstance(outcome, Failed)
    assert outcome.ours
    assert not outcome.unreachable


@pytest.mark.parametrize("number", [301, 302, 307, 308])
async def test_a_list_that_leads_to_a_stranger_tells_nothing(number: int) -> None:
    parked = "https://parked.example/?from=press.test"
    visit = await look(page=moved(LIST, parked, number), parked=found(parked, HTML))
    assert visit.url == parked
    assert visit.outcome == Failed(
        reason="the page leads to another site, https://parked.example/; "
        "if its news stand there now, name that as url"
    )


@pytest.mark.parametrize("end", ["https://www.press.test/all", "http://press.test/en/news"])
async def test_a_list_may_move_within_its_publisher(end: str) -> None:
    visit = await look(page=moved(LIST, end, 301), end=found(end, HTML))
    assert visit.url == end
    assert isinstance(visit.outcome, Told)
    assert len(visit.outcome.entries) == 10


async def test_the_rest_that_robots_txt_wants_comes_with_the_visit() -> None:
    rules = found(ROBOTS, "User-agent: *\nCrawl-delay: 600")
    assert (await look(robots=rules, page=found(LIST, HTML))).rest == timedelta(minutes=10)
    assert (await look(page=found(LIST, HTML))).rest == timedelta()

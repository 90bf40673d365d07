"""One look at a sitemap or an index: what is asked for, and what a network makes of it."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from crawler.asked_visit import AskedVisit
from crawler.follow import Following
from crawler.http import Fetched, FetchFailed
from crawler.robots import Robots
from crawler.sitemaps.children import MOST_READ
from crawler.sitemaps.visit import SitemapVisits
from news.visit import Failed, Outcome, Told, Unchanged, Visit
from tests.unit.crawler.exchange import FakeExchange, found, moved, status
from tests.unit.crawler.looking import AtOnce
from tests.unit.crawler.sitemaps.documents import HOME, NOW, ago, index, news, url, urlset

MAP = HOME + "sitemap.xml"
ROBOTS = "https://paper.test:443/robots.txt"
SILENT = FetchFailed(reason="the name paper.test is not known")


@dataclass
class Site:
    """A site whose sitemap is visited again and again, as `wirewatch run` would."""

    exchange: FakeExchange = field(default_factory=FakeExchange)
    asked: AskedVisit = field(default_factory=lambda: AskedVisit(kind="sitemap", url=MAP))
    now: datetime = NOW

    def put(self, path: str, body: bytes, **headers: str) -> None:
        names = {name.lower().replace("_", "-"): text for name, text in headers.items()}
        self.exchange.answers[HOME + path] = Fetched(
            url=HOME + path, status=200, headers=names, body=body
        )

    async def visit(self) -> Visit:
        """Look, and learn what the outcome wants to be remembered."""
        self.exchange.asked.clear()
        robots = Robots(self.exchange, monotonic=lambda: 0.0)
        following = Following(exchange=self.exchange, robots=robots)
        visits = SitemapVisits(following=following, parser=AtOnce(), clock=lambda: self.now)
        visit = await visits.visit(self.asked)
        outcome = visit.outcome
        if isinstance(outcome, Told):
            self.asked = replace(self.asked, learned=outcome.learned, validators=outcome.validators)
        self.now += timedelta(minutes=10)
        return visit

    async def told(self) -> list[str]:
        return paths((await self.visit()).outcome)

    def requests(self) -> list[str]:
        return [one.removeprefix(HOME) for one in self.exchange.asked]


def paths(outcome: Outcome) -> list[str]:
    assert isinstance(outcome, Told), outcome
    return [(one.url or "").removeprefix(HOME) for one in outcome.entries]


async def test_a_sitemap_that_a_person_named_is_fetched_as_named() -> None:
    site = Site()
    site.exchange.answers[ROBOTS] = found(ROBOTS, "User-agent: *\nDisallow: /")
    site.put("sitemap.xml", urlset(news("a", "Crane falls", ago(hours=1))), ETag='"1"')
    visit = await site.visit()
    assert site.requests() == ["sitemap.xml"]
    assert isinstance(visit.outcome, Told)
    assert visit.outcome.title == "The Paper"
    assert visit.outcome.validators.etag == '"1"'
    assert (visit.status, visit.permanent) == (200, None)


async def test_what_is_new_is_told_and_the_same_body_is_unchanged() -> None:
    site = Site()
    site.put("sitemap.xml", urlset(url("a"), url("b")))
    assert await site.told() == ["a", "b"]
    assert isinstance((await site.visit()).outcome, Unchanged)
    site.put("sitemap.xml", urlset(url("c"), url("a"), url("b")), Cache_Control="max-age=300")
    visit = await site.visit()
    assert paths(visit.outcome) == ["c"]
    assert isinstance(visit.outcome, Told)
    assert (visit.outcome.dropped, visit.outcome.wait) == (2, timedelta(minutes=5))


async def test_the_server_is_asked_whether_it_changed() -> None:
    site = Site()
    site.put("sitemap.xml", urlset(url("a")), ETag='"1"', Last_Modified="Mon")
    await site.visit()
    site.exchange.answers[MAP] = status(MAP, 304)
    visit = await site.visit()
    assert visit.outcome == Unchanged(validators=site.asked.validators)
    assert site.exchange.headers[MAP] == {"If-None-Match": '"1"', "If-Modified-Since": "Mon"}


async def test_an_index_leads_to_the_sitemaps_that_change() -> None:
    site = Site()
    months = [(f"s-2026-{n:02}.xml", ago(days=30 * (12 - n))) for n in range(1, 12)]
    site.put("sitemap.xml", index(months))
    for name, _ in months:
        site.put(name, urlset(*(url(f"{name}/{n}", ago(days=40)) for n in range(3))), ETag='"x"')
    first = await site.visit()
    assert isinstance(first.outcome, Told)
    assert len(first.outcome.entries) == 30
    assert site.requests()[0] == "sitemap.xml"
    assert site.requests()[1].endswith("robots.txt")
    assert site.requests()[2] == "s-2026-11.xml"
    assert len(site.requests()) == 2 + MOST_READ
    assert isinstance((await site.visit()).outcome, Unchanged)
    site.put("sitemap.xml", index([*months[:-1], ("s-2026-11.xml", ago(minutes=1))]))
    body = urlset(url("fresh", ago(minutes=2)), url("s-2026-11.xml/0", ago(days=40)))
    site.put("s-2026-11.xml", body)
    assert await site.told() == ["fresh"]
    assert site.requests()[2] == "s-2026-11.xml"
    asked = set(site.requests()[2:])
    assert asked == {"s-2026-11.xml", "s-2026-01.xml"}  # and the one that was never read


async def test_an_index_that_stays_the_same_is_no_reason_not_to_look() -> None:
    site = Site()
    site.put("sitemap.xml", index([("news.xml", ""), ("old.xml", "")]))
    site.put("news.xml", urlset(news("a", "A", ago(hours=1))))
    site.put("old.xml", urlset(url("o", "2019-01-01")))
    assert await site.told() == ["a", "o"]
    site.put("news.xml", urlset(news("b", "B", ago(minutes=1)), news("a", "A", ago(hours=1))))
    assert await site.told() == ["b"]
    assert isinstance((await site.visit()).outcome, Unchanged)


async def test_a_new_months_sitemap_does_not_look_as_if_all_before_it_was_lost() -> None:
    site = Site()
    site.put("sitemap.xml", index([("2026-10.xml", ago(days=23))]))
    site.put("2026-10.xml", urlset(*(url(f"o/{n}", ago(days=24)) for n in range(5))))
    await site.visit()
    site.put("sitemap.xml", index([("2026-10.xml", ago(days=23)), ("2026-11.xml", ago(hours=1))]))
    site.put("2026-11.xml", urlset(url("n/1", ago(minutes=5))))
    outcome = (await site.visit()).outcome
    assert paths(outcome) == ["n/1"]
    assert isinstance(outcome, Told)
    assert outcome.dropped == 5


async def test_each_sitemap_of_an_index_is_asked_whether_it_changed() -> None:
    site = Site()
    site.put("sitemap.xml", index([("news.xml", "")]))
    site.put("news.xml", urlset(url("a")), ETag='"n"')
    await site.visit()
    await site.visit()
    assert site.exchange.headers[HOME + "news.xml"] == {"If-None-Match": '"n"'}


async def test_an_index_below_an_index_is_read_and_none_below_that() -> None:
    site = Site()
    site.put("sitemap.xml", index([("years.xml", ""), ("sitemap.xml", "")]))
    site.put("years.xml", index([("2026.xml", ""), ("deeper.xml", "")]))
    site.put("2026.xml", urlset(url("a")))
    site.put("deeper.xml", index([("deepest.xml", "")]))
    site.put("deepest.xml", urlset(url("never")))
    assert await site.told() == ["a"]
    assert "deepest.xml" not in site.requests()
    assert site.requests().count("sitemap.xml") == 1


async def test_what_is_found_by_following_obeys_robots_txt() -> None:
    site = Site()
    site.exchange.answers[ROBOTS] = found(ROBOTS, "User-agent: *\nDisallow: /b\nCrawl-delay: 4")
    site.put("sitemap.xml", index([("a.xml", ""), ("b.xml", "")]))
    site.put("a.xml", urlset(url("x")))
    site.put("b.xml", urlset(url("y")))
    visit = await site.visit()
    assert paths(visit.outcome) == ["x"]
    assert isinstance(visit.outcome, Told)
    assert visit.outcome.broken == (
        "not read: b.xml: robots.txt of https://paper.test:443 does not allow it"
    )
    assert "b.xml" not in site.requests()
    assert visit.rest == timedelta(seconds=4)


async def test_an_index_none_of_whose_sitemaps_answers_has_failed() -> None:
    site = Site()
    site.put("sitemap.xml", index([("a.xml", ""), ("b.xml", "")]))
    outcome = (await site.visit()).outcome
    assert outcome == Failed(reason="b.xml: there is nothing at this address (HTTP 404)") or (
        outcome == Failed(reason="a.xml: there is nothing at this address (HTTP 404)")
    )
    site.put("sitemap.xml", index([]).replace(b"</s", b"<!-- none --></s"))
    empty = (await site.visit()).outcome
    assert isinstance(empty, Told)  # an empty sitemap tells nothing, and may tell more some day
    assert empty.entries == ()


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (SILENT, Failed(reason=SILENT.reason, unreachable=True)),
        (
            FetchFailed(reason="paper.test is a private address", lasting=True),
            Failed(reason="paper.test is a private address"),
        ),
        (status(MAP, 410), Failed(reason="the sitemap is gone for good (HTTP 410)", gone=True)),
        (
            status(MAP, 503, retry_after="120"),
            Failed(
                reason="the server is not available for now (HTTP 503)",
                wait=timedelta(seconds=120),
            ),
        ),
        (
            found(MAP, "<rss version='2.0'><channel/></rss>"),
            Failed(reason="this is a feed, not a sitemap; without --kind it is read as one"),
        ),
        (found(MAP, "<html></html>"), Failed(reason="this is a web page, not a sitemap")),
        (moved(MAP, "ftp://x/"), Failed(reason="redirected to what is not an http address")),
        (moved(MAP, MAP), Failed(reason="more than 5 redirects")),
    ],
)
async def test_each_failure_has_its_words(answer: Fetched | FetchFailed, outcome: Failed) -> None:
    site = Site()
    site.exchange.answers[MAP] = answer
    assert (await site.visit()).outcome == outcome


async def test_a_move_for_good_is_told() -> None:
    site = Site()
    site.exchange.answers[MAP] = moved(MAP, HOME + "new.xml", 301)
    site.exchange.answers[HOME + "new.xml"] = moved(MAP, HOME + "x.xml", 302)
    site.put("x.xml", urlset(url("a")))
    visit = await site.visit()
    assert (visit.permanent, visit.url) == (HOME + "new.xml", HOME + "x.xml")
    site.exchange.answers[MAP] = moved(MAP, HOME + "new.xml", 302)
    assert (await site.visit()).permanent is None


async def test_what_is_no_address_is_told() -> None:
    site = Site(asked=AskedVisit(kind="sitemap", url="nonsense"))
    assert (await site.visit()).outcome == Failed(reason="this is not an http or https address")

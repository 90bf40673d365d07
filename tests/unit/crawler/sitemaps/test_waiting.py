"""Nothing that was seen is lost: what one visit cannot tell waits, and one rewriting is its own."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from crawler.sitemaps.dates import Said
from crawler.sitemaps.learned import MOST_WRITTEN, learned_from
from crawler.sitemaps.novel import MOST_BARE_AT_FIRST, MOST_ENTRIES
from crawler.sitemaps.plausible import published_since
from news.gap import gap_before
from news.visit import Told, Unchanged
from tests.unit.crawler.sitemaps.documents import NOW, ago, index, news, url, urlset
from tests.unit.crawler.sitemaps.test_visit import Site, paths
from tests.unit.news.test_gap import SOURCE


async def visits(site: Site, most: int = 30) -> list[Told]:
    """Visit until nothing changes; never is more remembered than may be kept."""
    told: list[Told] = []
    for _ in range(most):
        outcome = (await site.visit()).outcome
        assert len((site.asked.learned or "").encode()) <= MOST_WRITTEN
        if not isinstance(outcome, Told):
            assert isinstance(outcome, Unchanged)
            return told
        told.append(outcome)
    raise AssertionError("it never came to an end")


def together(told: list[Told]) -> list[str]:
    return [one for outcome in told for one in paths(outcome)]


def listed(folder: str, count: int) -> list[str]:
    return [url(f"{folder}/{n}") for n in range(count)]


async def test_what_several_sitemaps_bring_at_once_is_told_over_the_next_visits() -> None:
    site, names = Site(), [f"{letter}.xml" for letter in "abcdef"]
    site.put("sitemap.xml", index((name, "") for name in names))
    for name in names:
        site.put(name, urlset(*listed(f"{name}/old", 1_200)), ETag='"1"')
    await visits(site)
    for name in names:
        body = urlset(*listed(f"{name}/new", 250), *listed(f"{name}/old", 1_200))
        site.put(name, body, ETag='"2"')
    told = await visits(site)
    assert [len(one.entries) for one in told] == [MOST_ENTRIES, 500]
    assert sorted(together(told)) == sorted(f"{m}/new/{n}" for m in names for n in range(250))
    assert not any(one.opened or one.anew or one.broken for one in told)


async def test_a_rewritten_sitemap_says_nothing_of_its_sisters() -> None:
    site = Site()
    site.put("sitemap.xml", index([("pages.xml", ""), ("articles.xml", "")]))
    site.put("pages.xml", urlset(*listed("p", 30)))
    site.put("articles.xml", urlset(*listed("a", 30)))
    await visits(site)
    site.put("pages.xml", urlset(*(url(f"p/{n}.html") for n in range(150))))
    site.put("articles.xml", urlset(url("a/fresh"), *listed("a", 30)))
    first, second = await visits(site)
    assert not any(one.anew for one in (first, second))
    assert "https://paper.test/a/fresh" not in first.opened
    assert set(paths(first)) - {"a/fresh"} == {
        one.removeprefix("https://paper.test/") for one in first.opened
    }
    assert (len(first.opened), len(second.opened)) == (100, 50)
    assert first.opened_since == second.opened_since == NOW  # when it was read before
    assert sorted(together([first, second])) == sorted(
        ["a/fresh", *(f"p/{n}.html" for n in range(150))]
    )


async def test_what_was_published_while_nobody_looked_is_no_rewriting() -> None:
    site = Site()
    old = [url(f"old/{n}", ago(hours=1 + n * 0.2)) for n in range(900)]
    site.put("sitemap.xml", urlset(*old))
    await visits(site)
    site.now += timedelta(days=9)
    new = [url(f"new/{n}", ago(hours=-1 - n * 0.15)) for n in range(1_400)]
    site.put("sitemap.xml", urlset(*reversed(new), *old[:570]), ETag='"2"')
    told = await visits(site)
    assert [len(one.entries) for one in told] == [MOST_ENTRIES, 400]
    assert paths(told[0])[0] == "new/1399"  # the newest first
    assert len(set(together(told))) == 1_400
    assert not any(one.opened or one.anew for one in told)


@pytest.mark.parametrize("listed_before", [800, 6_000])
async def test_a_rewriting_is_read_bit_by_bit_and_what_comes_meanwhile_is_told(
    listed_before: int,
) -> None:
    site = Site()
    old = listed("old", listed_before)
    site.put("sitemap.xml", urlset(*old), ETag='"1"')
    await visits(site)
    anew = listed("anew", 450)
    site.put("sitemap.xml", urlset(*anew, *old), ETag='"2"')
    outcome = (await site.visit()).outcome
    assert isinstance(outcome, Told)
    assert len(outcome.opened) == len(outcome.entries) == MOST_BARE_AT_FIRST
    assert outcome.broken == (
        "450 addresses appeared at once, as where a site writes its sitemap anew; 100 of them are "
        "read, as at a first visit, 350 wait for the next visits"
    )
    site.put("sitemap.xml", urlset(url("later"), *anew, *old), ETag='"3"')
    rest = await visits(site)
    assert sorted([*paths(outcome), *together(rest)]) == sorted(
        ["later", *(f"anew/{n}" for n in range(450))]
    )


async def test_what_is_left_out_for_good_is_said_and_noticed_as_a_gap() -> None:
    site = Site()
    site.put("sitemap.xml", index([("a.xml", ""), ("b.xml", "")]))
    site.put("a.xml", urlset(*listed("a", 10)))
    site.put("b.xml", urlset(*listed("b", 10)))
    await visits(site)
    site.put("a.xml", urlset(*listed("x", 3_000), *listed("a", 10)))
    visit = await site.visit()
    assert isinstance(visit.outcome, Told)
    assert visit.outcome.broken is not None
    assert "2,900 are left out for good" in visit.outcome.broken
    assert gap_before(SOURCE, visit, new=100, known=0) is not None
    assert await visits(site) == []


async def test_one_sitemap_of_an_index_that_rolled_over_is_a_gap() -> None:
    site = Site()
    site.put("sitemap.xml", index([("news.xml", ""), ("old.xml", "")]))
    site.put("news.xml", urlset(*(news(f"a{n}", f"A {n}", ago(hours=n)) for n in range(20))))
    site.put("old.xml", urlset(*listed("old", 10)))
    await visits(site)
    site.now += timedelta(days=3)
    new = (news(f"b{n}", f"B {n}", ago(hours=n - 70)) for n in range(20))
    site.put("news.xml", urlset(*new))
    visit = await site.visit()
    assert isinstance(visit.outcome, Told)
    assert (len(visit.outcome.entries), visit.outcome.opened) == (20, ())
    assert gap_before(SOURCE, visit, new=20, known=0) is not None
    quiet = replace(visit, outcome=replace(visit.outcome, rolled=False))
    assert gap_before(SOURCE, quiet, new=20, known=0) is None


async def test_a_full_sitemap_for_news_is_told_at_first_and_then_known() -> None:
    site = Site()
    body = urlset(*(news(str(n), f"Title {n}", ago(minutes=2 * n)) for n in range(MOST_ENTRIES)))
    site.put("sitemap.xml", body)
    first = (await site.visit()).outcome
    assert len(paths(first)) == MOST_ENTRIES
    assert len((site.asked.learned or "").encode()) <= MOST_WRITTEN
    assert learned_from(site.asked.learned).documents[0].whole
    assert isinstance((await site.visit()).outcome, Unchanged)
    site.put("sitemap.xml", body + b"<!-- made anew -->")
    second = (await site.visit()).outcome
    assert isinstance(second, Told)
    assert (second.entries, second.dropped) == ((), MOST_ENTRIES)


async def test_a_sitemap_met_later_is_told_whole_however_little_room_is_left() -> None:
    site = Site()
    site.put("sitemap.xml", index([("a.xml", "")]))
    site.put("a.xml", urlset(*listed("a", 20)))
    await visits(site)
    site.put("sitemap.xml", index([("a.xml", ""), ("b.xml", "")]))
    site.put("b.xml", urlset(*(news(str(n), f"T{n}", ago(minutes=-1)) for n in range(1_300))))
    told = await visits(site)
    assert len(set(together(told))) == 1_300


@pytest.mark.parametrize(
    ("many", "minutes", "exact", "plausible"),
    [
        (300, 14, True, True),
        (330, 0, True, False),
        (900, 0, False, True),
        (1_100, 0, False, False),
        (600, 0.2, True, False),
    ],
    ids=["over days", "in an instant", "of a day", "too many a day", "in some hours"],
)
def test_dates_that_newsrooms_write(
    many: int, minutes: float, exact: bool, plausible: bool
) -> None:
    dates = [Said(latest=NOW - timedelta(minutes=minutes * n), exact=exact) for n in range(many)]
    since = (NOW - timedelta(days=3)).timestamp()
    assert published_since(dates, since, claimed=[False] * many) is plausible
    assert published_since(dates, since, claimed=[True] * many)
    assert not published_since(dates, 0, claimed=[True] * many)


def test_what_is_older_than_the_last_look_was_not_published_since() -> None:
    def said(at: datetime) -> Said:
        return Said(latest=at, exact=True)

    since, claimed = NOW.timestamp(), [True] * 10
    recent = [said(NOW + timedelta(hours=n)) for n in range(10)]
    assert published_since(recent, since, claimed=claimed)
    assert published_since([None, *recent[1:]], since, claimed=claimed)
    older = [None, said(NOW - timedelta(days=2)), *recent[2:]]
    assert not published_since(older, since, claimed=claimed)

"""From an address to the feeds behind it: what is tried, in which order, and when it ends."""

import pytest

from crawler.candidates import Way
from crawler.discover import MOST_FEEDS, MOST_TRIES, discover, spellings
from crawler.found import Found, NothingFound, NotReached, Outcome
from crawler.http import Fetched, FetchFailed, FetchRequest
from tests.unit.crawler.looking import Web, feed, page, parts

HOME = "https://paper.test/"


async def looked(web: Web, url: str = HOME) -> Outcome:
    return await discover(url, parts(web))


async def found(web: Web, url: str = HOME) -> Found:
    outcome = await looked(web, url)
    assert isinstance(outcome, Found)
    return outcome


def urls(outcome: Found) -> list[str]:
    return [one.url for one in outcome.feeds]


async def test_a_feed_is_itself_and_nothing_more_is_asked() -> None:
    web = Web({HOME + "rss": feed()})
    outcome = await found(web, HOME + "rss")
    assert (outcome.itself, urls(outcome)) == (True, [HOME + "rss"])
    assert (outcome.feeds[0].title, outcome.feeds[0].figures.items) == ("The Paper", 3)
    assert web.asked == [HOME + "rss"]


async def test_a_feed_that_moved_for_good_is_where_it_moved_to() -> None:
    there = Fetched(url=HOME + "new", status=200, body=feed().encode(), permanent=HOME + "new")
    assert urls(await found(Web({HOME + "old": there}), HOME + "old")) == [HOME + "new"]


async def test_a_page_names_its_feeds_and_they_are_read() -> None:
    web = Web(
        {
            HOME: page("/comments/feed", "/slow", "/fast"),
            HOME + "comments/feed": feed("Comments", mark="c", every=1),
            HOME + "slow": feed("Slow", mark="s", every=600),
            HOME + "fast": feed("Fast", mark="f", every=10),
        }
    )
    outcome = await found(web)
    assert [one.title for one in outcome.feeds] == ["Fast", "Slow", "Comments"]
    assert [one.of_comments for one in outcome.feeds] == [False, False, True]
    assert {one.way for one in outcome.feeds} == {Way.NAMED}
    assert web.asked.count(HOME + "robots.txt") == 1
    assert len(web.tried()) == 4  # a page that names its feeds is not guessed at


async def test_the_same_items_in_two_formats_are_one_feed() -> None:
    web = Web({HOME: page("/rss", "/atom"), HOME + "rss": feed(), HOME + "atom": feed("Atom")})
    outcome = await found(web)
    assert urls(outcome) == [HOME + "rss"]
    assert outcome.feeds[0].twins == (HOME + "atom",)


async def test_without_names_the_usual_places_are_tried_until_one_is_a_feed() -> None:
    web = Web({HOME: page(), HOME + "rss.xml": feed(), HOME + "feed.xml": feed(mark="x")})
    outcome = await found(web)
    assert urls(outcome) == [HOME + "rss.xml"]
    assert outcome.feeds[0].way is Way.GUESSED
    assert HOME + "feed.xml" not in web.asked


async def test_the_usual_places_are_those_of_the_page_first() -> None:
    web = Web(
        {HOME + "world": page(), HOME + "world/rss": feed("World"), HOME + "rss": feed("All")}
    )
    assert [one.title for one in (await found(web, HOME + "world")).feeds] == ["World"]


async def test_a_name_that_leads_nowhere_is_told_and_places_are_guessed() -> None:
    web = Web({HOME: page("/gone", "/page"), HOME + "page": page(), HOME + "feed": feed()})
    outcome = await found(web)
    assert urls(outcome) == [HOME + "feed"]
    reasons = {one.url: one.reason for one in outcome.missed if one.way is Way.NAMED}
    assert reasons[HOME + "gone"] == "there is nothing at this address (HTTP 404)"
    assert "this is a web page, not a feed" in reasons[HOME + "page"]


async def test_a_site_that_answers_everything_with_a_page_has_nothing() -> None:
    class Always(Web):
        async def fetch(self, request: FetchRequest) -> Fetched | FetchFailed:
            self.asked.append(request.url)
            return Fetched(url=request.url, status=200, body=page().encode())

    web = Always({})
    outcome = await looked(web)
    assert isinstance(outcome, NothingFound)
    assert outcome.title == "The Paper"
    assert len(web.tried()) <= MOST_TRIES


async def test_an_empty_feed_at_a_guessed_place_is_none() -> None:
    web = Web({HOME: page(), HOME + "feed": feed(items=0)})
    assert isinstance(await looked(web), NothingFound)
    named = Web({HOME: page("/feed"), HOME + "feed": feed(items=0)})
    assert urls(await found(named)) == [HOME + "feed"]


async def test_never_more_than_twenty_are_tried() -> None:
    many = [f"/{n}.rss" for n in range(60)]
    web = Web(
        {HOME: page(*many), **{f"{HOME}{n}.rss": feed(str(n), mark=f"{n}-") for n in range(60)}}
    )
    outcome = await found(web)
    assert len(web.tried()) == MOST_FEEDS
    assert len(outcome.feeds) + len(outcome.missed) == 60
    assert {one.reason for one in outcome.missed} == {"not tried: the page names too many"}


async def test_robots_are_obeyed_in_what_is_found_by_following() -> None:
    rules = "User-agent: *\nDisallow: /secret\n"
    web = Web(
        {
            HOME: page("/secret/rss", "/rss"),
            HOME + "robots.txt": rules,
            HOME + "rss": feed(),
            HOME + "secret/rss": feed(mark="s"),
        }
    )
    outcome = await found(web)
    assert urls(outcome) == [HOME + "rss"]
    assert [(one.url, one.reason) for one in outcome.missed] == [
        (HOME + "secret/rss", "robots.txt does not allow it")
    ]
    assert HOME + "secret/rss" not in web.asked
    named = await found(web, HOME + "secret/rss")  # a feed that a person names is fetched
    assert named.itself


@pytest.mark.parametrize("answer", [429, 503, FetchFailed(reason="connection refused by x")])
async def test_a_host_that_wants_to_be_left_alone_is(answer: int | FetchFailed) -> None:
    web = Web({HOME: page(), HOME + "feed": answer, HOME + "rss": feed()})
    assert isinstance(await looked(web), NothingFound)
    assert web.tried() == [HOME, HOME + "feed"]


async def test_other_hosts_go_on_meanwhile() -> None:
    other = "https://feeds.test/paper/rss"
    web = Web({HOME: page("/a", "/b", other), HOME + "a": 503, other: feed()})
    assert urls(await found(web)) == [other]
    assert HOME + "b" not in web.asked


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "the server refuses us (HTTP 403)"),
        (404, "there is nothing at this address (HTTP 404)"),
        (410, "the feed is gone for good (HTTP 410)"),
        (500, "the server failed (HTTP 500)"),
    ],
)
async def test_an_address_that_brings_no_document_says_why(status: int, words: str) -> None:
    web = Web({HOME: status})
    assert await looked(web) == NotReached(url=HOME, reason=words, status=status)
    assert web.asked == [HOME]


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("https://a.test/x", ("https://a.test/x",)),
        (" http://a.test ", ("http://a.test",)),
        ("a.test", ("https://a.test", "http://a.test")),
        ("localhost:8000/rss", ("https://localhost:8000/rss", "http://localhost:8000/rss")),
        ("feed://a.test/rss", ("https://a.test/rss", "http://a.test/rss")),
        ("feed:https://a.test/rss", ("https://a.test/rss",)),
        ("북한.test", ("https://북한.test", "http://북한.test")),
        ("mailto:a@b.test", ()),
        ("ftp://a.test/", ()),
        ("", ()),
        ("two words", ()),
    ],
)
def test_what_a_person_types_becomes_addresses(text: str, spelt: tuple[str, ...]) -> None:
    assert spellings(text) == spelt


async def test_http_is_tried_where_https_does_not_answer() -> None:
    web = Web(
        {
            "https://paper.test": FetchFailed(reason="connection refused by paper.test:443"),
            "http://paper.test": feed(),
        }
    )
    assert urls(await found(web, "paper.test")) == ["http://paper.test"]


async def test_what_failed_first_is_told_and_a_refusal_is_not_gone_around() -> None:
    refusal = FetchFailed(reason="x is a private address", lasting=True)
    web = Web({"https://x": refusal, "http://x": feed()})
    assert await looked(web, "x") == NotReached(url="https://x", reason=refusal.reason)
    failure = FetchFailed(reason="the DNS knows no address of y:443")
    assert await looked(Web({"https://y": failure, "http://y": failure}), "y") == NotReached(
        url="https://y", reason=failure.reason
    )
    nonsense = await looked(Web({}), "not an address")
    assert isinstance(nonsense, NotReached)
    assert nonsense.reason == "this is not an http or https address"

"""What of a sitemap is new, over visits: the rules that keep fifty thousand old pages quiet."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.sitemaps.learned import (
    MOST_HASHES,
    MOST_WRITTEN,
    Known,
    Learned,
    described,
    learned_from,
    written,
)
from crawler.sitemaps.novel import MOST_BARE, MOST_BARE_AT_FIRST, MOST_ENTRIES
from crawler.sitemaps.read import Asked, Sifted, read
from news.source import Validators
from tests.unit.crawler.sitemaps.documents import HOME, NOW, ago, news, url, urlset

MAP = HOME + "sitemap.xml"


def sifted(
    body: bytes, learned: str | None = None, *, later: float = 0, child: bool = False
) -> Sifted:
    now = NOW + timedelta(hours=later)
    found = read(body, Asked(url=MAP, learned=learned, now=now, child=child))
    assert isinstance(found, Sifted), found
    return found


def after(found: Sifted) -> str:
    known = found.after.stamped(Validators(etag='"1"'), "")
    return written(Learned(visits=1, newest=found.newest, documents=[known]))


def paths(found: Sifted) -> list[str]:
    return [(one.url or "").removeprefix(HOME) for one in found.entries]


def big(count: int, *, first: int = 0, touched: str = "") -> bytes:
    """Return a sitemap, newest first, a page each half hour; `touched` dates all of it."""
    pages = range(count - 1, first - 1, -1)
    return urlset(*(url(f"s/{n}", touched or ago(minutes=30 * (10_000 - n))) for n in pages))


def test_the_first_visit_tells_the_newest_with_what_is_known_of_their_dates() -> None:
    body = urlset(
        url("old", "2019-05-01T10:00:00Z"),
        news("new", "Crane falls", ago(hours=1)),
        url("undated"),
        news("day", "Day alone", "2026-11-20"),
    )
    found = sifted(body)
    assert paths(found) == ["new", "day", "old", "undated"]
    new, day, old, undated = found.entries
    assert (new.title, new.published, new.updated) == (
        "Crane falls",
        NOW - timedelta(hours=1),
        None,
    )
    assert (new.language, new.summary, found.title) == ("en", "port, crane", None)
    assert (day.published, day.updated) == (None, NOW.replace(day=21, hour=12))
    assert (old.published, old.updated and old.updated.year) == (None, 2019)
    assert (undated.published, undated.updated) == (None, None)


def test_the_second_visit_tells_what_was_not_there() -> None:
    learned = after(sifted(urlset(url("a", ago(hours=3)), url("b", ago(hours=2)))))
    found = sifted(urlset(url("c", ago(hours=1)), url("a", ago(hours=3)), url("b")), learned)
    assert (paths(found), found.dropped, found.anew) == (["c"], 2, False)


def test_a_page_touched_again_is_not_new_but_an_edited_headline_is_told() -> None:
    body = urlset(url("a", ago(hours=3)), news("b", "Crane falls", ago(hours=2)))
    learned = after(sifted(body))
    body = urlset(url("a", ago(minutes=1)), news("b", "Crane fell", ago(hours=2)))
    assert paths(sifted(body, learned)) == ["b"]


def test_a_first_visit_tells_few_that_cost_a_page_each() -> None:
    assert len(sifted(big(5_000)).entries) == MOST_BARE_AT_FIRST
    titled = urlset(*(news(f"{n}", f"Title {n}", ago(minutes=n)) for n in range(1_500)))
    found = sifted(titled)
    assert len(found.entries) == MOST_ENTRIES
    assert paths(found)[0] == "0"


def test_of_a_large_sitemap_only_what_is_later_than_the_remembered_is_new() -> None:
    learned = after(sifted(big(6_000)))
    found = sifted(big(6_003), learned)
    assert paths(found) == ["s/6002", "s/6001", "s/6000"]
    assert found.dropped == MOST_HASHES


def test_a_sitemap_written_anew_brings_nothing_but_what_is_new() -> None:
    learned = after(sifted(big(6_000)))
    found = sifted(big(6_002, touched=ago(minutes=2)), learned)
    assert paths(found) == ["s/6001", "s/6000"]
    assert not found.anew
    assert {one.updated for one in found.entries} == {None}
    again = sifted(big(6_003, touched=ago(minutes=1)), after(found))
    assert paths(again) == ["s/6002"]


def test_many_touched_pages_are_told_as_at_a_first_visit_if_at_all() -> None:
    learned = after(sifted(big(9_000)))
    touched = [url(f"s/{n}", ago(minutes=n % 50)) for n in range(2_000)]
    rest = [url(f"s/{n}", ago(minutes=30 * (10_000 - n))) for n in range(2_000, 9_000)]
    found = sifted(urlset(*touched, *rest), learned)
    assert found.anew
    assert len(found.entries) == MOST_BARE_AT_FIRST
    assert {one.updated for one in found.entries} == {None}  # nor would their pages be dated so
    assert found.broken is not None
    assert found.broken.startswith("2,000 addresses appeared at once")


def test_a_busy_hour_is_no_rewriting() -> None:
    learned = after(sifted(big(1_000)))
    found = sifted(big(1_000 + MOST_BARE), learned)
    assert (len(found.entries), found.anew) == (MOST_BARE, False)


def test_publications_that_are_claimed_are_believed_however_many() -> None:
    learned = after(sifted(urlset(news("x", "X", ago(hours=9)))))
    body = urlset(*(news(str(n), f"T{n}", ago(minutes=n)) for n in range(400)))
    body = body.replace(b"</urlset>", news("x", "X", ago(hours=9)).encode() + b"</urlset>")
    found = sifted(body, learned)
    assert (len(found.entries), found.anew) == (400, False)


def test_undated_sitemaps_grow_at_their_ends() -> None:
    pages = [url(f"p/{n}") for n in range(6_000)]
    first = sifted(urlset(*pages))
    assert paths(first)[:2] == ["p/5999", "p/5998"]  # numbers tell where the newest stand
    learned = after(first)
    grown = sifted(urlset(*pages, url("p/6000"), url("p/6001")), learned)
    assert paths(grown) == ["p/6001", "p/6000"]
    assert paths(sifted(urlset(url("new"), *pages), learned)) == ["new"]
    cut = sifted(urlset(*pages[1_000:]), learned)
    assert (paths(cut), cut.anew) == ([], False)


def test_a_sitemap_that_shares_nothing_with_before_is_a_first_visit_again() -> None:
    learned = after(sifted(urlset(*(url(f"a/{n}") for n in range(10)))))
    found = sifted(urlset(*(url(f"b/{n}") for n in range(10))), learned)
    assert (found.anew, len(found.entries)) == (True, 10)
    forgotten = written(Learned(visits=3, newest=5.0))
    assert sifted(urlset(url("a")), forgotten).anew


def test_a_further_sitemap_tells_only_what_is_later_than_all_before() -> None:
    learned = written(Learned(visits=1, newest=(NOW - timedelta(hours=2)).timestamp()))
    body = urlset(url("old", ago(hours=3)), url("new", ago(hours=1)), url("undated"))
    assert paths(sifted(body, learned, child=True)) == ["new"]
    found = read(body, Asked(url=MAP, learned=learned, now=NOW, child=True, fresh=True))
    assert isinstance(found, Sifted)
    assert paths(found) == ["new", "undated"]


def test_one_address_twice_is_told_once_and_no_address_not_at_all() -> None:
    body = urlset(url("a"), url("a"), "<url><loc>ftp://x</loc></url>", "<url><loc>/b</loc></url>")
    assert paths(sifted(body)) == ["a", "b"]


def test_what_is_remembered_stays_small_and_reads_back() -> None:
    known = [
        Known(url=f"{HOME}{'x' * 250}{n}.xml", etag="e" * 100, news_at=n, marks="AAAA" * 5_000)
        for n in range(60)
    ]
    text = written(Learned(visits=2, documents=known))
    assert len(text.encode()) <= MOST_WRITTEN
    read_back = learned_from(text)
    assert [one.news_at for one in read_back.documents[:3]] == [59, 58, 57]
    assert not read_back.documents[0].whole
    assert read_back.of(known[0].url) is None


def test_what_cannot_be_read_was_never_learned() -> None:
    for text in (None, "", "[]", "{", '{"visits": 1, "odd": 2}', '{"documents": 5}', '"x"'):
        assert learned_from(text) == Learned()


def test_what_was_learned_is_told_in_words() -> None:
    assert described(None) == ["nothing was learned yet"]
    assert described(after(sifted(big(6_000)))) == [
        "6,000 addresses stand there; told are those that are new"
    ]
    lively = Known(url=HOME + "news.xml", many=90, news_at=5.0)
    text = written(Learned(visits=1, children=41, read=3, documents=[lively]))
    assert described(text) == [
        "3 of 41 sitemaps read: those that change",
        f"brings news: {HOME}news.xml (90 addresses)",
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 40), unique=True, max_size=30),
    st.lists(st.integers(0, 40), unique=True, max_size=30),
)
def test_whatever_is_listed_twice_is_told_once(before: list[int], now: list[int]) -> None:
    first = sifted(urlset(*(url(str(n)) for n in before)))
    second = sifted(urlset(*(url(str(n)) for n in now)), after(first))
    assert sorted(map(int, paths(first))) == sorted(before)
    assert sorted(map(int, paths(second))) == sorted(set(now) - set(before))

"""Which sitemaps of an index are worth a request."""

from datetime import timedelta

import pytest

from crawler.sitemaps.children import MOST_READ, hint_of, ranked
from crawler.sitemaps.document import Child
from crawler.sitemaps.learned import Known, Learned
from tests.unit.crawler.sitemaps.documents import HOME, NOW, ago

NOTHING = Learned()


def first(names: list[str], learned: Learned = NOTHING, **lastmods: str) -> list[str]:
    children = [Child(HOME + name, lastmods.get(name.partition(".")[0], "")) for name in names]
    return [one.url.removeprefix(HOME) for one in ranked(children, learned, NOW)]


@pytest.mark.parametrize(
    ("names", "best"),
    [
        (["page-sitemap.xml", "post-sitemap.xml", "category-sitemap.xml"], "post-sitemap.xml"),
        (["sitemap-1.xml", "sitemap-10.xml", "sitemap-9.xml"], "sitemap-10.xml"),
        (["sitemap-2026-10.xml", "sitemap-2026-11.xml"], "sitemap-2026-11.xml"),
        (["?yyyy=2026&mm=11&dd=22", "?yyyy=2025&mm=11&dd=22"], "?yyyy=2026&mm=11&dd=22"),
        (["articles.xml", "news-sitemap.xml", "2026-11.xml"], "news-sitemap.xml"),
        (["video.xml", "google-news.xml"], "google-news.xml"),
        (["authors.xml", "tag-sitemap.xml", "any.xml"], "any.xml"),
    ],
)
def test_names_say_where_news_stand(names: list[str], best: str) -> None:
    assert first(names)[0] == best
    assert first(names[::-1])[0] == best


def test_the_host_is_no_name() -> None:
    assert hint_of("https://news.test/static.xml", NOW) < 0


def test_what_changed_last_comes_before_the_number() -> None:
    names = ["s1.xml", "s2.xml", "s3.xml"]
    assert first(names, s1=ago(hours=1), s2=ago(hours=2), s3=ago(days=9)) == names


def test_what_brought_news_before_comes_first_of_all() -> None:
    lively = Known(url=HOME + "x7.xml", news_at=(NOW - timedelta(hours=3)).timestamp())
    learned = Learned(visits=1, children=3, documents=[lively])
    assert first(["news.xml", "x7.xml", "x9.xml"], learned)[0] == "x7.xml"


def test_what_the_index_says_is_unchanged_is_left_alone() -> None:
    stamps = {"a": ago(days=30), "b": ago(days=3), "c": ago(hours=1)[:10]}
    documents = [Known(url=f"{HOME}{name}.xml", stamp=stamp) for name, stamp in stamps.items()]
    learned = Learned(visits=1, children=3, documents=documents)
    names = ["a.xml", "b.xml", "c.xml"]
    assert first(names, learned, **stamps) == ["c.xml"]  # a day may have more than one change
    assert first(names, learned, **{**stamps, "a": ago(hours=2)}) == ["c.xml", "a.xml"]


def test_what_brought_news_lately_is_asked_whatever_the_index_says() -> None:
    stamp = ago(days=30)
    lively = Known(url=HOME + "a.xml", stamp=stamp, news_at=NOW.timestamp())
    learned = Learned(visits=1, children=1, documents=[lively])
    assert first(["a.xml"], learned, a=stamp) == ["a.xml"]


def test_of_many_each_gets_its_turn() -> None:
    names = [f"s{n}.xml" for n in range(41)]
    children = [Child(HOME + name) for name in names]
    learned = Learned(visits=1, children=41)
    looked_at: set[str] = set()
    for hour in range(40):
        best = ranked(children, learned, NOW + timedelta(hours=hour))[:MOST_READ]
        assert [one.url for one in best[:9]] == [f"{HOME}s{n}.xml" for n in range(40, 31, -1)]
        looked_at.update(one.url for one in best)
    assert len(looked_at) == 41

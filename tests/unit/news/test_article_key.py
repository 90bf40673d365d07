"""Keys of articles: one for all the addresses of one, never one for two."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from news.article_key import LONGEST, article_key
from tests.ending import must_end
from tests.unit.news.test_url import ADDRESSES

STORY = "https://example.org/news/heron-returns-123456"
TITLED = "https://example.org/2026/11/23/the-heron-returns"
PLAIN = "https://example.org/view?id=7"

LISTED = "https://example.org/news/press-releases-and-public-notices"

TWINS = [
    (STORY, "http://example.org/news/heron-returns-123456"),
    (STORY, "https://www.example.org/news/heron-returns-123456/"),
    (STORY, "https://www2.example.org:443/news//heron-returns-123456//"),
    (STORY, "http://m.example.org:80/news/heron-returns-123456"),
    (STORY, "https://mobile.example.org/news/heron-returns-123456"),
    (STORY, "https://amp.example.org/news/heron-returns-123456"),
    (STORY, "https://www.m.example.org/news/heron-returns-123456"),
    (STORY, f"{STORY}/amp"),
    (STORY, f"{STORY}/amp/"),
    (STORY, f"{STORY}/amp/1"),
    (STORY, f"{STORY}.amp"),
    (STORY, f"{STORY}-amp"),
    (STORY, f"{STORY}?amp"),
    (STORY, f"{STORY}?amp=1&utm_source=x"),
    (STORY, f"{STORY}?outputType=amp"),
    (STORY, f"{STORY}?m=1"),
    (STORY, f"{STORY}#comments"),
    (STORY, f"{STORY}."),
    (STORY, f"{STORY}%20"),
    (STORY, f"{STORY}/index.html"),
    (STORY, f"{STORY}?wiretag=homepage_7x&from-edition=north"),
    (f"{STORY}.html", f"{STORY}.amp.html"),
    (STORY, "https://example.org/amp/news/heron-returns-123456"),
    (STORY, "https://example.org/news/amp/heron-returns-123456"),
    (STORY, f"https://example-org.cdn.ampproject.org/c/s/{STORY[8:]}?amp=1"),
    (STORY, f"https://example-org.cdn.ampproject.org/v/s/{STORY[8:]}?amp_js_v=0.1&usqp=mq331AQ"),
    (STORY, f"https://www.google.co.kr/amp/s/amp.{STORY[8:]}/amp/"),
    (STORY, f"https://www.google.com/amp/{STORY[8:]}"),
    (TITLED, f"{TITLED}/?m=true"),
    (TITLED, f"{TITLED}?ref=front-3-top"),
    (PLAIN, "http://m.example.org/view?id=7&partner=rss"),
    (f"{PLAIN}&no=2", "https://example.org/view?no=2&id=7"),
    (LISTED, f"{LISTED}?share=bar&mailing_campaign=nov&teaser=b"),
    (LISTED, f"{LISTED}?x=aGVsbG8gd29ybGQgMQ4Rt7"),
    ("https://de.wikipedia.org/wiki/Reiher", "https://de.m.wikipedia.org/wiki/Reiher"),
    ("https://example.org", "http://www.example.org/index.php"),
]


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_the_addresses_of_one_article_have_one_key(one: str, other: str) -> None:
    assert article_key(one) == article_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (STORY, f"{STORY}7"),
        (STORY, "https://example.com/news/heron-returns-123456"),
        (STORY, "https://sport.example.org/news/heron-returns-123456"),
        (STORY, "https://example.org:8443/news/heron-returns-123456"),
        (STORY, f"{STORY}?no=2"),
        (STORY, f"{STORY}?lang=ko"),
        (STORY, f"{STORY}?page=2"),
        (f"{TITLED}?article=a", f"{TITLED}?article=b"),
        (PLAIN, "https://example.org/view?id=8"),
        ("https://a.kr/news/articleView.html?idxno=1", "https://a.kr/news/articleView.html?idxno=2"),
        ("https://a.kr/site/data/read.nhn?aid=1&oid=2", "https://a.kr/site/data/read.nhn?aid=1&oid=3"),
        ("https://a.kr/view.php?ud=abc", "https://a.kr/view.php?ud=abd"),
        ("https://a.kr/newsView/20261123000001", "https://a.kr/newsView/20261123000002"),
        ("https://a.kr/list/20261123?x=one", "https://a.kr/list/20261123?x=two"),
        ("https://a.kr/bbs/board-of-our-small-town.php?x=one", "https://a.kr/bbs/board-of-our-small-town.php?x=two"),
        ("https://m.kr/a", "https://kr/a"),
        ("https://m.co.kr/a", "https://co.kr/a"),
        ("https://example.org/music/amp", "https://example.org/music"),
        ("https://example.org/amp", "https://example.org/"),
        ("https://example.org/app#!/story/7", "https://example.org/app#!/story/8"),
        ("https://example.org/A/story", "https://example.org/a/story"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/ramp", "https://example.org/r"),
        ("https://news.test/story-4-amps", "https://news.test/story-4"),
        ("https://www.google.com/amp/nothing", "https://nothing/"),
    ],
)  # fmt: skip
def test_two_articles_have_two(one: str, other: str) -> None:
    assert article_key(one) != article_key(other)


@pytest.mark.parametrize(
    "name",
    ["release", "symbol", "code", "event", "ref", "match", "clip", "case", "type", "fall", "src"],
)
def test_what_hangs_on_words_alone_may_choose_among_a_list(name: str) -> None:
    keys = {article_key(f"{LISTED}?{name}={value}") for value in ("alpha", "bravo")}
    assert len(keys) == 2


@pytest.mark.parametrize("name", ["release", "symbol", "code", "event", "match", "clip", "case"])
def test_what_chooses_by_its_name_does_so_behind_a_number_too(name: str) -> None:
    assert article_key(f"{STORY}?{name}=alpha") != article_key(f"{STORY}?{name}=bravo")


def test_an_address_that_nobody_writes_is_keyed_as_it_stands() -> None:
    long = "http://www.a.test" + "/index.html" * 1_000
    assert article_key(long) == long
    longest = "http://www.a.test/" + "x" * (LONGEST - len("http://www.a.test/"))
    assert article_key(longest).startswith("https://a.test/x")
    assert article_key(f"{longest}x") == f"{longest}x"


@given(st.one_of(ADDRESSES, st.text()))
@example("http://www.m.amp.example.org:80/a/amp/amp/1/index.html/./amp.")
@example("http://www.www.com/")
@example("https://x.cdn.ampproject.org/c/s/y.cdn.ampproject.org/c/example.org/a-1/amp")
@example("http://[::1]:80/a")
@example("http://www.m.:80//")
@example("http://a.m.m.b.com/x-1.amp.amp.html")
def test_a_key_is_its_own(address: str) -> None:
    key = article_key(address)
    assert article_key(key) == key


@given(
    st.sampled_from(["https://example.org/view", "https://a.kr/article.php", STORY, TITLED]),
    st.sampled_from(["id", "no", "idxno", "aid", "seq", "article_id", "newsId", "p", "ud"]),
    st.integers(0, 10**12),
    st.integers(0, 10**12),
)
def test_other_numbers_are_other_articles(place: str, name: str, one: int, other: int) -> None:
    keys = {article_key(f"{place}?{name}={number}&rss=1") for number in (one, other)}
    assert len(keys) == len({one, other})


@given(st.lists(st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True), min_size=1, max_size=5))
def test_other_paths_are_other_articles_save_for_what_is_said_above(names: list[str]) -> None:
    plain = [name for name in names if name != "amp"]
    other = [*plain[:-1], f"{plain[-1]}x"] if plain else ["x"]
    assert article_key("https://a.test/" + "/".join(plain)) != article_key(
        "https://a.test/" + "/".join(other)
    )


def test_what_is_no_address_stays_as_it_was() -> None:
    for text in ("", "a/b", "mailto:a@b.c", "http://a:99999/", "urn:isbn:1"):
        assert article_key(text) == text


def test_a_long_address_takes_its_length() -> None:
    with must_end():
        article_key("https://a.test" + "/amp" * 100_000 + "/x-1")
        article_key("https://a.test/" + "." * 100_000 + "x?" + "&".join("ab" * 50_000))
        article_key("https://" + "m." * 30_000 + "a.test/x")
        article_key("https://a.test/x-1" + ".amp" * 50_000)

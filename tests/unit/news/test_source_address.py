"""Which addresses are one source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.source_address import likely_same, source_address

A = "https://a.test/"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (A, A + "?feed=rss2"),
        (A + "?feed=rss2", A + "?feed=atom"),
        (A + "rss.php?source=feed", A + "rss.php"),
        (A + "feed?from=twitter", A + "feed?from=facebook"),
        (A + "?mod=rss", A),
        (A + "feed?rss=1", A + "feed"),
        (A + "feed/a", A + "feed/b"),
    ],
)
def test_parameters_that_select_a_document_name_another_source(one: str, other: str) -> None:
    assert source_address(one) != source_address(other)
    assert likely_same(one) != likely_same(other)


@pytest.mark.parametrize(
    "spelt",
    [
        "HTTPS://A.test:443/feed",
        A + "feed?utm_source=x&utm_medium=rss",
        A + "feed#top",
        A + "x/../feed",
        A + "feed?fbclid=abc",
        " https://a.test/%66eed",
    ],
)
def test_spellings_are_one(spelt: str) -> None:
    assert source_address(spelt) == A + "feed"


@pytest.mark.parametrize(
    "like",
    [
        "http://a.test/feed",
        "https://www.a.test/feed",
        "https://a.test/feed/",
        "http://www.a.test/feed/?utm_campaign=x",
    ],
)
def test_what_hardly_ever_names_two_sources_is_likely_one(like: str) -> None:
    assert source_address(like) != source_address(A + "feed")
    assert likely_same(like) == likely_same(A + "feed")


def test_the_forms_of_feedburner_are_one() -> None:
    burner = "https://feeds.feedburner.com/paper"
    for query in ("?format=xml", "?format=usenet&utm_source=x"):
        assert likely_same(burner + query) == likely_same(burner)
    assert likely_same(A + "feed?format=xml") != likely_same(A + "feed")


@given(
    st.from_regex(
        r"https?://(www\.)?[a-z]{1,5}\.test(/[a-z]{0,4}){0,3}(\?[a-z_]{1,8}=[a-z&=]{0,9})?",
        fullmatch=True,
    )
)
def test_the_one_spelling_stays(url: str) -> None:
    assert source_address(source_address(url)) == source_address(url)
    assert likely_same(source_address(url)) == likely_same(url)

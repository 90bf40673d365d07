"""Canonical addresses: equal for one article, different for two, and never an exception."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from news.url import absolute, canonical_url, host_of, is_http

HOSTS = st.sampled_from(["example.org", "EXAMPLE.org.", "bücher.example", "[::1]", "a_b.c:8080"])
PATHS = st.text("ab./%2eE~é ;=\\+\t#?&", max_size=20)
ADDRESSES = st.builds(
    "{}://{}/{}?{}".format, st.sampled_from(["http", "HTTPS"]), HOSTS, PATHS, PATHS
)


@pytest.mark.parametrize(
    ("spelling", "canonical"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/app#!/story/7", "https://example.org/app#!/story/7"),
        ("https://example.org/a/./b/../c", "https://example.org/a/c"),
        ("https://example.org/../../a/..", "https://example.org/"),
        ("https://example.org/%7euser/%c3%a9", "https://example.org/~user/%C3%A9"),
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("https://example.org/a b|c", "https://example.org/a%20b%7Cc"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/a?b=1&&a=2&", "https://example.org/a?b=1&a=2"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://BÜCHER。example/", "https://xn--bcher-kva.example/"),
        ("https://일보.kr/뉴스", "https://xn--on3bp6q.kr/%EB%89%B4%EC%8A%A4"),
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("https://[2001:DB8:0::1]:443/", "https://[2001:db8::1]/"),
        ("  https://exam\nple.org/a\t", "https://example.org/a"),
        ("https://example.org/a.html;jsessionid=5F.2?x=1", "https://example.org/a.html?x=1"),
        ("https://example.org/a;v=1", "https://example.org/a;v=1"),
    ],
)
def test_one_address_has_one_spelling(spelling: str, canonical: str) -> None:
    assert canonical_url(spelling) == canonical


@pytest.mark.parametrize(
    "query",
    [
        "utm_source=rss&UTM_Medium=feed",
        "fbclid=IwAR0",
        "PHPSESSID=1&ASPSESSIONIDQQ=x&jsessionid=5F.2",
        "sid=0a1b2c3d4e5f60718293a4b5c6d7e8f9",
        "gclid=1&msclkid=2",
        "at_medium=RSS&at_campaign=KARANGA",
        "mc_cid=1&mc_eid=2",
        "rss=1",
        "cmp=rss",
        "CMP=RSS_share",
        "ref=rss",
        "source=rssfeed",
        "partner=rss&emc=rss",
        "xtor=RSS-16",
        "wt_zmc=fix.int",
        "siteid=rss",
        "edition=world-rss",
        "wherefrom=rssfeed",
        "origin=news_feeds&xyclid=7&qbraid=1",
        "referrer=https%3A%2F%2Fsearch.test%2F&ref=https://t.test",
        "platform=twitter&referral=facebook",
    ],
)
def test_where_a_reader_came_from_is_dropped(query: str) -> None:
    assert canonical_url(f"https://example.org/a?{query}") == "https://example.org/a"
    assert canonical_url(f"https://example.org/a?id=7&{query}") == "https://example.org/a?id=7"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.org/a", "https://example.org/a"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org/a?p=1&q=2", "https://example.org/a?q=2&p=1"),
        ("https://example.org/a?ref=main", "https://example.org/a"),
        ("https://example.org/a?source=7", "https://example.org/a?source=8"),
        ("https://example.org/a?from=2024", "https://example.org/a"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/a?b%26c", "https://example.org/a?b&c"),
        ("https://example.org:81/a", "https://example.org/a"),
        ("https://example.org/a//b", "https://example.org/a/b"),
        ("https://example.org/?utmost=1", "https://example.org/"),
        ("https://example.org/?topic=rss", "https://example.org/"),
        ("https://example.org/?type=rss", "https://example.org/?type=atom"),
        ("https://example.org/?articlid=7", "https://example.org/?articlid=8"),
        ("https://example.org/?origin=kenya", "https://example.org/?origin=peru"),
        ("https://example.org/?campaign=7", "https://example.org/?campaign=8"),
        ("https://example.org/?about=rsshub", "https://example.org/"),
    ],
)
def test_two_articles_stay_two(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize(
    "hopeless",
    ["", "a/b", "mailto:a@b.c", "javascript:alert(1)", "http://", "http:///a", "http://a:b/",
     "http://a:99999/", "http://[::1/", "http://[nonsense]/", "http://exa mple/", "urn:isbn:1",
     "//example.org/a", "http://a%00b/"],
)  # fmt: skip
def test_what_is_no_address_comes_back_as_it_was(hopeless: str) -> None:
    assert canonical_url(hopeless) == hopeless
    assert not is_http(hopeless)
    assert host_of(hopeless) == ""


@given(ADDRESSES)
@example("http://a/%%36%31")
@example("http://a/%2%35")
@example("http://a/.%2e/%2E./")
@example("http://\udc80/")
@example("http://a/\ud800?\ud800")
@example("http://½.example/")
@example("http://℀/")
def test_a_canonical_address_is_its_own(address: str) -> None:
    assert canonical_url(canonical_url(address)) == canonical_url(address)


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    for spelling in (text, f"http://{text}", f"https://a.b/{text}", f"https://[{text}]/"):
        assert canonical_url(canonical_url(spelling)) == canonical_url(spelling)
        host_of(spelling)
        absolute("https://example.org/a", spelling)
        absolute(spelling, "b")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Example.org/a", "https://example.org:443"),
        ("http://example.org", "http://example.org:80"),
        ("http://me:pw@example.org:8080/a?b", "http://example.org:8080"),
        ("http://[::1]:99/", "http://[::1]:99"),
        ("ftp://example.org/", ""),
    ],
)
def test_a_host_is_scheme_name_and_port(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("b?x=1#y", "https://example.org/news/b?x=1#y"),
        ("/b", "https://example.org/b"),
        ("//other.org/b", "https://other.org/b"),
        ("?p=2", "https://example.org/news/a?p=2"),
        ("  http://other.org/a b\n", "http://other.org/a%20b"),
        ("ht\ntp://other.org/", "http://other.org/"),
        ("", None),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("ftp://example.org/a", None),
        ("mailto:a@example.org", None),
        ("http://", None),
        ("https://", None),
        ("https:b", None),
        ("https:///b", None),
        ("http://good.org@evil.org/", None),
        ("https://good.org\\@evil.org/", None),
        ("\\\\evil.org\\a", None),
        ("/a?b=\\c", "https://example.org/a?b=\\c"),
        ("http://evil.org:bad/", None),
        ("http://[::1", None),
    ],
)
def test_a_link_leads_to_http_or_nowhere(link: str, leads_to: str | None) -> None:
    assert absolute("https://example.org/news/a", link) == leads_to

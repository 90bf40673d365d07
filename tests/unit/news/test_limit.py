"""Whose patience a request draws on."""

import pytest

from news.limit import host_key, limit_key


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.example.org/rss?all", "www.example.org"),
        ("http://www.example.org/", "www.example.org"),
        ("https://WWW.Example.org.:443/", "www.example.org"),
        ("https://example.org/", "example.org"),
        ("https://example.org:8443/", "example.org:8443"),
        ("http://example.org:443/", "example.org:443"),
        ("http://127.0.0.1:9000/feed", "127.0.0.1:9000"),
        ("http://[::1]/feed", "[::1]"),
        ("https://heron.blogspot.com/feeds/posts", "blogspot.com"),
        ("https://heron.blogspot.co.uk/feeds/posts", "blogspot.co.uk"),
        ("https://heron.blogspot.example/feeds/posts", "heron.blogspot.example"),
        ("https://heron.github.io/feed.xml", "github.io"),
        ("https://heron.substack.com/feed", "substack.com"),
        ("https://medium.com/feed/@heron", "medium.com"),
        ("https://notmedium.com/feed", "notmedium.com"),
        ("https://old.reddit.com/r/birds/.rss", "reddit.com"),
        ("https://www.youtube.com/feeds/videos.xml", "youtube.com"),
        ("http://feeds2.feedburner.com/heron", "feedburner.com"),
        ("https://news.google.com/rss", "news.google.com"),
        ("https://news.bbc.co.uk/rss", "news.bbc.co.uk"),
        ("https://heron.medium.com:8443/", "heron.medium.com:8443"),
        ("ftp://example.org/", ""),
        ("nonsense", ""),
    ],
)
def test_what_shares_a_budget_shares_a_key(url: str, key: str) -> None:
    assert limit_key(url) == key


@pytest.mark.parametrize(
    "name",
    [
        "news.uk.com",
        "paper.com.de",
        "paper.eu.org",
        "home.ddns.net",
        "home.duckdns.org",
        "home.dyndns.org",
        "a.workers.dev",
        "a.pages.dev",
        "d1.cloudfront.net",
        "a.herokuapp.com",
        "a.azurewebsites.net",
        "bucket.s3.amazonaws.com",
        "a.netlify.app",
        "a.vercel.app",
        "a.ngrok.io",
        "a.web.app",
    ],
)
def test_where_anybodys_server_answers_each_name_is_a_host_of_its_own(name: str) -> None:
    assert limit_key(f"https://{name}/feed") == host_key(f"https://{name}/feed") == name


def test_a_host_of_a_platform_has_a_key_of_its_own_too() -> None:
    assert host_key("http://Heron.substack.com/feed") == "heron.substack.com"
    assert host_key("https://heron.medium.com:8443/") == "heron.medium.com:8443"
    assert host_key("nonsense") == ""

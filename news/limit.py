"""Whose patience a request draws on: the host, or the platform that many hosts are one of.

A server that limits its guests counts them by itself, not by our sources: all blogs of a platform
come from one, and so do http and https of one name. What shares a key shares one request at a
time, one rest between pages, and one cooldown.
"""

from functools import lru_cache

from news.publisher import platform_suffix
from news.url import host_of

PLATFORMS = frozenset(
    (
        "beehiiv.com",
        "blogspot.de",
        "blogspot.jp",
        "blogspot.kr",
        "blogspot.ru",
        "buttondown.com",
        "feedburner.com",
        "libsyn.com",
        "livejournal.com",
        "medium.com",
        "megaphone.fm",
        "over-blog.com",
        "reddit.com",
        "rssing.com",
        "simplecast.com",
        "substack.com",
        "tistory.com",
        "tumblr.com",
        "typepad.com",
        "weebly.com",
        "wixsite.com",
        "wordpress.com",
        "youtube.com",
    )
)
"""Platforms that give each author a name of their own, or serve very many feeds under a few names,
and do not stand in the private section of the Public Suffix List."""

_USUAL = {"http": "80", "https": "443"}


def limit_key(url: str) -> str:
    """Return the key of an http(s) address, "" for anything else.

    It is a name, with its port where that is not the scheme's own.
    """
    return _key_of(host_of(url))


@lru_cache(maxsize=65_536)
def _key_of(host: str) -> str:
    if not host:
        return ""
    scheme, _, place = host.partition("://")
    name, _, port = place.rpartition(":")
    if port != _USUAL[scheme]:
        return place
    return platform_suffix(name) or _listed(name) or name


def _listed(name: str) -> str | None:
    labels = name.split(".")
    ends = (".".join(labels[start:]) for start in range(len(labels)))
    return next((end for end in ends if end in PLATFORMS), None)

"""Whose patience a request draws on: the host, or the platform that many hosts are one of.

A server that limits its guests counts them by itself, not by our sources: all blogs of a platform
come from one, and so do http and https of one name. What shares a key shares one request at a
time, and a short rest between pages.

A platform is one only where its own servers answer for every name under it, and what its authors
write is text. Where anybody's programs answer (clouds, tunnels, dynamic names) or names are sold
like those of a registry (uk.com), each is a host of its own, or one of them could stop all.
"""

from functools import lru_cache

from news.url import host_of

_BLOGSPOT = """
    ae al am ba be bg bj ca cf ch cl co.at co.id co.il co.ke co.nz co.uk co.za com com.ar com.au
    com.br com.by com.co com.cy com.ee com.eg com.es com.mt com.ng com.tr com.uy cv cz de dk fi fr
    gr hk hr hu ie in is it jp kr li lt lu md mk mr mx my nl no pe pt qa re ro rs ru se sg si sk sn
    td tw ug vn
"""

PLATFORMS = frozenset(
    (
        "bearblog.dev",
        "beehiiv.com",
        *(f"blogspot.{end}" for end in _BLOGSPOT.split()),
        "buttondown.com",
        "feedburner.com",
        "ghost.io",
        "github.io",
        "gitlab.io",
        "hatenablog.com",
        "hatenablog.jp",
        "hatenadiary.com",
        "hatenadiary.jp",
        "libsyn.com",
        "livejournal.com",
        "medium.com",
        "megaphone.fm",
        "micro.blog",
        "neocities.org",
        "over-blog.com",
        "podbean.com",
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
        "write.as",
        "youtube.com",
    )
)
"""Platforms that give each author a name of their own, or serve very many feeds under a few."""

_USUAL = {"http": "80", "https": "443"}


def limit_key(url: str) -> str:
    """Return the key of an http(s) address, "" for anything else.

    It is a name, with its port where that is not the scheme's own.
    """
    key, platform = _keys_of(host_of(url))
    return platform or key


def host_key(url: str) -> str:
    """Return the key of its host alone, which is another one where that stands on a platform."""
    return _keys_of(host_of(url))[0]


@lru_cache(maxsize=65_536)
def _keys_of(host: str) -> tuple[str, str | None]:
    if not host:
        return "", None
    scheme, _, place = host.partition("://")
    name, _, port = place.rpartition(":")
    if port != _USUAL[scheme]:
        return place, None
    labels = name.split(".")
    ends = (".".join(labels[start:]) for start in range(len(labels)))
    return name, next((end for end in ends if end in PLATFORMS), None)

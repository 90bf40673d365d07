"""When two addresses are one article's: its key, which is for comparing and not for opening.

`canonical_url` keeps an address that can be opened. An article has more than one of these: with
TLS and without, for telephones, as AMP, out of a cache, with a last slash. Sites differ in which
of them exist, but none serves two articles by them, so here they are folded into one:

    http, a port 80 or 443      https
    www. m. mobile. amp.        no such label, while the publisher stays the same
    /amp  .amp.html  ?amp=1     the article they are made of, where the rest names one
    caches of AMP pages         the address they hold
    /index.html  a//b  a/       the folder, one slash, none
    ?b=2&a=1                    in one order

A path that names an article by itself (a long number, a title in words below a date) needs no
parameters, and most of those that hang on it tell of readers, by names that no list can know. Only
such as may choose something stay: numbers, names of identity, of languages and of pages. Words
alone may as well name a list, whose pieces any parameter chooses: there all stay but those that are
sure to tell of readers, by their names or by the shape of what they say.
"""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from news.publisher import publisher_domain
from news.url import canonical_url, is_http

_TWIN_LABELS = re.compile(r"(?:www[0-9]?|m|mobile|amp|touch|wap)\.")
_INNER_TWIN = re.compile(r"\.(?:m|mobile|amp)\.")
_CACHES = (
    re.compile(r"https?://[^/]+\.cdn\.ampproject\.(?:org|net)/[a-z]+/(s/)?(.+)"),
    re.compile(r"https?://(?:www\.)?(?:google|bing)\.[a-z.]+/amp/(s/)?(.+)"),
)
_DEFAULT_PAGE = re.compile(r"/(?:index|default)\.(?:s?html?|php[0-9]?|aspx?|jsp)$", re.IGNORECASE)
_AMP_SEGMENTS = re.compile(r"(?:/amp)+(?=/|$)(?:/1$)?")
_AMP_NAME = re.compile(r"(?:\.amp)+(?=(?:\.[a-z]{3,5})?$)|(?<=[0-9])(?:-amp)+(?=(?:\.html?)?$)")
_AMP_PIECES = re.compile(
    r"(?:is_?)?amp(?:=(?:|1|true|yes))?|(?:output|outputtype|mode|view|format|type|version)=amp"
    r"|amp_(?:js_v|gsa|r|cb)=.*|usqp=mq331.*|(?:mobile|ismobile|m)=(?:1|true|yes)",
    re.IGNORECASE,
)
_ENDS = ("%20", "%22", "%3E", "%E2%80%A6", "%C2%A0")
_ENDING_SIGNS = frozenset("/.,:;!'")
_SLASHES = re.compile(r"/{2,}")
_WORDS = re.compile(r"[-_]")
_LONG_NUMBER = re.compile(r"(?<![0-9])(?!(?:19|20)[0-9]{6}(?![0-9]))[0-9]{6,}")
_DATED = re.compile(r"/(?:19|20)[0-9]{2}/(?:[0-9]{1,2}|[a-z]{3})/", re.IGNORECASE)
_SCRIPT = re.compile(r"\.(?:php[0-9]?|aspx?|jspx?|do|cgi|cfm|nhn|dll|pl|nsf)(?:/|$)", re.IGNORECASE)
_SENTENCE, _PHRASE = 5, 3
"""Words of a path from which it names an article: by themselves, or below a date."""
_LONGEST_WORD = 15
_CHOOSES = re.compile(
    r".*(?:id|no|nr|num|number|idx|seq|guid|uuid|key|slug|path|file|doc|url)"
    r"|(?:art|article|story|post|news|item|entry|content|title|name|section|chapter|part|episode"
    r"|lang|language|locale|lng|l|hl|edition|region|country|page|pg|p|pn|q|query|search|s|tab|view"
    r"|v|version|rev|revision|date|day|year|month|week|issue|vol|volume|release|symbol|ticker|code"
    r"|event|match|game|clip|video|case|type|report|gallery|photo|topic|category|show|program)",
    re.IGNORECASE,
)
_OF_A_READER = re.compile(
    r".*(?:track|trk|campaign|camp|click|share|sharing|social|referr?er|medium|widget|teaser"
    r"|promo|partner|affiliate|newsletter|mail|token|session|sid)",
    re.IGNORECASE,
)
_MADE_UP = re.compile(
    r"(?=[^&]*[0-9])(?=[^&]*[a-z])(?=[^&]*[A-Z])[0-9A-Za-z_\-]{16,}|[0-9a-f-]{32,}"
)
"""Words that no person chose: what a counter gives its visitors."""

LONGEST = 2_000
"""Longer addresses are nobody's articles: they are keyed as they stand."""


@lru_cache(maxsize=4_096)
def article_key(url: str) -> str:
    """Return what all addresses of one article share; pure and idempotent.

    What is not an absolute http(s) address comes back as it went in.
    """
    if len(url) > LONGEST:
        return url
    before, key = url, _folded(url)
    while key != before:  # each turn makes it shorter, or leaves it
        before, key = key, _folded(key)
    return key


def names_an_article(path: str) -> bool:
    """Tell whether a path names one article by itself: by a sentence, or by a long number."""
    path = path.rstrip("/")
    last = path.rpartition("/")[2]
    if _SCRIPT.search(path):
        return False
    words = len(list(filter(None, _WORDS.split(last))))
    dated = words >= _PHRASE and _DATED.search(path) is not None
    return words >= _SENTENCE or dated or _LONG_NUMBER.search(last) is not None


def _folded(url: str) -> str:
    address = canonical_url(_held(url))
    if not is_http(address):
        return url
    parts = urlsplit(address)
    path = _path(parts.path)
    pieces = sorted(_kept(path, parts.query))
    query = "?" + "&".join(pieces) if pieces else ""
    bang = f"#{parts.fragment}" if parts.fragment else ""
    return f"https://{_host(parts.netloc)}{path}{query}{bang}"


def _held(url: str) -> str:
    """Return the address of which a cache holds the AMP page, else `url`."""
    while found := next(filter(None, (cache.fullmatch(url.strip()) for cache in _CACHES)), None):
        host = found[2].partition("/")[0].partition("?")[0]
        if "." not in host:
            return url
        url = f"{'https' if found[1] else 'http'}://{found[2]}"
    return url


def _host(authority: str) -> str:
    name, colon, port = authority.partition(":")
    if authority.startswith("["):
        return authority.removesuffix(":80")
    publisher = publisher_domain(name)
    while (twin := _TWIN_LABELS.match(name)) and name != publisher:
        name = name[twin.end() :]
    if name != publisher:
        own = name.removesuffix(publisher)
        while own != (own := _INNER_TWIN.sub(".", own)):
            pass
        name = own + publisher
    return name if port in ("", "80", "443") else f"{name}{colon}{port}"


def _path(path: str) -> str:
    path = _DEFAULT_PAGE.sub("/", _SLASHES.sub("/", path))
    path = _without_end(path)
    plain = _AMP_NAME.sub("", _AMP_SEGMENTS.sub("", path))
    if plain != path and _is_a_name(plain.rpartition("/")[2]):
        path = plain
    return path or "/"


def _is_a_name(segment: str) -> bool:
    """Tell whether the last piece of a path is more than a section's one word."""
    return len(segment) > _LONGEST_WORD or (segment != "" and not segment.isalpha())


def _without_end(path: str) -> str:
    """Return `path` without slashes and signs of the sentence that it was copied from."""
    end = len(path)
    while end:
        if path[end - 1] in _ENDING_SIGNS:
            end -= 1
        elif sign := next((sign for sign in _ENDS if path.endswith(sign, 0, end)), ""):
            end -= len(sign)
        else:
            break
    return path[:end]


def _kept(path: str, query: str) -> list[str]:
    pieces = [piece for piece in query.split("&") if piece and not _AMP_PIECES.fullmatch(piece)]
    if not pieces or not names_an_article(path):
        return pieces
    chooses = _may_choose if _is_singular(path) else _is_not_of_a_reader
    return list(filter(chooses, pieces))


def _is_singular(path: str) -> bool:
    """Tell whether a path names an article by more than words, which may be those of a list."""
    last = path.rstrip("/").rpartition("/")[2]
    return _LONG_NUMBER.search(last) is not None or _DATED.search(path) is not None


def _is_not_of_a_reader(piece: str) -> bool:
    name, _, value = piece.partition("=")
    return _may_choose(piece) or not (_OF_A_READER.fullmatch(name) or _MADE_UP.fullmatch(value))


def _may_choose(piece: str) -> bool:
    name, _, value = piece.partition("=")
    return _CHOOSES.fullmatch(name) is not None or value.isdecimal() or not value

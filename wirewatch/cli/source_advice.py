"""What a person can do about an address that cannot be read, beside what went wrong."""

import json
import re
from collections.abc import Sequence
from http import HTTPStatus

from news.typed import typed
from wirewatch.cli.source_words import has_password, shown

_REFUSED = re.compile(r"; list (?P<place>\S+) under \[network\] allow to reach it")
_CLOSED = "does not allow it"
_BY_STATUS: dict[int, str] = {
    HTTPStatus.UNAUTHORIZED: "Put name and password into the address: https://name:password@…",
    HTTPStatus.FORBIDDEN: (
        "Its feed may be open all the same: look for its address in a browser, and name that. "
        "[network] contact tells them who asks."
    ),
    HTTPStatus.NOT_FOUND: "Is the address right? Try the site's front page.",
    HTTPStatus.GONE: "Try the site's front page; the feed may have moved.",
    HTTPStatus.TOO_MANY_REQUESTS: "Try again later; it asks for fewer visits.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Try again later.",
}
_A_PAGE = (
    "Find its feeds: wirewatch source add {url}\n"
    "Or see it as a list of articles: wirewatch source try {url} --kind list"
)
_BY_WORDS = (
    ("the DNS knows no address", "Is the name spelt right?"),
    ("the DNS does not answer", "Is this machine online?"),
    ("the certificate is not valid", "wirewatch reads nothing that it cannot trust."),
    ("connection refused", "Is the port right, and is the server running?"),
    (
        _CLOSED,
        (
            "Its owner does not want this page to be read by programs, and wirewatch obeys: it "
            "cannot be a list page.\n"
            "A feed that you name is read all the same, for feeds are made for that."
        ),
    ),
    ("robots.txt", "What may be read there is not known until that answers. Try again later."),
    (
        "a sitemap, not a feed",
        (
            "Add it as one: wirewatch source add {url}\n"
            "Or look at it: wirewatch source try {url} --kind sitemap"
        ),
    ),
    ("a list of feeds (OPML)", "Download it, then: wirewatch source import FILE"),
    ("a web page, not a feed", _A_PAGE),
    (
        "no links to articles were found",
        "If only a browser shows them: wirewatch source try {url} --kind list --render",
    ),
    ("larger than", "[network] max_bytes says how much is read."),
    ("took longer than", "[network] timeout says how long is waited."),
)


def is_closed(reason: str) -> bool:
    """Tell whether an address was left alone for its robots.txt, which trying again changes not."""
    return _CLOSED in reason


def as_typed(reason: str) -> str:
    """Return a reason with what helps as it is said on the command line, not in wirewatch.toml."""
    return reason.replace('links = "CSS selector"', "--links 'CSS selector'")


def advice(reason: str, status: int | None, *, url: str, allow: Sequence[str] = ()) -> str:
    """Return what may help, "" where nothing is known to; `allow` is what is listed already."""
    if refused := _REFUSED.search(reason):
        listed = json.dumps([*allow, refused["place"]], ensure_ascii=False)
        return (
            "If you mean a server of your own, write this into wirewatch.toml:\n"
            f"  [network]\n  allow = {listed}"
        )
    for words, help_with in _BY_WORDS:
        if words in reason:
            return help_with.format(url=typed(shown(url)))
    if status is not None and status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _BY_STATUS.get(
            status, "Its server has a fault that passes, mostly. Try again later."
        )
    if status == HTTPStatus.UNAUTHORIZED and has_password(url):
        return "The name and password in the address are refused. Are they right, and still valid?"
    return _BY_STATUS.get(status or 0, "")

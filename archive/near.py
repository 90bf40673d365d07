"""Addresses that differ by no more than what names a reader: of one article, if words are equal.

Lists bear neither dates nor ids, and some give their links a session, new at every look. Equal
titles alone say nothing ("Daily briefing"), so the path has to name the article by itself.
"""

import re
from urllib.parse import urlsplit, urlunsplit

from news.url import canonical_url

_READING = "cb hash key nocache rand random rnd s sess session sid t time timestamp token ts _"
_READERS = frozenset(_READING.split())
_TELLING = re.compile(r"(?!(?:19|20)\d\d$)\d+|.*\d{5,}.*|[^\W_]+(?:[-_][^\W_]+){2,}", re.DOTALL)
_EXTENSION = re.compile(r"\.[a-zA-Z][a-zA-Z0-9]{1,5}$")


def near_of(url: str) -> str:
    """Return what equal entries have in common whose addresses differ by a slash or a session."""
    parts = urlsplit(canonical_url(url))
    path = parts.path.rstrip("/")
    query = parts.query
    if _TELLING.fullmatch(_EXTENSION.sub("", path.rpartition("/")[2])):
        kept = (one for one in query.split("&") if one.partition("=")[0].lower() not in _READERS)
        query = "&".join(kept)
    return urlunsplit(parts._replace(path=path, query=query))


def slash_turned(url: str) -> str:
    """Return the address with a last slash where it has none, and without it where it has one."""
    parts = urlsplit(canonical_url(url))
    path = parts.path.rstrip("/") if parts.path.endswith("/") else f"{parts.path}/"
    return urlunsplit(parts._replace(path=path))

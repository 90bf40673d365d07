"""What the publisher of a page is called, as the page says it, if that can be true of its domain.

A name is shown to people and stands for a voice, so one that another site's template or a stranger
put there is worse than the domain. It is taken where it and the domain share something, where two
witnesses agree on it, or where it is in another script than domains are written in.
"""

import re
from collections.abc import Iterator, Mapping
from unicodedata import combining, normalize
from urllib.parse import urlsplit

from crawler.extract.plain import plain_line
from crawler.extract.said import Said
from crawler.extract.story_thing import letters
from crawler.references import unescaped
from news.publisher import publisher_domain

_LONGEST = 80
_MOST_WORDS = 8
_SHARED = 3
_NO_NAME = re.compile(
    r"https?:|//|[<>{}@=]|^(?:home|homepage|news|website|site|blog|index)$", re.IGNORECASE
)


def publisher_name_of(said: Said) -> str | None:
    """Return the name that the page gives its publisher, None if none of them is plausible."""
    names = [name for text in _named(said) if _could_be(name := plain_line(unescaped(text)))]
    host = urlsplit(said.url).hostname or "" if said.url else ""
    label = letters(publisher_domain(host).partition(".")[0])
    for at, name in enumerate(names):
        agreed = letters(name) in {letters(other) for other in names[at + 1 :]}
        if agreed or _fits(name, label):
            return name
    return None


def _named(said: Said) -> Iterator[str]:
    yield said.first("og:site_name")
    publisher = said.article.get("publisher")
    name = publisher.get("name") if isinstance(publisher, Mapping) else publisher
    yield name if isinstance(name, str) else ""
    yield said.first("application-name")
    yield said.first("apple-mobile-web-app-title")


def _could_be(name: str) -> bool:
    return (
        1 < len(name) <= _LONGEST and len(name.split()) <= _MOST_WORDS and not _NO_NAME.search(name)
    )


def _fits(name: str, label: str) -> bool:
    """Tell whether name and domain share a word, a beginning or the words' initials."""
    plain = "".join(sign for sign in normalize("NFKD", name) if not combining(sign))
    if not label or not plain.isascii():
        return bool(label)
    words = [word for word in re.split(r"\W+", plain.casefold()) if word]
    initials = "".join(word[0] for word in words)
    whole = "".join(words)
    shared = any(word in label for word in words if len(word) >= _SHARED)
    return shared or whole in label or label in whole or initials in label or label in initials

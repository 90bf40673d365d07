"""What a page's site is called: by its own word, by its publisher's name, by its address."""

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.extract.said import Said
from crawler.extract.story_thing import letters
from news.publisher import publisher_domain

_METAS = ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site")
_SHORTEST = 3
_MOST_WORDS = 4


def site_names(said: Said) -> frozenset[str]:
    """Return the letters of every name by which the page calls its site, its domain's too."""
    return frozenset(name for text in _named(said) if (name := letters(text)))


def is_site(text: str, names: frozenset[str]) -> bool:
    """Tell whether `text` is a name of the site, maybe with a word more or less.

    `AP News` is `apnews.com`, and `Metro News` belongs to `Metro`; four words at most, for more is
    rather a sentence that begins with the name.
    """
    said = letters(text)
    if said in names:
        return True
    if len(text.split()) > _MOST_WORDS:
        return False
    return any(_alike(said, name) for name in names)


def _alike(said: str, name: str) -> bool:
    shorter, longer = sorted((said, name), key=len)
    return len(shorter) >= _SHORTEST and longer.startswith(shorter)


def _named(said: Said) -> Iterator[str]:
    yield from said.all(*_METAS)
    publisher = said.article.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    if isinstance(name, str):
        yield name
    yield from _of_host(urlsplit(said.url).hostname or "" if said.url else "")


@lru_cache(maxsize=1024)
def _of_host(host: str) -> tuple[str, ...]:
    """Return `standard.co.uk` and `standard` for the host `www.standard.co.uk`."""
    domain = publisher_domain(host)
    return (domain, domain.partition(".")[0]) if "." in domain else ()

"""What the publisher of a page is called, as the page says it, if that can be true of its domain.

A name is shown to people and stands for a voice, so one that another site's template or a stranger
put there is worse than none. In whatever script, it is taken where it and the domain share
something, or where two witnesses of the page agree on it; never where it is, or looks like, the
name of a publisher that is known at another domain.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from unicodedata import category, combining, name, normalize
from urllib.parse import urlsplit

from crawler.extract.plain import plain_line
from crawler.extract.said import Said
from crawler.extract.story_thing import letters
from crawler.references import unescaped
from news.families import all_shipped
from news.publisher import publisher_domain

_LONGEST = 80
_MOST_WORDS = 8
_SHARED = 3
_NO_NAME = re.compile(
    r"https?:|//|[<>{}@=]|^(?:home|homepage|news|website|site|blog|index)$", re.IGNORECASE
)
_STEERS = frozenset(("Cc", "Cf", "Co", "Cs", "Cn"))
_JOINERS = "\u200c\u200d"  # words of some scripts are written with these
_MOST_MARKS = 3
_LOOK_ALIKE = frozenset(("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"))
_DRAWN_ALIKE = str.maketrans(
    "авеікмнорстухѕјһӏԁαβεηικμνορτυχζ01", "abeikmhopctyxsjhldabehikmvoptyxzol"
)


def publisher_name_of(said: Said) -> str | None:
    """Return the name that the page gives its publisher, None if none of them is plausible."""
    host = urlsplit(said.url).hostname or "" if said.url else ""
    domain = publisher_domain(host)
    label = letters(domain.partition(".")[0])
    texts = [plain_line(unescaped(text)) for text in _named(said)]
    names = [text for text in texts if _could_be(text) and not _is_anothers(text, domain)]
    title = letters(said.page_title)
    for at, text in enumerate(names):
        told = letters(text)
        agreed = told in {letters(other) for other in names[at + 1 :]} or _ends(title, told)
        if agreed or _fits(text, label):
            return text
    return None


def _named(said: Said) -> Iterator[str]:
    yield said.first("og:site_name")
    publisher = said.article.get("publisher")
    text = publisher.get("name") if isinstance(publisher, Mapping) else publisher
    yield text if isinstance(text, str) else ""
    yield said.first("application-name")
    yield said.first("apple-mobile-web-app-title")


def _could_be(text: str) -> bool:
    return (
        1 < len(text) <= _LONGEST
        and len(text.split()) <= _MOST_WORDS
        and not _NO_NAME.search(text)
        and not any(category(sign) in _STEERS and sign not in _JOINERS for sign in text)
        and not any(_mixed(word) for word in text.split())
    )


def _mixed(word: str) -> bool:
    """Tell whether a word has letters of several scripts that look alike, or heaps of marks."""
    scripts = {name(sign, "").partition(" ")[0] for sign in word if sign.isalpha()}
    marks = sum(bool(combining(sign)) for sign in normalize("NFC", word))
    return len(scripts & _LOOK_ALIKE) > 1 or marks > _MOST_MARKS + len(word) // 2


def _is_anothers(text: str, domain: str) -> bool:
    """Tell whether a name is, or is drawn like, that of a publisher known at other domains only."""
    known = _known().get(_drawn(text), frozenset())
    return bool(known) and domain not in known


@lru_cache(maxsize=1)
def _known() -> Mapping[str, frozenset[str]]:
    """Return the domains of the publishers that are known, by how their names are drawn."""
    found: dict[str, frozenset[str]] = {}
    for domain, one in all_shipped().items():
        drawn = _drawn(one.name)
        found[drawn] = found.get(drawn, frozenset()) | {domain}
    return found


def _drawn(text: str) -> str:
    """Return what stands for the looks of a name, whatever signs it is written with."""
    return letters(_bare(normalize("NFKC", text))).translate(_DRAWN_ALIKE)


def _bare(text: str) -> str:
    return "".join(sign for sign in normalize("NFKD", text) if not combining(sign))


def _ends(title: str, told: str) -> bool:
    """Tell whether the page's title closes with a name, or begins with it, and says more."""
    closes = title.endswith(told) or title.startswith(told)
    return bool(told) and closes and len(title) > len(told)


def _fits(text: str, label: str) -> bool:
    """Tell whether name and domain share a word, a beginning or the words' initials."""
    words = [word for word in re.split(r"\W+", _bare(text).casefold()) if word]
    if not label or not words:
        return False
    initials = "".join(word[0] for word in words)
    whole = "".join(words)
    shared = any(word in label for word in words if len(word) >= _SHARED)
    return shared or whole in label or label in whole or initials in label or label in initials

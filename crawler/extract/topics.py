"""What an article is about, in the words that its publisher files it under.

One witness is taken, not all: what sites say to search engines under other names is the same list
with sections, codes of an agency and figures for advertising mixed in.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml.html import HtmlElement

from crawler.extract.plain import plain_line
from crawler.extract.said import Said
from crawler.extract.site_names import site_names
from crawler.extract.story_thing import letters
from crawler.extract.topic_links import filed_topics, listed_topics
from crawler.references import unescaped

_METAS = ("news_keywords", "keywords", "article:tag", "og:article:tag")
_LATE_METAS = (
    "parsely-tags",
    "dc.subject",
    "dcterms.subject",
    "mediator_theme",
    "sailthru.tags",
    "custom-keywords",
)
_BETWEEN = re.compile(r"\s*[,;，、；|]\s*")
_LABELLED = re.compile(r"(\w[\w ]{0,30}):\s*(\S.*)")
_SUBJECTS = frozenset(("subject", "topic", "tag", "theme", "keyword", "thema", "tema"))
_NO_TOPIC = re.compile(
    r"https?:|^[\d\W]+$|^[0-9a-f]{8}-[0-9a-f-]{20,}$|^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}$|[<>{}=]",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z][A-Z0-9:-]{1,15}")
_FEW_CODES = 4
_MANY_WORDS = 5
_MOST = 30
_LONGEST = 80


def topics_of(tree: HtmlElement, said: Said) -> tuple[str, ...]:
    """Return the topics in the order in which the page names them, each once.

    A list with the site's own name in it describes the site: it counts where there is no other.
    """
    names = site_names(said)
    late: tuple[str, ...] = ()
    for found in _witnesses(tree, said):
        own = tuple(topic for topic in found if letters(topic) not in names)
        if own and len(own) == len(found):
            return own
        late = late or own
    return late


def _witnesses(tree: HtmlElement, said: Said) -> Iterator[tuple[str, ...]]:
    for name in _METAS:
        yield _topics(said.metas.get(name, ()))
    yield _topics(_texts(said.article.get("keywords")))
    for name in _LATE_METAS:
        yield _topics(said.metas.get(name, ()))
    yield _topics(listed_topics(tree))
    yield _topics(_texts(said.article.get("about")))
    yield _topics(filed_topics(tree))
    yield _topics([*said.all("article:section"), *_texts(said.article.get("articleSection"))])


def _texts(value: object) -> list[str]:
    """Return the texts in a value of JSON-LD, or the names of its things."""
    texts: list[str] = []
    for one in value[: _MOST * 2] if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, Mapping) else one
        if isinstance(name, str) and (isinstance(value, list) or not _is_prose(name)):
            texts.append(unescaped(name))
    return texts


def _is_prose(text: str) -> bool:
    """Tell whether words stand in a row with no sign between: who knows which belong together."""
    return not _BETWEEN.search(text) and len(text.split()) >= _MANY_WORDS


def _topics(lines: Sequence[str]) -> tuple[str, ...]:
    words = [word for line in lines for word in _BETWEEN.split(unescaped(plain_line(line)))]
    told = _unlabelled([word.strip(" \"'#") for word in words])
    if len(told) >= _FEW_CODES and all(_CODE.fullmatch(word) for word in told):
        return ()
    found: dict[str, str] = {}
    for word in told:
        if len(word) > 1 and len(word) <= _LONGEST and not _NO_TOPIC.search(word):
            found.setdefault(word.casefold(), word)
    return tuple(found.values())[:_MOST]


def _unlabelled(words: Sequence[str]) -> list[str]:
    """Keep of `Subject: Justice` the subject, and drop `Day: Friday`, where a list is made so."""
    labels = [_LABELLED.fullmatch(word) for word in words]
    if sum(label is not None for label in labels) <= 1:
        return list(words)
    subjects = [label[2] for label in labels if label and label[1].casefold() in _SUBJECTS]
    plain = [word for word, label in zip(words, labels, strict=True) if label is None]
    return subjects or plain

"""Who wrote an article, by what the page says for machines, then by the line that people read."""

from collections.abc import Iterator, Mapping, Sequence
from unicodedata import combining, normalize

from lxml.html import HtmlElement
from trafilatura.metadata import extract_author

from crawler.extract.author_names import is_agency, looks_personal, names_in
from crawler.extract.byline import byline_of
from crawler.extract.byline_told import told_byline
from crawler.extract.said import Said
from crawler.extract.site_names import site_names
from crawler.extract.story_thing import letters
from crawler.references import unescaped

_METAS = (
    "author",
    "article:author",
    "og:article:author",
    "article:author_name",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "cxenseparse:author",
    "dable:author",
    "mediator_author",
)
_MOST_SAID = 50
_MOST_WORDS = 4


def authors_of(tree: HtmlElement, said: Said) -> tuple[str, ...]:
    """Return the authors in the order in which the page names them, each once.

    A site that names itself as the author says less than a byline in its page, so that goes first.
    """
    names = {_plain(name) for name in (*site_names(said), *_of_tab(said))}
    institution: tuple[str, ...] = ()
    for found in _witnesses(tree, said):
        others = tuple(name for name in found if _plain(name) not in names)
        persons = tuple(name for name in others if not is_agency(name))
        if persons and (not institution or looks_personal(persons)):
            return others
        institution = institution or found
    return institution or (() if said.large else _guessed(tree))


def _witnesses(tree: HtmlElement, said: Said) -> Iterator[tuple[str, ...]]:
    yield names_in(said.ruled.get("author", ()))
    yield names_in(_of_article(said))
    for name in _METAS:
        yield names_in(map(unescaped, said.metas.get(name, ())))
    yield byline_of(tree)
    if not said.large:
        yield told_byline(tree, said)


def _plain(name: str) -> str:
    """Return the letters of a name without their accents: EL PAÍS stands at elpais.com."""
    return letters("".join(sign for sign in normalize("NFKD", name) if not combining(sign)))


def _of_tab(said: Said) -> Iterator[str]:
    """Yield what stands last in the tab, behind the title: it is the site's name."""
    _, mark, last = said.page_title.rpartition("|")
    if mark and len(last.split()) <= _MOST_WORDS:
        yield last


def _guessed(tree: HtmlElement) -> tuple[str, ...]:
    """Return what a library finds by the look of pages, if it has the look of a person's name."""
    names = names_in((extract_author(tree) or "").split("; "))
    return names if looks_personal(names) else ()


def _of_article(said: Said) -> Iterator[str]:
    for role in ("author", "creator"):
        told = [text for one in _several(said.article.get(role)) for text in _called(one)]
        if told:
            yield from told
            return


def _several(value: object) -> Sequence[object]:
    return value[:_MOST_SAID] if isinstance(value, list) else [value]


def _called(author: object) -> Iterator[str]:
    """Yield what a thing of JSON-LD is called; `name` may itself be a list."""
    if isinstance(author, Mapping):
        given, family = author.get("givenName"), author.get("familyName")
        if not author.get("name") and isinstance(given, str) and isinstance(family, str):
            yield unescaped(f"{given} {family}")
        author = author.get("name")
    for one in _several(author):
        if isinstance(one, str):
            yield unescaped(one)
        elif isinstance(one, Mapping) and isinstance(name := one.get("name"), str):
            yield unescaped(name)

"""The text of an article: the story without the page around it, one paragraph a line."""

import re
from collections.abc import Callable

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document

from crawler.extract.boxes import without_boxes
from crawler.extract.plain import plain_text
from crawler.extract.said import Said
from crawler.references import unescaped

_ENOUGH = 500
_MUCH_LONGER = 1.5
_TAG = re.compile(r"<[^>]*>")
_BREAKS = re.compile(r"<\s*(?:br|/p|/div|/li|/h\d)\b[^>]*>|\r?\n", re.IGNORECASE)


def text_of(
    tree: HtmlElement, said: Said, url: str, *, parse: Callable[[], HtmlElement | None]
) -> str:
    """Return the article's text, "" if there is none; `tree` is used up, `parse` brings another.

    The fast way is enough for most pages. Where it brings little, the thorough one is asked too,
    and what the page itself calls its article's body stands for pages that are made by scripts.
    """
    text = _extracted(tree, url, fast=True)
    if len(text) < _ENOUGH and (whole := parse()) is not None:
        text = max(text, _extracted(whole, url, fast=False), key=len)
    body = _own_body(said)
    return body if len(body) > len(text) * _MUCH_LONGER else text


def without_headline(text: str, title: str) -> str:
    """Drop the headline where it stands above the text too: it is no paragraph of the story.

    An agency's text under two headlines would else be two texts.
    """
    first, _, rest = text.partition("\n")
    return rest if rest and _letters(first) == _letters(title) else text


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _extracted(tree: HtmlElement, url: str, *, fast: bool) -> str:
    found = bare_extraction(
        without_boxes(tree), url=url, fast=fast, favor_precision=True, include_comments=False
    )
    text = found.text if isinstance(found, Document) else None
    return plain_text((text or "").splitlines())


def _own_body(said: Said) -> str:
    body = said.article.get("articleBody")
    if not isinstance(body, str):
        return ""
    return plain_text(unescaped(_TAG.sub("", line)) for line in _BREAKS.split(body))

"""The text of an article: the story without the page around it, one paragraph a line.

Four witnesses can bring it, and each of them fails on pages where another does not:

    trafilatura ──> brings little beside the page's prose? ──> where the prose stands (bodies)
                                                          └──> the data of scripts (script_data)
    what the page says that its article's body is ──> stands for it where it is much longer,
                                                      and tells where the story ends
"""

import re
from collections.abc import Callable

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document

from crawler.extract.bodies import body_of
from crawler.extract.boxes import without_boxes
from crawler.extract.ends import within_ends
from crawler.extract.lead import lines_below, with_lead
from crawler.extract.plain import plain_text
from crawler.extract.prose import prose_in
from crawler.extract.said import Said
from crawler.extract.script_data import story_in_scripts
from crawler.references import unescaped

_ENOUGH = 500
_MUCH_LONGER = 1.5
_FAR_LONGER = 3.0
_MUCH = 2000
_LITTLE = 100
_FAIR_SHARE = 0.5
_TAG = re.compile(r"<[^<>]*>")
_BREAKS = re.compile(r"<\s*(?:br|/p|/div|/li|/h\d)\b[^<>]*>|\r?\n", re.IGNORECASE)


def text_of(
    tree: HtmlElement, said: Said, url: str, *, title: str, parse: Callable[[], HtmlElement | None]
) -> str:
    """Return the article's text, "" if there is none; `tree` is used up, `parse` brings another.

    Most pages are parsed once: another tree is asked for where the first look brings little.
    """
    body = _own_body(said)
    if said.large:
        return within_ends(max(body, body_of(tree), key=len), body)
    lines = lines_below(tree, title)
    without_boxes(tree)
    prose = sum(len(text) for part in tree.iter("p") for text in part.itertext())
    text = _extracted(tree, url)
    if len(body) > len(text) * _MUCH_LONGER:
        text = body
    if len(text) < max(_ENOUGH, prose * _FAIR_SHARE) and (whole := parse()) is not None:
        text = _second_look(text, whole, title)
    story = without_headline(within_ends(text, body), title)
    return with_lead(story, lines, said)


def without_headline(text: str, title: str) -> str:
    """Drop the headline where it stands above the text too: it is no paragraph of the story.

    An agency's text under two headlines would else be two texts.
    """
    first, _, rest = text.partition("\n")
    return rest if rest and _letters(first) == _letters(title) else text


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _extracted(tree: HtmlElement, url: str) -> str:
    found = bare_extraction(tree, url=url, fast=True, favor_precision=True, include_comments=False)
    text = found.text if isinstance(found, Document) else None
    return plain_text((text or "").splitlines())


def _second_look(text: str, whole: HtmlElement, title: str) -> str:
    """Return the text by another witness where that brings much more, else the same."""
    scripts = [script.text or "" for script in whole.iter("script")]
    for part in whole.iter("noscript"):
        if sum(len(piece) for piece in part.itertext()) >= _ENOUGH:
            part.tag = "div"
    body = body_of(without_boxes(whole))
    had, has = _prose(text), _prose(body)
    held = _letters(text) in _letters(body)
    if has > had * _FAR_LONGER and (has > _MUCH or had < _LITTLE or held):
        text, had = body, has
    if had >= _MUCH:
        return text
    told = story_in_scripts(scripts, title, titled=had >= _LITTLE)
    return told if _prose(told) > had * _MUCH_LONGER else text


def _prose(text: str) -> int:
    return sum(map(prose_in, text.split("\n")))


def _own_body(said: Said) -> str:
    body = said.article.get("articleBody")
    if not isinstance(body, str):
        return ""
    return plain_text(unescaped(_TAG.sub("", line)) for line in _BREAKS.split(body))

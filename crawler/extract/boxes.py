"""Takes out of a page what stands around its story, by the names that sites give to it.

Navigation, "most read", related stories, promotions and comments must not match anybody's watch.
"""

import re
from collections.abc import Callable

from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.captions import drop_captions
from crawler.extract.pointers import drop_pointers

_USELESS = (
    "script",
    "style",
    "svg",
    "template",
    "iframe",
    "object",
    "nav",
    "button",
    "select",
    "dialog",
)
_BOXES = ("div", "section", "aside", "ul", "ol", "footer", "form")
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:most[_-]?(?:read|viewed|popular|shared|commented)|popular|trending|related"
    r"|recommend\w*|read[_-]?(?:more|next|also)|also[_-]?(?:read|like)|more[_-]?(?:stories|news|from|on)"
    r"|see[_-]?also|promo\w*|sponsor\w*|advert\w*|ads?|taboola|outbrain|newsletters?|sign[_-]?up"
    r"|subscri(?:be|ption)|comments?|disqus\w*|cookie\w*|consent\w*|onetrust|didomi|gdpr|ccpa|breadcrumbs?|share|sharing|social"
    r"|teasers?|up[_-]?next|latest[_-]?(?:news|stories)?|bio(?:graphy)?|about[_-]+(?:the[_-]+)?authors?"
    r"|authors?[_-]+(?:box|info|card|profile|description|details|content|about)|follow[_-]us"
    r"|(?:access|registration|login|subscriber)[_-]?wall)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|onetrust|didomi|gdpr|ccpa|comments|disqus)(?:$|[\s_-])",
    re.IGNORECASE,
)
_EMBEDDED = re.compile(r"embed|tweet|social", re.IGNORECASE)
_NEVER = ("form", "footer")
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_AWAY = ("dialog", "alertdialog", "navigation", "search", "contentinfo")
_SHARE = 0.3
_FEW_PARAGRAPHS = 300
_MOST_KEPT = 50
_LONG_TEXT = 80
_INLINE = ("a", "b", "em", "font", "i", "span", "strong", "u")
_MOST_QUOTED = 3


def without_boxes(tree: HtmlElement) -> HtmlElement:
    """Drop the boxes around the story from `tree`, in place.

    A box that holds a good part of the page's paragraphs is the story itself, whatever its name;
    where the page has next to none, all text counts as such.
    """
    etree.strip_elements(tree, *_USELESS, etree.Comment, with_tail=False)
    parts: tuple[str, ...] = ("p",)
    if (total := _prose(tree, parts)) < _FEW_PARAGRAPHS:
        parts, total = (), _prose(tree, ())

    def is_small(box: HtmlElement) -> bool:
        return _prose(box, parts) <= total * _SHARE

    drop_captions(tree)
    _keep_embedded(tree)
    _drop_named(tree, is_small)
    drop_pointers(tree, is_small=is_small)
    for holder in tree.iter("div", "section", "article", "td"):
        if _has_bare_text(holder):
            _in_paragraphs(holder)
    return tree


def _drop_named(tree: HtmlElement, is_small: Callable[[HtmlElement], bool]) -> None:
    kept = 0
    for box in list(tree.iter(*_BOXES)):
        if box.getparent() is None or not _is_box(box):
            continue
        if is_small(box) or _is_surely_one(box):
            box.drop_tree()
        elif (kept := kept + 1) >= _MOST_KEPT:  # boxes within boxes, each to be counted
            break


def _keep_embedded(tree: HtmlElement) -> None:
    """Take its names from a box that quotes a post, since they would cost it its place."""
    for quote in tree.iter("blockquote"):
        box = quote
        while box is not None and _is_embedding(box, quote):
            if _EMBEDDED.search(box.get("class") or ""):
                del box.attrib["class"]
            box = box.getparent()


def _is_embedding(box: HtmlElement, quote: HtmlElement) -> bool:
    return box is quote or (box.tag == "div" and len(box) <= _MOST_QUOTED)


def _is_box(box: HtmlElement) -> bool:
    if box.tag in _NEVER or box.get("role") in _AWAY or _is_hidden(box):
        return True
    name = f"{box.get('class') or ''} {box.get('id') or ''}"
    return name != " " and _NAMES.search(_HUMPS.sub("-", name)) is not None


def _has_bare_text(holder: HtmlElement) -> bool:
    if not len(holder):
        return False
    bare = (holder.text, *(part.tail for part in holder if part.tag not in _INLINE))
    return any(text is not None and len(text) >= _LONG_TEXT for text in bare)


def _in_paragraphs(holder: HtmlElement) -> None:
    """Put each run of text that stands bare around line breaks and blocks into a paragraph."""
    parts = list(holder)
    if all(part.tag in _INLINE for part in parts):
        return
    filled: list[HtmlElement] = []
    run, holder.text = _run(holder, holder.text), None
    for part in parts:
        if part.tag in _INLINE:
            run.append(part)
            continue
        following, part.tail = _run(holder, part.tail), None
        filled += [run, part] if len(run) or (run.text or "").strip() else [part]
        run = following
    if len(run) or (run.text or "").strip():
        filled.append(run)
    holder[:] = filled


def _run(holder: HtmlElement, text: str | None) -> HtmlElement:
    paragraph = holder.makeelement("p")
    paragraph.text = text
    return paragraph


def _is_surely_one(box: HtmlElement) -> bool:
    """Tell whether a box cannot be the story, however large: its name says so, no headline does."""
    name = _HUMPS.sub("-", f"{box.get('class') or ''} {box.get('id') or ''}")
    return _SURE.search(name) is not None and next(box.iter("h1", "article"), None) is None


def _is_hidden(box: HtmlElement) -> bool:
    if box.get("hidden") is not None or box.get("aria-hidden") == "true":
        return True
    style = box.get("style")
    return style is not None and _HIDING.search(style) is not None


def _prose(element: HtmlElement, parts: tuple[str, ...]) -> int:
    """Count the characters that stand in such elements, in all of it where none is named."""
    if not parts:
        return sum(len(text) for text in element.itertext())
    return sum(len(text) for part in element.iter(*parts) for text in part.itertext())

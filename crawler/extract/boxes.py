"""Takes out of a page what stands around its story, by the names that sites give to it.

Navigation, "most read", related stories, promotions and comments must not match anybody's watch.
"""

import re

from lxml import etree
from lxml.html import HtmlElement

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
    r"|see[_-]?also|promo\w*|sponsor\w*|advert\w*|ads?|taboola|outbrain|newsletter|subscri(?:be|ption)"
    r"|comments?|disqus\w*|cookie\w*|consent\w*|breadcrumbs?|share|sharing|social|teasers?|up[_-]?next"
    r"|latest[_-]?(?:news|stories)?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SHARE = 0.3


def without_boxes(tree: HtmlElement) -> HtmlElement:
    """Drop the boxes around the story from `tree`, in place.

    A box that holds a good part of the page's paragraphs is the story itself, whatever its name.
    """
    etree.strip_elements(tree, *_USELESS, etree.Comment, with_tail=False)
    total = _prose(tree)
    for box in list(tree.iter(*_BOXES)):
        name = f"{box.get('class') or ''} {box.get('id') or ''}"
        is_box = box.tag == "form" or (name != " " and _NAMES.search(name))
        if is_box and box.getparent() is not None and _prose(box) <= total * _SHARE:
            box.drop_tree()
    return tree


def _prose(element: HtmlElement) -> int:
    """Count the characters that stand in paragraphs."""
    return sum(len(text) for part in element.iter("p") for text in part.itertext())

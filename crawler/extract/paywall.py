"""Whether a page says that the rest of its article is for those who pay.

No wall is passed: it only tells people why a text is short.
"""

from typing import Any

from lxml.etree import XPath
from lxml.html import HtmlElement

from crawler.extract.prose import weight_of
from crawler.extract.said import Said

_TIERS = ("locked", "metered")
_NOT_FREE = ("false", "no", "0")
_NAMES = ("paywall", "Paywall", "regwall", "subscriber-only", "-wall", "piano-offer")
_BOX = XPath(
    "boolean(descendant::*[@class or @id]"
    "[self::div or self::section or self::aside or self::form]["
    "contains(@class, 'paywall') or contains(@id, 'paywall') or contains(@class, 'Paywall')"
    " or contains(@class, 'regwall') or contains(@class, 'subscriber-only')"
    " or contains(@class, 'premium-wall') or contains(@class, 'subscription-wall')"
    " or contains(@class, 'piano-offer')])"
)
_CUT_SHORT = 1500


def has_wall(tree: HtmlElement, source: str) -> bool:
    """Tell whether the page, parsed from `source`, has a box of the names that paywalls go by."""
    return any(name in source for name in _NAMES) and bool(_BOX(tree))


def is_paywalled(said: Said, text: str, *, walled: bool, told: bool = False) -> bool:
    """Tell whether the page says so; a box (`walled`) says it only below a text cut short.

    `told` tells that a line of the text itself said it, which stands no longer in it.
    """
    if _is_not_free(said.article) or said.first("article:content_tier").lower() in _TIERS:
        return True
    free = said.article.get("isAccessibleForFree") is not None
    return not free and (told or (walled and weight_of(text) < _CUT_SHORT))


def _is_not_free(thing: Any) -> bool:  # noqa: ANN401 - as it came in strangers' JSON
    match thing:
        case {"isAccessibleForFree": bool() | str() | int() as free}:
            return str(free).rpartition("/")[2].strip().lower() in _NOT_FREE
        case {"hasPart": parts}:
            return any(_is_not_free(part) for part in _parts(parts))
        case _:
            return False


def _parts(value: object) -> list[Any]:
    parts = value if isinstance(value, list) else [value]
    return [
        {name: one for name, one in part.items() if name != "hasPart"}
        for part in parts
        if isinstance(part, dict)
    ]

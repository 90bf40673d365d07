"""The text of HTML that is so simple that its tags can be read one after the other.

Most texts in feeds are paragraphs, links, emphasis, lists and pictures, properly nested. For those
a scan gives what the whole parser (crawler/feeds/plain.py) would, in a tenth of its time. Whatever
might be read in two ways is declined: a tag that is not closed, a block inside a paragraph, any tag
that is not listed here.
"""

import re
from functools import lru_cache

from crawler.references import unescaped

_ALONE = {"br": "\n", "img": " ", "/img": "", "/hr": "", None: ""}
_INLINE_NAMES = """
    a abbr b big cite code del em font i ins kbd mark q s samp small span strike strong sub sup time
    tt u var
"""
_BOX_NAMES = "div blockquote figure figcaption section article nav aside header footer main"
_LEAVES = "p pre h1 h2 h3 h4 h5 h6 ul ol dl table"

# Where each block may begin: directly in one of these, or (None) outside of all.
_BOXES = frozenset((None, "li", "td", "th", "dd", *_BOX_NAMES.split()))
_INLINE = frozenset(_INLINE_NAMES.split())
_LISTS = frozenset(("ul", "ol"))
_MAY_STAND_IN: dict[str, frozenset[str | None]] = {
    **dict.fromkeys((*_LEAVES.split(), *_BOX_NAMES.split()), _BOXES),
    **dict.fromkeys(("ul", "ol"), _BOXES | _LISTS),
    "li": _LISTS,
    **dict.fromkeys(("dt", "dd"), frozenset(("dl",))),
    **dict.fromkeys(("thead", "tbody"), frozenset(("table",))),
    "tr": frozenset(("table", "thead", "tbody")),
    **dict.fromkeys(("td", "th"), frozenset(("tr",))),
}
_BREAKS = {
    **dict.fromkeys(_MAY_STAND_IN, "\n"),
    **dict.fromkeys(_INLINE, ""),
    **dict.fromkeys(("td", "th"), " "),
}
_CLOSES = {f"/{name}": name for name in _BREAKS}
_DEEPEST = 60

# No quantifier gives back what it took, so that no text makes the scan try twice.
_ATTRIBUTES = (
    r"(?=[ \t\r\n\f/>])"
    r"(?:[^<>\"'=]*+(?<=[-_a-zA-Z0-9])=(?:\"[^\"<]*+\"|'[^'<]*+'|[^\s\"'<>=`]++))*+"
    r"[^<>\"'=]*+>"
)
_TAG = re.compile(rf"<(/?+[a-zA-Z][a-zA-Z0-9]*+){_ATTRIBUTES}|<!--[^<>-]*+(?:-[^<>-]++)*+-->")
_UNREAD = re.compile(
    rf"<(?:iframe{_ATTRIBUTES}</iframe|script{_ATTRIBUTES}[^<]*+</script"
    rf"|style{_ATTRIBUTES}[^<]*+</style)[ \n]*+>"
)
_ODD_REFERENCE = re.compile(
    r"&(?!(?:(?!NewLine)[a-zA-Z]{2,8}[0-9]{0,2}|#0?(?!10;)[1-9][0-9]{1,3}|#12[789][0-9]{3}"
    r"|#[xX][1-9a-eA-E][0-9a-fA-F]{1,3}|#[xX]1[fF][3-9aA][0-9a-fA-F]{2});)"
)
_REFERENCE = re.compile(r"&[^;]*+;")


def simple_text(text: str) -> str | None:
    """Return HTML as text with a line break wherever a block begins or ends; None if unsure."""
    found = _scanned(text)
    if found is None and _UNREAD.search(text):
        return _scanned(_UNREAD.sub("<!-- -->", text))
    return found


def _scanned(text: str) -> str | None:
    as_it_stands = "<pre" in text
    pieces = _TAG.split(text if as_it_stands else text.replace("\n", " "))
    tags = pieces[1::2]
    if text.count("<") != len(tags):
        return None
    breaks = _breaks(tags)
    if breaks is None:
        return None
    if as_it_stands:
        pieces[0::2] = _spaced(pieces[0::2], tags)
    pieces[1::2] = breaks
    found = "".join(pieces)
    if "&" not in found:
        return found
    # What is a reference in the whole is one in its piece: none is left open before a tag.
    return None if _ODD_REFERENCE.search(text) else _REFERENCE.sub(_referred, found)


def _referred(found: re.Match[str]) -> str:
    return _character(found[0])


@lru_cache(maxsize=4_096)
def _character(reference: str) -> str:
    return unescaped(reference)


def _spaced(texts: list[str], tags: list[str | None]) -> list[str]:
    """Return the texts without their line breaks, but for what follows `<pre>` directly."""
    found = [text.replace("\n", " ") for text in texts]
    for at, tag in enumerate(tags):
        if tag == "pre":
            found[at + 1] = texts[at + 1]
    return found


def _breaks(tags: list[str | None]) -> list[str] | None:
    """Return what each tag puts between the texts around it; None where they do not nest."""
    found: list[str] = []
    inside: list[str | None] = [None]
    for tag in tags:
        closed = _CLOSES.get(tag)  # type: ignore[arg-type] # None is no tag that closes
        if closed is not None:
            if inside.pop() != closed:
                return None
            found.append(_BREAKS[closed])
        elif tag in _ALONE:
            found.append(_ALONE[tag])
        elif tag == "hr" and inside[-1] in _BOXES:  # elsewhere it ends what it stands in
            found.append("\n")
        elif tag in _INLINE or inside[-1] in _MAY_STAND_IN.get(str(tag), ()):
            found.append(_BREAKS[str(tag)])
            inside.append(tag)
            if len(inside) > _DEEPEST:
                return None
        else:
            return None
    return found if len(inside) == 1 else None

"""The text of HTML that is so simple that its tags can be read one after the other.

Most texts in feeds are paragraphs, links, emphasis, lists and pictures, properly nested. For those
a scan gives what the whole parser (crawler/feeds/plain.py) would, in a tenth of its time. Whatever
might be read in two ways is declined: a tag that is not closed, a block inside a paragraph, any tag
that is not listed here.
"""

import html
import re

_ALONE = {"br": "\n", "hr": "\n", "img": " ", "/img": "", "/hr": "", None: ""}
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
    r"&(?!(?:[a-zA-Z]{2,8}[0-9]{0,2}|#0?[1-9][0-9]{1,3}|#12[789][0-9]{3}"
    r"|#[xX][1-9a-eA-E][0-9a-fA-F]{1,3}|#[xX]1[fF][3-9aA][0-9a-fA-F]{2});)"
)


def simple_text(text: str) -> str | None:
    """Return HTML as text with a line break wherever a block begins or ends; None if unsure."""
    if "<iframe" in text or "<script" in text or "<style" in text:
        text = _UNREAD.sub("<!-- -->", text)
    spaced = text if "<pre" in text else text.replace("\n", " ")
    pieces = _TAG.split(spaced)
    tags, texts = pieces[1::2], pieces[0::2]
    if text.count("<") != len(tags):
        return None
    breaks = _breaks(tags)
    if breaks is None or ("&" in text and _ODD_REFERENCE.search(text)):
        return None
    if "&" in text:
        texts = [html.unescape(piece) if "&" in piece else piece for piece in texts]
    pieces[1::2] = breaks
    if spaced is text or "&" in text:  # there may be line breaks that are none
        pieces[0::2] = [piece.replace("\n", " ") for piece in texts]
        for at, tag in enumerate(tags):
            if tag == "pre":  # what follows it directly stands in lines of its own
                pieces[2 * at + 2] = texts[at + 1]
    return "".join(pieces)


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
        elif tag in _INLINE or inside[-1] in _MAY_STAND_IN.get(str(tag), ()):
            found.append(_BREAKS[str(tag)])
            inside.append(tag)
            if len(inside) > _DEEPEST:
                return None
        else:
            return None
    return found if len(inside) == 1 else None

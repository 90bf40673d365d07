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
_BREAKS: dict[str, str] = {
    **dict.fromkeys(_MAY_STAND_IN, "\n"),
    **dict.fromkeys(_INLINE, ""),
    **dict.fromkeys(("td", "th"), " "),
}
_PUTS: dict[str | None, str] = dict([*_ALONE.items(), *_BREAKS.items(), ("hr", "\n")])
_PUTS.update((f"/{name}", what) for name, what in _BREAKS.items())
"""What each tag puts between the texts around it."""

_DEEPEST = 60


class _Within(dict[str | None, "_Within"]):
    """Where a tag leads from within an element: into another, nowhere (`_STAY`), or `_OUT`."""


_STAY, _OUT = _Within(), _Within()


def _outside() -> _Within:
    """Return where tags lead that stand in no element."""
    places = {name: _Within() for name in (None, *_BREAKS)}
    for here, place in places.items():
        place.update(dict.fromkeys(_ALONE, _STAY))
        if here in _BOXES:
            place["hr"] = _STAY  # elsewhere it ends what it stands in
        if here is not None:
            place[f"/{here}"] = _OUT
        for name in _BREAKS:
            if name in _INLINE or here in _MAY_STAND_IN[name]:
                place[name] = places[name]
    return places[None]


_OUTSIDE = _outside()

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
_REFERENCE = re.compile(r"(&[^;]*+;)")


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
    if text.count("<") != len(tags) or not _nest(tags):
        return None
    texts = pieces[0::2]
    # What is a reference in the whole is one in its piece: none is left open before a tag.
    refers = "&" in text and "&" in (told := "<".join(texts))
    if refers and _ODD_REFERENCE.search(told):
        return None
    if as_it_stands:
        pieces[0::2] = _spaced(texts, tags)
    pieces[1::2] = map(_PUTS.__getitem__, tags)
    found = "".join(pieces)
    return _referred(found) if refers else found


def _referred(text: str) -> str:
    """Return `text` with the characters that it refers to."""
    pieces = _REFERENCE.split(text)
    pieces[1::2] = map(_character, pieces[1::2])
    return "".join(pieces)


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


def _nest(tags: list[str | None]) -> bool:
    """Tell whether each tag stands where it may, and each that opens is closed."""
    here = _OUTSIDE
    around: list[_Within] = []
    for tag in tags:
        there = here.get(tag)
        if there is _STAY:
            continue
        if there is _OUT:
            here = around.pop()
        elif there is None or len(around) >= _DEEPEST:
            return False
        else:
            around.append(here)
            here = there
    return not around

"""Texts as readers see them: no markup, no scripts, no characters that break a store or a log.

libxml2 reads the HTML, since patterns over markup either miss cases or hang on them.
"""

import re
from collections.abc import Iterator

from lxml import etree

from crawler.feeds.simple import simple_text
from crawler.references import unescaped

_BLOCK_NAMES = """
    address article aside blockquote br center dd details dialog div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody
    tfoot thead tr ul
"""
_UNREAD_NAMES = "script style template noscript svg canvas head title textarea select button"
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_CELLS = frozenset(("td", "th", "img", "option"))
_UNREAD = frozenset(_UNREAD_NAMES.split())
_MARKUP = re.compile(r"<[a-zA-Z/!?]")
_ANY_TAG = re.compile(r"<[^<>]*>")
_FRAME = re.compile(r"</?(?:html|body)\b[^<>]*>", re.IGNORECASE)  # nothing is read after its end

# C1 controls are what Windows-1252 looks like when it was taken for Latin-1.
_CLEAN: dict[int, str | None] = {
    **dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127]),
    **{byte: bytes([byte]).decode("cp1252", "ignore") or None for byte in range(0x80, 0xA0)},
    0x85: "…",
    **dict.fromkeys(range(0xD800, 0xE000)),
    0xFFFE: None,
    0xFFFF: None,
}
_UNCLEAN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def plain_line(text: str, *, most: int) -> str:
    """Return HTML as one line of at most `most` characters."""
    return " ".join(plain_text(text[: most * 20], most=most * 2).split())[:most].rstrip()


def plain_text(text: str, *, most: int) -> str:
    """Return HTML as text of at most `most` characters, a line for each paragraph."""
    if _MARKUP.search(text) is None:
        return clean(unescaped(text), most=most)
    simple = simple_text(text)
    found = "" if simple is None else clean(simple, most=most)
    return found or clean(_without_markup(text), most=most)


def clean(text: str, *, most: int) -> str:
    """Return plain text with its blanks folded and without characters that do not print."""
    if text.isprintable() and "  " not in text:  # names, titles, what was one line before
        return text.strip(" ")[:most].rstrip()
    prints = text.isprintable() if "\n" not in text else text.replace("\n", "").isprintable()
    if not prints:
        text = _without_unclean(text)
    # What prints has no blanks but " ", and to ask that is cheaper than to fold.
    lines = [
        line.strip(" ")
        if "  " not in line and (prints or line.isprintable())
        else " ".join(line.split())
        for line in text.split("\n")
        if line
    ]
    return "\n".join(filter(None, lines))[:most].rstrip()


def _without_unclean(text: str) -> str:
    return text.translate(_CLEAN) if _UNCLEAN.search(text) else text


def _without_markup(text: str) -> str:
    # One parser a text: a shared one would keep the worst document's memory.
    parser = etree.HTMLParser(recover=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(f"<div>{_FRAME.sub(' ', _without_unclean(text))}</div>", parser)
    except etree.XMLSyntaxError:
        root = None
    found = "" if root is None else "".join(_pieces(root))
    if found.strip() or (root is not None and _has_unread(root)):
        return found
    # Nested too deep, libxml2 gives nothing and says nothing. Better crude than lost.
    return unescaped(_ANY_TAG.sub(" ", text))


def _has_unread(root: etree._Element) -> bool:
    return next(root.iter(*_UNREAD), None) is not None


def _pieces(root: etree._Element) -> Iterator[str]:
    """Yield the text below `root` in order, with line breaks around blocks."""
    skipping = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag
        if event == "start":
            skipping += name in _UNREAD
            yield _break(name)
            if not skipping and element.text:
                yield element.text.replace("\n", " ") if name != "pre" else element.text
        else:
            skipping -= name in _UNREAD
            yield _break(name)
            if not skipping and element.tail:
                yield element.tail.replace("\n", " ")


def _break(name: object) -> str:
    if name in _BLOCKS:
        return "\n"
    return " " if name in _CELLS else ""

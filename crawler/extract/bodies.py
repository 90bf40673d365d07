"""The story of a page by where its prose stands: one pass, however deep or large the page is.

It is asked where trafilatura brings too little, or would take too long.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.outline import Outline
from crawler.extract.plain import plain_line, plain_text
from crawler.extract.prose import prose_in

_INLINE = frozenset(
    (
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "rb",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    )
)
_UNREAD = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "head",
        "title",
        "button",
        "select",
        "textarea",
        "nav",
        "footer",
        "h1",
        "figcaption",
        "audio",
        "video",
        "canvas",
        "dialog",
        "option",
    )
)
_MOSTLY = 0.5


@dataclass(slots=True)
class _Walk:
    """Where the walk through a page is, and the lines that it brought."""

    outline: Outline = field(default_factory=Outline)
    lines: list[tuple[int, str, int]] = field(default_factory=list)
    holders: list[int] = field(default_factory=lambda: [0])
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    unread: int = 0

    def start(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in _UNREAD:
            self.unread += 1
        if tag == "a":
            self.links += 1
        elif tag not in _INLINE:
            self._end_of_line()
            if tag != "br":
                self.holders.append(self.outline.open(self.holders[-1]))
        self._say(element.text)

    def end(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag == "a":
            self.links -= 1
        elif tag not in _INLINE:
            self._end_of_line()
            if tag != "br":
                self.holders.pop()
        if tag in _UNREAD:
            self.unread -= 1
        self._say(element.tail)

    def _say(self, text: str | None) -> None:
        if text and not self.unread:
            self.pieces.append(text)
            if self.links:
                self.linked += len(text)

    def _end_of_line(self) -> None:
        if not self.pieces:
            return
        line = plain_line("".join(self.pieces), limit=1_000_000)
        if line:
            weight = prose_in(line) if self.linked <= len(line) * _MOSTLY else 0
            self.outline.add(self.holders[-1], weight)
            self.lines.append((self.holders[-1], line, -1 if self._is_link(line) else weight))
        self.pieces.clear()
        self.linked = 0

    def _is_link(self, line: str) -> bool:
        return self.linked > len(line) * _MOSTLY


def body_of(tree: HtmlElement) -> str:
    """Return the lines of the innermost element that has most of the page's prose.

    Lines that are links, and all before the first and after the last line of prose, are left out.
    """
    walk = _Walk()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if isinstance(element.tag, str):
            (walk.start if event == "start" else walk.end)(element)
    span = walk.outline.span(walk.outline.smallest_with_most())
    return plain_text(_from_first_to_last_prose([line for line in walk.lines if line[0] in span]))


def _from_first_to_last_prose(lines: list[tuple[int, str, int]]) -> Iterator[str]:
    prose = [at for at, (_, _, weight) in enumerate(lines) if weight > 0]
    if not prose:
        return
    for _, line, weight in lines[prose[0] : prose[-1] + 1]:
        if weight >= 0:
            yield line

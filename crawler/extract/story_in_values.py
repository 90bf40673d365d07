"""Finds the story in values that came as JSON: paragraphs in their order, and nothing beside them.

The values are walked without recursion and with a limit, for strangers nest deep.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from crawler.extract.outline import Outline
from crawler.extract.plain import plain_line
from crawler.extract.prose import prose_in
from crawler.references import unescaped

_MOST_VALUES = 300_000
_MOST_FLAT = 2_000
_LEAST = 200
_ASIDE = re.compile(
    r"comment|relat|recommend|teaser|promo|advert|^ads?$|newsletter|cookie|consent|privacy|legal|terms"
    r"|footer|header$|^nav|menu|sidebar|most_?(?:read|viewed|popular)|trending|latest|^more|translation"
    r"|i18n|locale|^labels?$|messages?$|dictionary|config|settings|feature_?flags|styles?$|css|query$"
    r"|^bio|biography|author|byline|caption|credit|copyright|^alt|description$|summary$|excerpt|abstract"
    r"|^seo|^meta|^og_|keywords|image|video|gallery|^url$|href|link$|^type|__typename|^class|^id$|next_?articles?",
    re.IGNORECASE,
)
_TITLES = ("title", "headline", "heading", "name", "headlines")
_BLOCKS = re.compile(
    r"^(?:p|h[2-6]|li|blockquote|paragraph|heading|list_?item|text_?block|block|quote)$",
    re.IGNORECASE,
)
_INNER = ("text", "value", "content", "children", "props", "nodes", "data", "html")
_BREAKS = re.compile(r"<\s*(?:br|/p|/div|/li|/h\d|/blockquote)\b[^>]*>|\r?\n", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_UNSEEN = re.compile(r"<(script|style|figure|figcaption)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


@dataclass(slots=True)
class _Walk:
    """Where the walk through values is, what it brought, and which holders have the title."""

    title: str
    outline: Outline = field(default_factory=Outline)
    lines: list[tuple[int, str]] = field(default_factory=list)
    titled: list[int] = field(default_factory=list)
    waiting: list[tuple[Any, int]] = field(default_factory=list)

    def take(self, value: object, holder: int) -> None:
        match value:
            case str():
                self._say(value, holder)
            case dict() | list() if (whole := _block_text(value)) is not None:
                self._say(whole, holder)
            case dict():
                within = self.outline.open(holder)
                if any(_letters(value.get(name)) == self.title for name in _TITLES if self.title):
                    self.titled.append(within)
                inner = [one for name, one in value.items() if not _ASIDE.search(name)]
                self.waiting.extend((one, within) for one in reversed(inner))
            case list():
                within = self.outline.open(holder)
                self.waiting.extend((one, within) for one in reversed(value))
            case _:
                pass

    def _say(self, text: str, holder: int) -> None:
        for line in _paragraphs(text):
            if weight := prose_in(line):
                self.outline.add(holder, weight)
            self.lines.append((holder, line))


def story_in_values(values: list[Any], title: str, *, titled: bool = False) -> str:
    """Return the paragraphs where the most prose is, "" where it is too little for a story.

    An object with this title goes before others; if it has to be `titled`, there are no others.
    """
    walk = _Walk(title=_letters(title))
    walk.waiting = [(value, 0) for value in reversed(values)]
    for _ in range(_MOST_VALUES):
        if not walk.waiting:
            break
        walk.take(*walk.waiting.pop())
    totals = walk.outline.totals()
    own = max(walk.titled, key=lambda holder: totals[holder], default=0)
    if totals[own] < _LEAST or not own:
        if titled or totals[0] < _LEAST:
            return ""
        own = 0
    span = walk.outline.span(walk.outline.smallest_with_most(own))
    return "\n".join(dict.fromkeys(_from_first_to_last(walk.lines, span)))


def _from_first_to_last(lines: list[tuple[int, str]], span: range) -> Iterator[str]:
    within = [line for holder, line in lines if holder in span]
    prose = [at for at, line in enumerate(within) if prose_in(line)]
    for line in within[prose[0] : prose[-1] + 1]:
        if prose_in(line) or " " in line.strip():
            yield line


def _block_text(value: Mapping[str, Any] | list[Any]) -> str | None:
    """Return the whole text of what names itself a paragraph, else None; its parts are pieces."""
    match value:
        case ["$", str(tag), _, dict(props), *_] if _BLOCKS.match(tag):
            return _flat(props.get("children"))
        case dict() if _is_block(value):
            return _flat([value[name] for name in _INNER if name in value])
        case _:
            return None


def _is_block(value: Mapping[str, Any]) -> bool:
    kinds = (value.get(name) for name in ("type", "_type", "nodeType", "tag", "tagName", "kind"))
    return any(isinstance(kind, str) and _BLOCKS.match(kind) for kind in kinds)


def _flat(value: object) -> str:
    """Join the pieces of a text, whatever marks them bold or a link."""
    pieces: list[str] = []
    waiting: list[Any] = [value]
    for _ in range(_MOST_FLAT):
        if not waiting:
            break
        match waiting.pop():
            case str(piece):
                pieces.append(piece)
            case ["$", str(), _, dict(props), *_]:
                waiting.append(props.get("children"))
            case list(parts):
                waiting.extend(reversed(parts))
            case dict(parts):
                waiting.extend(parts[name] for name in reversed(_INNER) if name in parts)
            case _:
                pass
    return "".join(pieces)


def _paragraphs(text: str) -> Iterator[str]:
    seen = _UNSEEN.sub(" ", text) if "<" in text else text
    for part in _BREAKS.split(seen):
        if line := plain_line(unescaped(_TAG.sub("", part)), limit=1_000_000):
            yield line


def _letters(text: object) -> str:
    return "".join(filter(str.isalnum, text)).casefold() if isinstance(text, str) else ""

"""What stands in an article's place: pages of errors, walls, questions whether we are human.

Stories have the same words in their titles and sentences: 404 migrants are rescued, a fine is paid
for the use of cookies. So a wording counts only where the page says it to its reader, outside of
quotes, or says next to nothing else; and a page that describes itself as an article is believed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.extract.ends import within_ends
from crawler.extract.prose import prose_in, weight_of
from crawler.extract.said import Said
from crawler.extract.story_thing import letters
from crawler.extract.wordings_instead import (
    CONSENT,
    GONE,
    MISSED,
    PAID,
    REFUSED,
    ROBOTS,
    TO_READERS,
)


def _compiled(wording: str) -> re.Pattern[str]:
    return re.compile(wording, re.IGNORECASE)


_GONE = _compiled(GONE)
_APOLOGY = _compiled(f"{GONE}|{MISSED}")
_REFUSED = _compiled(rf"\W*(?:{REFUSED})\W*")
_BARRED = _compiled(f"{ROBOTS}|{CONSENT}")
_PAID = _compiled(PAID)
_TO_READERS = _compiled(TO_READERS)
_QUOTED = re.compile(r"[“„«「『][^”“»」』]{0,300}[”“»」』]|\"[^\"]{0,300}\"")
_PARTS = re.compile(r"\s+[|\-–—·•»:]+\s+|\s*[|｜│]\s*")
_COLON = re.compile(r"[:：]\s")
_SENTENCES = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
)
_SHORT = 1500
_VERY_SHORT = 600
_LITTLE = 300
_PROSE_LEFT = 120
_SENTENCE = 50
_MOSTLY = 0.35
_OPENING = 8
_PLAIN = 100
_LINE = 160
_LAST = 3
_MOST_LINES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Bare:
    """A text without its lines of walls; `paid` tells that one asked for money or an account."""

    text: str
    dropped: bool = False
    paid: bool = False


def without_walls(text: str) -> Bare:
    """Drop the lines of walls from a text: all from a short one, of a long one those at its end."""
    lines = text.split("\n")
    is_short = weight_of(text) < _SHORT and len(lines) <= _MOST_LINES
    first = 0 if is_short else max(0, len(lines) - _LAST)
    walls = {
        at: line
        for at, line in enumerate(lines)
        if at >= first and (is_short or weight_of(line) < _LITTLE) and _is_wall(line)
    }
    if not walls:
        return Bare(text=text)
    rest = "\n".join(line for at, line in enumerate(lines) if at not in walls)
    paid = any(_is_told(_PAID, line) for line in walls.values())
    return Bare(text=within_ends(rest, ""), dropped=True, paid=paid)


def describes_article(said: Said, title: str) -> bool:
    """Tell whether the page describes an article, and means the one that it shows."""
    names = {letters(name) for name in (title, *said.headings, said.page_title)} - {""}
    if said.article.get("@type") and letters(said.text("headline")) in names:
        return True
    dated = bool(said.text("datePublished")) or any(True for _ in said.all(*_DATES))
    return said.first("og:type").lower() == "article" and dated


def fault_of_text(said: Said, title: str, bare: Bare) -> str | None:
    """Say why this is an error page or a wall in an article's place, None if it seems to be one."""
    left = weight_of(bare.text)
    if not bare.text and not bare.dropped:
        return "the page holds no text of an article"
    if left >= _SHORT:
        return None
    described = describes_article(said, title)
    if _is_gone((title, *said.headings), bare.text, described=described):
        return "the page says that it was not found"
    if not described and left < _VERY_SHORT and any(_is_refusal(part) for part in _parts(title)):
        return "the page wants to know whether we are human"
    if bare.dropped and not _is_left(said, bare, described=described):
        return "the page shows a wall in the article's place"
    return None


def is_to_readers(text: str) -> bool:
    """Tell whether a text speaks to the readers of the page, but for what it quotes."""
    return _TO_READERS.search(_QUOTED.sub(" ", text)) is not None


def _is_gone(titles: Sequence[str], text: str, *, described: bool) -> bool:
    named = any(_is_mostly(_GONE, part) for name in titles for part in _parts(name))
    sorry = weight_of(text) < _VERY_SHORT and any(
        _is_told(_APOLOGY, line) for line in text.split("\n")[:_LAST]
    )
    return (named and sorry) if described else (named or sorry)


def _is_left(said: Said, bare: Bare, *, described: bool) -> bool:
    """Tell whether there is a story without its walls; a teaser is one, where a page says so."""
    lines = bare.text.split("\n")
    if described or said.first("og:type").lower() == "article":
        return any(prose_in(line) >= _SENTENCE and not is_to_readers(line) for line in lines)
    return sum(map(prose_in, lines)) >= _PROSE_LEFT


def _parts(title: str) -> Iterable[str]:
    """Yield the title, and its parts where a site's name may have been put to it."""
    yield title
    if not _COLON.search(title):
        yield from _PARTS.split(title)


def _is_refusal(part: str) -> bool:
    return _REFUSED.fullmatch(part) is not None


def _is_wall(line: str) -> bool:
    return _is_told(_BARRED, line) or _is_told(_PAID, line)


def _is_told(wording: re.Pattern[str], line: str) -> bool:
    """Tell whether a line says `wording` to its reader, or little else."""
    bare = _QUOTED.sub(" ", line)
    if wording.search(bare) is None:
        return False
    return any(
        _TO_READERS.search(sentence)
        or (weight_of(sentence) <= _PLAIN and weight_of(sentence[: found.start()]) <= _OPENING)
        or _is_mostly(wording, sentence)
        for sentence in _SENTENCES.split(bare)
        if (found := wording.search(sentence))
    )


def _is_mostly(wording: re.Pattern[str], text: str) -> bool:
    found = wording.search(text)
    return (
        found is not None
        and weight_of(text) <= _LINE
        and len(found[0].strip()) >= len(text) * _MOSTLY
    )

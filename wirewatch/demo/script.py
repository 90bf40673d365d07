"""What the demo's newsroom will do, and what ought to come of it: values, loaded from data files.

`newsroom.toml` names the outlets, watches and channels; `articles/` holds the texts. Every article
and every edit carries its own truth, labelled by hand: the watches that it satisfies. What
wirewatch is expected to tell follows from these labels alone, never from wirewatch's own matcher.
Times are in beats after the opening, which is when wirewatch has looked at every source once.
"""

import tomllib
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal, TypeAlias

Table: TypeAlias = dict[str, Any]


class PageFate(StrEnum):
    """What happens to whoever asks for an article's page."""

    SHOWN = "shown"
    MISSING = "missing"
    HANGS = "hangs"
    FORBIDDEN = "forbidden"


class Way(StrEnum):
    """How an article shows up once more, or leaves its feed."""

    GUID = "guid"
    TRACKING = "tracking"
    SECOND_FEED = "second feed"
    MOVED = "moved"
    CANONICAL = "canonical"
    REDIRECT = "redirect"
    WITHDRAW = "withdraw"
    RETURN = "return"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One outlet as declared: its feed's format, its pages' layout, its manners.

    The format `list` is a front page, no feed; with fresh `guids` items have new ids at each look.
    """

    id: str
    name: str
    language: str
    format: str
    layout: str
    path: str
    validators: str
    second_feed: str | None = None
    forbidden: str | None = None
    encoding: str = "utf-8"
    guids: Literal["own", "fresh"] = "own"
    family: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelPart:
    """One receiver: it takes what comes, fails at first, or takes its time."""

    name: str
    manner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchPart:
    """One watch; `alert` is `story` (once per story) or `article` (every matching one)."""

    id: str
    name: str
    query: str
    to: tuple[str, ...]
    alert: str = "story"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One article in one state; `satisfies` are the ids of the watches that hold for it.

    Pieces of one `story` carry one text, cut or not, or tell it in other words; those of a `series`
    differ in figures alone, each a story of its own. `old` is how long before the opening it says
    that it was published: such pieces are there when wirewatch comes, and must raise nothing.
    """

    id: str
    outlet: str
    title: str
    author: str
    summary: str
    paragraphs: tuple[str, ...]
    story: str
    satisfies: frozenset[str]
    fate: PageFate = PageFate.SHOWN
    old: timedelta | None = None
    series: str | None = None


@dataclass(frozen=True, slots=True)
class Publish:
    """The piece enters its outlet's feed, and its page appears."""

    at: float
    piece: Piece


@dataclass(frozen=True, slots=True)
class Edit:
    """The piece, published before, now reads as given here."""

    at: float
    piece: Piece


@dataclass(frozen=True, slots=True)
class Repeat:
    """The piece shows up once more in some `way`, which must tell nobody anything."""

    at: float
    piece: Piece
    way: Way


@dataclass(frozen=True, slots=True)
class Outage:
    """The outlet answers 503 to everything for so many beats."""

    at: float
    outlet: str
    beats: float


Happening: TypeAlias = Publish | Edit | Repeat | Outage


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The whole play: who, what was there before, and what happens in which order."""

    outlets: tuple[Outlet, ...]
    channels: tuple[ChannelPart, ...]
    watches: tuple[WatchPart, ...]
    before: tuple[Piece, ...]
    happenings: tuple[Happening, ...]

    def shortened(self, articles: int) -> "Script":
        """Return this script cut before its new article number `articles` + 1."""
        news = [each.at for each in self.happenings if isinstance(each, Publish)]
        if articles >= len(news):
            return self
        kept = tuple(each for each in self.happenings if each.at < news[articles])
        return replace(self, happenings=kept)


def load() -> Script:
    """Return the script that ships with wirewatch."""
    folder = files("wirewatch.demo")
    cast = _toml(folder / "newsroom.toml")
    outlets = tuple(Outlet(**table) for table in cast["outlet"])
    texts = folder / "articles"
    wires = {name: wire["text"] for name, wire in _toml(texts / "wires.toml")["wire"].items()}
    before: list[Piece] = []
    happenings: list[Happening] = [
        Outage(table["at"], table["outlet"], table["beats"]) for table in cast["outage"]
    ]
    for outlet in outlets:
        old, new = _chapter(outlet.id, _toml(texts / f"{outlet.id}.toml"), wires)
        before += old
        happenings += new
    return Script(
        outlets=outlets,
        channels=tuple(ChannelPart(**table) for table in cast["channel"]),
        watches=tuple(WatchPart(**{**table, "to": tuple(table["to"])}) for table in cast["watch"]),
        before=tuple(before),
        happenings=tuple(sorted(happenings, key=lambda each: each.at)),
    )


def _toml(file: Traversable) -> Table:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _chapter(
    outlet: str, chapter: Table, wires: dict[str, str]
) -> tuple[list[Piece], list[Happening]]:
    """Read one outlet's file: what was there before, and what happens."""
    before: list[Piece] = []
    happenings: list[Happening] = []
    pieces: dict[str, Piece] = {}
    for table in chapter["article"]:
        piece = pieces[table["id"]] = _piece(outlet, table, wires)
        if piece.old is None:
            happenings.append(Publish(table["at"], piece))
        else:
            before.append(piece)
    happenings += [
        Edit(table["at"], _edited(pieces[table["article"]], table))
        for table in chapter.get("edit", ())
    ]
    happenings += [
        Repeat(table["at"], pieces[table["article"]], Way(table["how"]))
        for table in chapter.get("repeat", ())
    ]
    return before, happenings


def _piece(outlet: str, table: Table, wires: dict[str, str]) -> Piece:
    wire: str | None = table.get("wire")
    paragraphs = _carried(table, wires[wire]) if wire else _paragraphs(table["text"])
    days = table.get("days_old")
    return Piece(
        id=table["id"],
        outlet=outlet,
        title=table["title"],
        author=table["author"],
        summary=table.get("summary", paragraphs[0]),
        paragraphs=paragraphs,
        story=str(table.get("story", wire or table["id"])),
        satisfies=frozenset(table["alerts"]),
        fate=PageFate(table.get("page", PageFate.SHOWN)),
        old=timedelta(days=days) if days else None,
        series=table.get("series"),
    )


def _carried(table: Table, wire: str) -> tuple[str, ...]:
    """Return an agency's text as an outlet carries it: cut, and with a line of its own."""
    kept = _paragraphs(wire)[: table.get("keep")]
    return (*_paragraphs(table.get("before", "")), *kept, *_paragraphs(table.get("after", "")))


def _edited(piece: Piece, table: Table) -> Piece:
    was, now = table.get("was", "\0"), table.get("now", "")
    paragraphs = [text.replace(was, now) for text in piece.paragraphs]
    return replace(
        piece,
        title=table["title"],
        summary=table.get("summary", piece.summary),
        paragraphs=(*paragraphs, *_paragraphs(table.get("add", ""))),
        satisfies=frozenset(table["alerts"]),
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("\n\n") if part.strip())

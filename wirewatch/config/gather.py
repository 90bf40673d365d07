"""All tables of all files of a configuration, each checked for its shape, with its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

from wirewatch.config.documents import Document
from wirewatch.config.fault import Fault, Origin, did_you_mean
from wirewatch.config.locate import KeyPath
from wirewatch.config.sections import SECTIONS, Top
from wirewatch.config.shaping import Placed, Where, shaped
from wirewatch.config.tables import (
    TABLES,
    AliasTable,
    ChannelTable,
    PublisherTable,
    SourceTable,
    WatchTable,
)

Shape = TypeVar("Shape")
_TOP_KEYS = ("timezone", "catch_up", "include")


@dataclass(frozen=True, slots=True)
class Mention:
    """What some table names or asks, to be held against what all files hold."""

    words: str
    where: Where
    keys: KeyPath


@dataclass(slots=True)
class Gathered:
    """What the files hold; `once` has what may stand once, `many` what may stand many times.

    `names` are those of every table of a noun, also of the ones whose shape is wrong, so that one
    fault does not bring forth others; `mentions` are the channels that any table names in `to`, and
    `queries` those of watches. `folders` says what paths in a file are relative to.
    """

    once: dict[str, Placed[Any]] = field(default_factory=dict)
    many: dict[str, list[Placed[Any]]] = field(
        default_factory=lambda: {noun: [] for noun in TABLES}
    )
    names: dict[str, dict[str, Origin]] = field(
        default_factory=lambda: {noun: {} for noun in TABLES}
    )
    mentions: list[Mention] = field(default_factory=list)
    queries: list[Mention] = field(default_factory=list)
    folders: dict[str, Path] = field(default_factory=dict)

    def section(self, kind: type[Shape]) -> Shape:
        """Return the section of this kind, or its defaults."""
        placed = self.once.get(kind.__name__.lower())
        return placed.value if placed else kind()

    @property
    def sources(self) -> Sequence[Placed[SourceTable]]:
        """Every `[[source]]`."""
        return self.many["source"]

    @property
    def channels(self) -> Sequence[Placed[ChannelTable]]:
        """Every `[[channel]]`."""
        return self.many["channel"]

    @property
    def aliases(self) -> Sequence[Placed[AliasTable]]:
        """Every `[[alias]]`."""
        return self.many["alias"]

    @property
    def publishers(self) -> Sequence[Placed[PublisherTable]]:
        """Every `[[publisher]]`."""
        return self.many["publisher"]

    @property
    def watches(self) -> Sequence[Placed[WatchTable]]:
        """Every `[[watch]]`."""
        return self.many["watch"]


def gather(documents: Sequence[Document], faults: list[Fault]) -> Gathered:
    """Check the shape of everything in `documents`; what is wrong goes to `faults`."""
    gathered = Gathered()
    tops: dict[str, Any] = {}
    for document in documents:
        gathered.folders[document.shown] = document.path.parent
        faults.extend(_misplaced(document))
        for key, value in document.raw.items():
            if key in SECTIONS and isinstance(value, dict):
                _take_once(gathered, document, key, faults)
            elif key in TABLES and isinstance(value, list):
                _take_many(gathered, document, key, faults)
        _take_top(gathered, tops, document, faults)
    return gathered


def _misplaced(document: Document) -> Iterator[Fault]:
    """Tell of keys above the first table that nobody knows, and of wrong brackets."""
    known = [*_TOP_KEYS, *(f"[{key}]" for key in SECTIONS), *(f"[[{key}]]" for key in TABLES)]
    for key, value in document.raw.items():
        origin = document.origin(key)
        if key in SECTIONS and not isinstance(value, dict):
            yield Fault(origin, "", f'"{key}" is a section: write it as [{key}]')
        elif key in TABLES and not isinstance(value, list):
            yield Fault(origin, "", f"there may be many: write it as [[{key}]]")
        elif key not in {*_TOP_KEYS, *SECTIONS, *TABLES}:
            name = _written(key, value)
            yield Fault(origin, "", f"unknown {name}{did_you_mean(name, known)}")


def _written(key: str, value: object) -> str:
    if isinstance(value, dict):
        return f"[{key}]"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return f"[[{key}]]"
    return f'"{key}"'


def _take_once(gathered: Gathered, document: Document, key: str, faults: list[Fault]) -> None:
    where = Where(file=document.shown, lines=document.lines, path=(key,), table=f"[{key}]")
    if key in gathered.once:
        first = gathered.once[key].where.origin()
        faults.append(where.fault(f"stands already at {first}; one of them must go"))
        return
    gathered.mentions.extend(_mentions(document.raw[key], where))
    if placed := shaped(cast("type[object]", SECTIONS[key]), document.raw[key], where, faults):
        gathered.once[key] = placed


def _take_many(gathered: Gathered, document: Document, key: str, faults: list[Fault]) -> None:
    for position, raw in enumerate(document.raw[key]):
        where = Where(
            file=document.shown,
            lines=document.lines,
            path=(key, position),
            table=_label(key, position, raw),
        )
        if not isinstance(raw, dict):
            faults.append(where.fault(f"must be a table: write it as [[{key}]]"))
            continue
        name = raw.get("domain" if key == "publisher" else "name")
        if isinstance(name, str):
            faults.extend(_known_already(gathered.names[key], name, where))
            gathered.names[key].setdefault(name, where.origin())
        gathered.mentions.extend(_mentions(raw, where))
        gathered.queries.extend(_queries(key, raw, where))
        if placed := shaped(cast("type[object]", TABLES[key]), raw, where, faults):
            gathered.many[key].append(placed)


def _mentions(raw: Mapping[str, Any], where: Where) -> Iterator[Mention]:
    to = raw.get("to")
    if isinstance(to, str):
        yield Mention(to, where, ("to",))
    elif isinstance(to, list):
        for position, name in enumerate(to):
            if isinstance(name, str):
                yield Mention(name, where, ("to", position))


def _queries(key: str, raw: Mapping[str, Any], where: Where) -> Iterator[Mention]:
    query = raw.get("query")
    if key == "watch" and isinstance(query, str) and query.strip():
        yield Mention(query, where, ("query",))


def _known_already(names: Mapping[str, Origin], name: str, where: Where) -> Iterator[Fault]:
    if name in names:
        key = "domain" if where.path[0] == "publisher" else "name"
        yield where.fault(f"the name is taken already at {names[name]}", key)


def _label(key: str, position: int, raw: object) -> str:
    given = raw.get("name", raw.get("domain")) if isinstance(raw, dict) else None
    name = f'"{given}"' if isinstance(given, str) and given.isprintable() else str(position + 1)
    return f"[[{key}]] {name}"


def _take_top(
    gathered: Gathered, tops: dict[str, Any], document: Document, faults: list[Fault]
) -> None:
    """Merge the keys above the first table over the files; each may be said once."""
    where = Where(file=document.shown, lines=document.lines)
    mine = {key: document.raw[key] for key in _TOP_KEYS if key in document.raw}
    again = sorted(mine.keys() & tops.keys() - {"include"})
    faults.extend(where.fault(f'"{key}" is said already in another file', key) for key in again)
    placed = shaped(Top, mine, where, faults)
    if placed is not None:
        tops.update(mine)
        gathered.once["top"] = Placed(Top(**{**tops, "include": ()}), where)

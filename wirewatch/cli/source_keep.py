"""New sources into the archive: each address once, each under a name of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from archive import sources
from archive.database import Transaction
from news.source import SourceSettings
from news.source_address import likely_same
from wirewatch.cli.source_words import free_name


@dataclass(frozen=True, slots=True)
class Added:
    """A source that is new; it may have been given another name than was wished for."""

    id: int
    settings: SourceSettings


@dataclass(frozen=True, slots=True)
class Known:
    """An address that the source `name` reads already."""

    name: str
    settings: SourceSettings


Kept: TypeAlias = Added | Known


class Shelf:
    """The names and addresses that are taken, as far as a transaction sees them."""

    def __init__(self, conn: Transaction) -> None:
        known = sources.listing(conn)
        self.names = {one.settings.name for one in known}
        self._by_address = {likely_same(one.settings.url): one.settings.name for one in known}
        for one in known:  # where a source moved for good, it is read as well
            if one.moved is not None and one.moved.believed:
                self._by_address.setdefault(likely_same(one.moved.to), one.settings.name)

    def reader_of(self, url: str) -> str | None:
        """Return the name of the source that reads `url`, if one does; however it is spelt."""
        return self._by_address.get(likely_same(url))

    def take(self, settings: SourceSettings) -> SourceSettings:
        """Take the address, and a name that is free; return the settings with that name."""
        named = replace(settings, name=free_name(settings.name, settings.url, self.names))
        self.names.add(named.name)
        self._by_address[likely_same(named.url)] = named.name
        return named


def keep(conn: Transaction, wanted: Iterable[SourceSettings], *, now: datetime) -> Iterator[Kept]:
    """Add each of `wanted` that is not there yet, due at once; tell what became of it."""
    shelf = Shelf(conn)
    for settings in wanted:
        name = shelf.reader_of(settings.url)
        if name is not None:
            yield Known(name, settings)
        else:
            taken = shelf.take(settings)
            yield Added(sources.add(conn, taken, now=now), taken)

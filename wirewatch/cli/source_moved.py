"""What people are told of sources that their servers send elsewhere for good."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from archive.sources import KeptSource
from news.url import canonical_url
from wirewatch.cli.screen import Screen
from wirewatch.cli.source_words import shown


def moved_words(
    screen: Screen, wanted: Iterable[KeptSource], known: Sequence[KeptSource]
) -> Iterator[str]:
    """Yield a line for each of `wanted` that moved for good, with what is to be done."""
    for one in wanted:
        if one.moved is None or not one.moved.believed:
            continue
        place = shown(one.moved.to)
        name = one.settings.name
        line = f'"{name}" moved to {place} for good (since {screen.at(one.moved.since)}),'
        other = _read_there(one, known)
        if other is not None:
            yield f'{line} which "{other}" reads already: one of the two can go.'
        elif one.owned_by_file is not None:
            file = Path(one.owned_by_file).name
            yield f'{line} and is asked there. In {file}, write: url = "{place}"'
        else:
            yield f"{line} and is asked there; nothing has to be done."


def moved_json(one: KeptSource) -> dict[str, object]:
    """Return the same for machines."""
    moved = one.moved if one.moved is not None and one.moved.believed else None
    return {
        "moved_to": None if moved is None else shown(moved.to),
        "moved_since": None if moved is None else moved.since,
    }


def _read_there(one: KeptSource, known: Sequence[KeptSource]) -> str | None:
    """Return the name of another source that is asked where `one` moved to."""
    if one.moved is None:
        return None
    place = canonical_url(one.moved.to)
    names = (other.settings.name for other in known if other.id != one.id and _at(other) == place)
    return next(names, None)


def _at(one: KeptSource) -> str:
    moved = one.moved is not None and one.moved.believed
    return canonical_url(one.moved.to if one.moved and moved else one.settings.url)

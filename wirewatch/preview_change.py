"""What a changed query wins and loses, on the archive's past."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive import past
from archive.database import Transaction
from wirewatch.preview import Asked, Preview, Sample, foresee, samples

_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The articles that only the new query finds, and those that only the old one found."""

    won: int
    lost: int
    won_samples: tuple[Sample, ...]
    lost_samples: tuple[Sample, ...]


def change(conn: Transaction, old: tuple[Asked, Preview], new: tuple[Asked, Preview]) -> Change:
    """Compare two previews of the same period."""
    (asked_before, before), (asked_after, after) = old, new
    had, has = set(before.found), set(after.found)
    won = [article for article in after.found if article not in had]
    lost = [article for article in before.found if article not in has]
    return Change(
        won=len(won),
        lost=len(lost),
        won_samples=_newest(conn, asked_after, won),
        lost_samples=_newest(conn, asked_before, lost),
    )


def _newest(conn: Transaction, asked: Asked, found: Sequence[int]) -> tuple[Sample, ...]:
    newest = past.of(conn, found[: 2 * _SHOWN])  # some may have no text any more
    return samples(conn, asked.query, reversed(list(foresee(asked, newest))), most=_SHOWN)

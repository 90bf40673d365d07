"""A notice: what wirewatch tells about itself, above all of a source that is in trouble.

To add a kind: give it a line here, and whoever sees it happen makes a `Notice` of it. It is kept,
told to `[notices] to`, listed and pruned as all others are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

Figure: TypeAlias = str | int | None


class NoticeKind(StrEnum):
    """What a notice tells, by the `type` of the webhook body; none is ever renamed."""

    FAILING = "source.failing"
    OVERDUE = "source.overdue"
    GAP = "source.gap"
    RECOVERED = "source.recovered"


OPENING = frozenset({NoticeKind.FAILING, NoticeKind.OVERDUE})
"""Kinds that begin a trouble, which lasts until it is told that it is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """The source that a notice is about; `url` bears no password."""

    id: int
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that a person can do about it, and the command that does it."""

    words: str
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice as it was decided at `at`; what it tells holds since `since` (both UTC).

    `what` says in a sentence what happened, `next` what wirewatch does about it, `hints` what a
    person can do. `opened` is the number of the notice that began the trouble which this one is
    about; None where it is this one. `figures` are the same facts for machines.
    """

    kind: NoticeKind
    at: datetime
    since: datetime
    what: str
    next: str
    source: Party
    hints: tuple[Hint, ...] = ()
    opened: int | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)

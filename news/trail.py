"""The trail: what wirewatch decided about an article, step by step, each with its reason."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Step(StrEnum):
    """The steps of a story's way, in order."""

    NOTED = "noted"
    READ = "read"
    RECOGNISED = "recognised"
    MATCHED = "matched"
    DECIDED = "decided"
    OWED = "owed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a step went as it did: a stable code for machines, and words for people.

    `watch` is set where the step concerns one watch.
    """

    step: Step
    code: str
    words: str
    watch: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailLine:
    """One line of the trail as the archive keeps it; `at` is UTC."""

    at: datetime
    reason: Reason
    entry: int | None = None
    article: int | None = None

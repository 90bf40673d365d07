"""A match: a watch and an article that satisfies it, with the spans that say why."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

FieldName: TypeAlias = Literal["title", "body"]


@dataclass(frozen=True, slots=True)
class Span:
    """Where a term stands: offsets in code points of the stored text of that field."""

    field: FieldName
    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """`watch`, in its `version`, holds for the article at hand, because of `spans`."""

    watch: int
    version: int
    spans: tuple[Span, ...]

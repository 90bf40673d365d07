"""What two texts say in the same place: figures and names between equal words.

Reports of one kind share their formulas, and what stands in the gaps tells the events apart.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from news.figure_words import figure_of


@dataclass(frozen=True, slots=True)
class Words:
    """A text as it is compared: words, or characters where its script has no blanks.

    So many units as `span` make a shingle; `names` are those that have capitals.
    """

    units: Sequence[str]
    span: int
    names: frozenset[str] = frozenset()


def figures_met(new: Words, old: Words) -> tuple[int, list[set[str]]]:
    """Count the figures in equal surroundings that agree, and return what others are."""
    met = _met(new, old, _figured)
    other = [ours for ours, theirs in met if ours.isdisjoint(theirs)]
    return len(met) - len(other), other


def names_met(new: Words, old: Words) -> tuple[int, int]:
    """Count the names in equal surroundings that agree, and those that the other text lacks."""
    if not (new.names and old.names):
        return 0, 0
    here, there = {*new.units}, {*old.units}
    agreed = misnamed = 0
    for ours, theirs in _met(new, old, _named):
        if not ours.isdisjoint(theirs):
            agreed += 1
        elif _lacks(there, ours) and _lacks(here, theirs):
            misnamed += 1
    return agreed, misnamed


_Place: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]


def _lacks(units: set[str], runs: set[str]) -> bool:
    return not any(units.issuperset(run.split()) for run in runs)


def _figured(words: Words) -> list[str | None]:
    return [figure_of(unit) for unit in words.units]


def _named(words: Words) -> list[str | None]:
    return [unit if unit in words.names else None for unit in words.units]


def _met(
    new: Words, old: Words, told: Callable[[Words], list[str | None]]
) -> list[tuple[set[str], set[str]]]:
    """Return what is told in the same surroundings by each of two texts."""
    ours, theirs = _slots(new, told(new)), _slots(old, told(old))
    return [(ours[place], theirs[place]) for place in ours if place in theirs]


def _slots(words: Words, told: Sequence[str | None]) -> dict[_Place, set[str]]:
    """Return the runs of what is told by the words before and after each."""
    reach = words.span // 2  # one word, or two characters
    runs: list[tuple[int, int]] = []
    for at in (at for at, unit in enumerate(told) if unit is not None):
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    found: dict[_Place, set[str]] = {}
    units = words.units
    for first, end in runs:
        place = (tuple(units[max(first - reach, 0) : first]), tuple(units[end : end + reach]))
        found.setdefault(place, set()).add(" ".join(one for one in told[first:end] if one))
    return found

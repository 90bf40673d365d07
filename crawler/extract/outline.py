"""Where most of something lies in a tree of holders: elements of a page, or lists and objects.

Holders are numbered in the order in which they open, so all that is within one is a row of numbers
without a gap, and every question takes one pass.
"""

_MOST = 0.75


class Outline:
    """A tree of holders and how much each of them weighs by itself."""

    def __init__(self) -> None:
        self._parents = [0]
        self._weights = [0]

    def __len__(self) -> int:
        return len(self._parents)

    def open(self, parent: int) -> int:
        """Add a holder within `parent`; the first one, 0, is there from the beginning."""
        self._parents.append(parent)
        self._weights.append(0)
        return len(self._parents) - 1

    def add(self, holder: int, weight: int) -> None:
        """Put `weight` into a holder."""
        self._weights[holder] += weight

    def totals(self) -> list[int]:
        """Return what every holder weighs with all that is within it."""
        totals = list(self._weights)
        for holder in range(len(totals) - 1, 0, -1):
            totals[self._parents[holder]] += totals[holder]
        return totals

    def span(self, holder: int) -> range:
        """Return the numbers of `holder` and of all within it."""
        return range(holder, self._ends()[holder])

    def smallest_with_most(self, start: int = 0) -> int:
        """Return the innermost holder that still has most of what `start` weighs."""
        totals, ends = self.totals(), self._ends()
        least = totals[start] * _MOST
        found = start
        for holder in range(start + 1, ends[start]):
            if totals[holder] >= least and self._parents[holder] == found:
                found = holder
        return found if totals[start] else start

    def _ends(self) -> list[int]:
        ends = [holder + 1 for holder in range(len(self._parents))]
        for holder in range(len(ends) - 1, 0, -1):
            parent = self._parents[holder]
            ends[parent] = max(ends[parent], ends[holder])
        return ends

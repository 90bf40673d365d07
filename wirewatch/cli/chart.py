"""A small chart of counts over time, drawn with the blocks that every terminal has."""

from collections.abc import Sequence

HEIGHT = 4
"""Lines of a chart."""
WIDEST = 60
"""Columns that stand for counts; where there are more counts, each column adds up several."""

_EIGHTHS = " ▁▂▃▄▅▆▇█"


def chart(counts: Sequence[int], *, first: str, last: str) -> list[str]:
    """Draw `counts`, oldest first, with the greatest at the left and the ends' names below."""
    columns = _columns(counts)
    greatest = max(columns, default=0)
    label = f"{greatest:,}"
    width = _width(len(columns))
    lines = []
    for level in reversed(range(HEIGHT)):
        bars = "".join(_block(count, greatest, level) * width for count in columns)
        lines.append(f"{label if level == HEIGHT - 1 else '':>{len(label)}} │{bars}".rstrip())
    under = f"{' ' * len(label)} └{'─' * (len(columns) * width)}"
    room = len(columns) * width - len(first) - len(last)
    names = f"{first}{' ' * room}{last}" if room > 0 else f"{first} – {last}"
    return [*lines, under, f"{' ' * len(label)}  {names}"]


def _columns(counts: Sequence[int]) -> list[int]:
    """Add up as many counts in each column as the width asks for; the newest column is full."""
    each = -(-len(counts) // WIDEST)
    ends = range(len(counts), 0, -each) if counts else ()
    return [sum(counts[max(0, end - each) : end]) for end in reversed(ends)]


def _width(columns: int) -> int:
    """Return how wide a bar is drawn, so that a few days are not a sliver."""
    return max(1, min(4, WIDEST // max(columns, 1)))


def _block(count: int, greatest: int, level: int) -> str:
    """Return what of a bar stands at a height; anything above nothing is seen."""
    if not count:
        return " "
    eighths = max(1, round(count * HEIGHT * 8 / greatest))
    return _EIGHTHS[min(8, max(0, eighths - level * 8))]

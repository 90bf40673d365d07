"""Tables: drawn by rich on a terminal, lines with tabs elsewhere."""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wirewatch.cli.screen import Screen
from wirewatch.inert import inert

_UNFOLDED = 2
_GAP = "  "
_LEAST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One thing of a list whose things are too long for a line: its cells, and what stands below.

    `below` is cut where the terminal ends, `full` is not.
    """

    cells: tuple[str, ...]
    below: str = ""
    full: str = ""


def show_blocks(screen: Screen, columns: Sequence[str], blocks: Sequence[Block]) -> None:
    """Draw things of several lines on a terminal of any width; the second cell is cut to fit."""
    from rich.cells import cell_len, set_cell_size  # noqa: PLC0415 - see `show`

    def cut(text: str, most: int) -> str:
        return text if cell_len(text) <= most else f"{set_cell_size(text, most - 1)}…"

    if not blocks:
        return
    width = shutil.get_terminal_size().columns
    rows = [tuple(columns), *(tuple(map(inert, one.cells)) for one in blocks)]
    widths = [max(map(cell_len, cells)) for cells in zip(*rows, strict=True)]
    others = sum(widths) - widths[1] + len(_GAP) * (len(widths) - 1)
    widths[1] = max(min(widths[1], width - others), _LEAST)
    indent = " " * (widths[0] + len(_GAP))
    for row, block in zip(rows, (None, *blocks), strict=True):
        sized = [
            set_cell_size(cut(text, most), most) for text, most in zip(row, widths, strict=True)
        ]
        screen.say(_GAP.join(sized).rstrip(), dim=block is None)
        if block is not None and block.below:
            screen.say(
                f"{indent}{cut(inert(block.below), max(width - len(indent), _LEAST))}", dim=True
            )
        if block is not None and block.full:
            screen.say(f"{indent}{inert(block.full)}")


def show(screen: Screen, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print `rows`, if there are any; all but the first columns fold when the terminal is narrow.

    Cells are texts, never markup: what strangers wrote stands in them.
    """
    rows = list(rows)
    if not screen.terminal:
        for row in rows:
            screen.row(row)
        return
    if not rows:
        return
    # A tenth of a second to import, and of no use in a pipe.
    from rich.console import Console  # noqa: PLC0415 - see above
    from rich.table import Table  # noqa: PLC0415 - see above
    from rich.text import Text  # noqa: PLC0415 - see above

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for position, column in enumerate(columns):
        table.add_column(column, no_wrap=position < _UNFOLDED, overflow="fold")
    for row in rows:
        table.add_row(*(Text(inert(cell)) for cell in row))
    Console(no_color=not screen.colored, highlight=False).print(table)

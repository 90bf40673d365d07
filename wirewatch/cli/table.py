"""Tables: drawn by rich on a terminal, lines with tabs elsewhere."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from wirewatch.cli.screen import Screen
from wirewatch.inert import inert

_UNFOLDED = 2


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
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for position, column in enumerate(columns):
        table.add_column(column, no_wrap=position < _UNFOLDED, overflow="fold")
    for row in rows:
        table.add_row(*(Text(inert(cell)) for cell in row))
    Console(no_color=not screen.colored, highlight=False).print(table)

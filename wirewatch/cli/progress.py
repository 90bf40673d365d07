"""How long work shows how far it is: a bar on a terminal, plain lines elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from news.clock import Clock, utc_now
from wirewatch.cli.screen import Screen
from wirewatch.inert import inert

_EVERY_SECONDS = 5.0


@dataclass(slots=True)
class Steps:
    """Takes how far the work is; `at` may be called as often as one likes, from one thread."""

    words: str
    total: int | None
    screen: Screen
    bar: Progress | None = None
    clock: Clock = utc_now
    said: float = 0.0
    _task: TaskID | None = None

    def at(self, done: int, total: int | None = None) -> None:
        """Say that `done` of the whole is done; `total` where it is known only now."""
        self.total = total if total is not None else self.total
        if self.bar is not None:
            if self._task is None:
                self._task = self.bar.add_task(inert(self.words), total=self.total)
            self.bar.update(self._task, completed=done, total=self.total)
            return
        now = self.clock().timestamp()
        if now - self.said >= _EVERY_SECONDS:
            self.said = now
            of = "" if self.total is None else f" of {self.total:,}"
            self.screen.remark(f"{self.words}: {done:,}{of}")


@contextmanager
def progress(screen: Screen, words: str, total: int | None = None) -> Iterator[Steps]:
    """Show the progress of the block; it goes to standard error, and `-q` leaves it out."""
    if not screen.terminal or screen.manner.quiet or screen.manner.json:
        began = screen.clock().timestamp()  # so that short work says nothing
        yield Steps(words, total, screen, clock=screen.clock, said=began)
        return
    console = Console(stderr=True, no_color=screen.manner.no_color)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        yield Steps(words, total, screen, bar=bar)

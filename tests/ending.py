"""How tests say that work is cheap without asserting how long it took.

Times differ with all else that runs on a machine. What is counted does not: `calls_of` counts the
functions that work calls. Where only its growth matters, `must_end` bounds it so widely that no
noise reaches the bound: what grows as it should takes a fiftieth of it, all else would take many
times as long. Both are for the main thread.
"""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

CPU_SECONDS = 60.0


@contextmanager
def must_end(seconds: float = CPU_SECONDS) -> Iterator[None]:
    """Fail what takes more than `seconds` of this process's CPU, wherever it is by then."""

    def give_up(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"it did not end within {seconds:g} seconds of CPU: it grows too fast")

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def calls_of(work: Callable[[], object]) -> int:
    """Count the calls that `work` makes, those of functions written in C among them."""
    calls = 0

    def count(_frame: FrameType, event: str, _about: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls

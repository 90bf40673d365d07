"""A worker process: reads a function's name and a document, answers with what it makes of it.

It is started by `crawler.workers` and serves one document after the other until its stdin ends.
Documents come from strangers, so it lives under limits that only it can set: memory for the whole
process, CPU for each document. Over the CPU limit it is killed by the kernel, in whatever
library it hangs.
"""

import gc
import importlib
import logging
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from crawler.frames import pack, read_frame_blocking
from crawler.leash import hold_to_parent, take_stdout

DONE = b"d"
FAILED = b"f"
SPENT = b"s"
"""The first byte of an answer; `SPENT` is a failure after which the process should be replaced."""


def main(arguments: list[str]) -> None:
    """Serve until stdin ends.

    `arguments` are the bytes of memory, the seconds of CPU, and the bytes that may come on top of
    what it takes when its function is loaded (0: as many as the first allows).
    """
    memory, cpu, more = int(arguments[0]), float(arguments[1]), int(arguments[2])
    hold_to_parent()
    answers = take_stdout()
    logging.getLogger().addHandler(logging.NullHandler())  # else warnings quote documents on stderr
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    while (name := read_frame_blocking(sys.stdin.buffer)) is not None:
        document = read_frame_blocking(sys.stdin.buffer)
        if document is None:
            return
        if more:
            _bound_to_more(name.decode(), more)
            more = 0
        _write_all(answers, pack(answer_to(name.decode(), document, cpu=cpu)))
        gc.collect(0)


def _bound_to_more(name: str, more: int) -> None:
    """Allow this process `more` bytes than it takes when the function is there."""
    with suppress(ImportError, AttributeError):  # who asks for it is answered so
        _function(name)
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    memory = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def answer_to(name: str, document: bytes, *, cpu: float) -> bytes:
    """Return what the function makes of the document, or why it failed, as one frame's body."""
    try:
        function = _function(name)
        signal.setitimer(signal.ITIMER_PROF, cpu)  # its signal, SIGPROF, ends the process
        return DONE + function(document)
    except MemoryError:
        return SPENT + b"ran out of memory"
    except Exception as error:  # noqa: BLE001 - this is the loop: one document must not end the worker
        # The type alone: its text may quote the document.
        return FAILED + f"failed with {type(error).__name__}".encode()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _function(name: str) -> Callable[[bytes], bytes]:
    module, _, attribute = name.partition(":")
    function: Callable[[bytes], bytes] = getattr(importlib.import_module(module), attribute)
    return function


def _write_all(pipe: BinaryIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[pipe.write(view) :]


if __name__ == "__main__":
    main(sys.argv[1:])

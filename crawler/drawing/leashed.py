"""Starts a program that cannot outlive its parent: `python -IS leashed.py MEMORY PROGRAM …`.

Chromium is started by Playwright's driver in a session of its own, out of reach of whoever ends
ours. What is set here stays with the program that takes this process's place: it dies with its
parent, its children with it, and none of them takes more than MEMORY bytes of data (0: no bound).

It stands alone: nothing of ours is imported.
"""

import ctypes
import os
import resource
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(memory: int, command: list[str]) -> None:
    """Become `command`."""
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the call above
        sys.exit("the parent process is gone")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory:
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    os.execv(command[0], command)  # noqa: S606 - to become it is the point


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])

"""What a child process does first, so that it neither outlives nor disturbs its parent."""

import ctypes
import os
import signal
import sys
from typing import BinaryIO

PARENT = "WIREWATCH_PARENT"
"""The environment variable in which the parent tells its process id."""

_PR_SET_PDEATHSIG = 1
_STDOUT = 1


def hold_to_parent() -> None:
    """Die with the parent, ignore Ctrl-C (the parent answers it), write no core files."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    # A parent that died before the call above sends no signal any more.
    if os.getppid() != int(os.environ.get(PARENT, os.getppid())):
        sys.exit("the parent process is gone")


def take_stdout() -> BinaryIO:
    """Return our end of the pipe, and point stdout elsewhere: a stray print must not break a frame.

    What libraries print may be a stranger's text, so it goes nowhere rather than to a terminal.
    """
    pipe = os.dup(_STDOUT)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STDOUT)
    os.close(nowhere)
    return os.fdopen(pipe, "wb", buffering=0)

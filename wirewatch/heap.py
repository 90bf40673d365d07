"""What large documents took of our memory goes back to the system as soon as they are read.

glibc maps large blocks apart, and gives them back when they are freed; but with every one that is
freed it raises what it calls large, up to 32 MiB, and from then on keeps them in a heap that only
grows (mallopt(3), M_MMAP_THRESHOLD). Setting the bound once keeps it where it is.
"""

import ctypes
from contextlib import suppress

_M_MMAP_THRESHOLD = -3
_LARGE = 256 * 1024


def give_large_blocks_back() -> None:
    """Fix the size from which blocks are mapped apart; does nothing where there is no glibc."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)

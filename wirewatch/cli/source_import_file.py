"""The file that `wirewatch source import` reads: its bytes, and the list that stands in it."""

import sys
from pathlib import Path

from crawler import opml
from crawler.opml import Listing
from crawler.workers import WorkerFailed, WorkerPool
from news.errors import UsageError, WirewatchError

_MOST_BYTES = 32 * 1024 * 1024
_STDIO = "-"


def bytes_of(file: str) -> bytes:
    """Return what stands in a file, "-" being standard input; UsageError if that cannot be."""
    try:
        if file == _STDIO:
            body = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with Path(file).open("rb") as stream:
                body = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from error
    if len(body) > _MOST_BYTES:
        raise UsageError(f"{file} is larger than {_MOST_BYTES // 1024**2} MiB; cut it into pieces.")
    return body


async def listing_in(body: bytes) -> Listing:
    """Let a worker read the document: a stranger may have written it."""
    pool = WorkerPool(size=1)
    try:
        data = await pool.call(opml.FUNCTION, body)
    finally:
        await pool.close()
    if isinstance(data, WorkerFailed):
        raise WirewatchError(f"The file cannot be read: {data.reason}.")
    return opml.answer(data)

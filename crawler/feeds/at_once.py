"""What is read of a document where it is asked for, among all else that goes on.

Only what is sure to take a few milliseconds is; and where a document finds a bug of ours, a worker
reads it, who can do no harm.
"""

import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Found = TypeVar("Found")

log = logging.getLogger(__name__)


def at_once(
    read: Callable[Asked, Found], *asked: Asked.args, **named: Asked.kwargs
) -> Found | None:
    """Return what `read` finds, None if it fails."""
    try:
        return read(*asked, **named)
    except Exception:  # the owner of reading at once: a document's fault must not hide its source
        log.exception("a document was left to a worker, for reading it at once failed")
        return None

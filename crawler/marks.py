"""The marks of a page on their way through the pipe, as plain values that JSON knows."""

from typing import Any

from news.page import PageMarks


def marks_plain(marks: PageMarks | None) -> dict[str, Any] | None:
    """Return `marks` as plain values."""
    if marks is None:
        return None
    return {"etag": marks.etag, "modified": marks.modified, "hash": marks.body_hash.hex()}


def marks_read(plain: dict[str, Any] | None) -> PageMarks | None:
    """Return what `marks_plain` was given."""
    if plain is None:
        return None
    return PageMarks(
        etag=plain["etag"], modified=plain["modified"], body_hash=bytes.fromhex(plain["hash"])
    )

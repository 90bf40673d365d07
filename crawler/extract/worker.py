"""The extraction as a worker runs it: bytes to bytes."""

from crawler.extract.page import extract
from crawler.extract.wire import extraction_read, outcome_packed


def extracted(asked: bytes) -> bytes:
    """Extract the page that `asked` holds."""
    page = extraction_read(asked)
    return outcome_packed(extract(page.html, page.url, page.headers))

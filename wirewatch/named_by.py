"""What a publisher that nobody knows yet is called."""

from news.article import Reading
from news.entry import DueEntry
from news.publisher import publisher_of


def named_by(due: DueEntry, reading: Reading) -> str | None:
    """Return the name that the page gives, else the one that its user gave the source.

    The latter holds only for an article at the very publisher whose source it is: what a source
    leads to elsewhere is not called after it.
    """
    if reading.publisher is not None:
        return reading.publisher
    own = publisher_of(due.source_url) == publisher_of(reading.url)
    return due.source_name if own else None

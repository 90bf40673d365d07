"""The kinds of sources that can be read, one line each."""

from collections.abc import Callable, Mapping

from crawler.feeds.fetch import FeedReader
from crawler.found_out import FoundOutReader
from crawler.lists.reader import ListReader
from crawler.reader import Reader, ReaderParts

READERS: Mapping[str, Callable[[ReaderParts], Reader]] = {
    "feed": FeedReader,
    "list": ListReader,
    "auto": FoundOutReader,
}

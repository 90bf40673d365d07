"""How each element of one document is read: by whom, or not at all."""

from collections.abc import Iterable

from feedparser.mixin import _FeedParserMixin
from feedparser.util import FeedParserDict

from crawler.feeds.quick_item import Item, Reader, unknown
from crawler.feeds.quick_names import Names
from crawler.feeds.quick_values import PLAIN, Element, Unsure, content_of, said_by

_UPDATED = ("updated", "modified", "lastbuilddate", "dc_date", "dcterms_modified")
_AUTHOR = ("author", "managingeditor", "dc_creator", "dc_author", "itunes_author")
_READERS: dict[str, Reader] = {
    **dict.fromkeys(("title", "dc_title"), Item.title),
    "media_title": Item.media_title,
    **dict.fromkeys(("description", "dc_description", "media_description"), Item.description),
    **dict.fromkeys(("summary", "itunes_summary"), Item.summary),
    "content": Item.content,
    "content_encoded": Item.encoded,
    "link": Item.link,
    **dict.fromkeys(("guid", "id"), Item.guid),
    **dict.fromkeys(("published", "issued", "pubdate", "dcterms_issued"), Item.published),
    **dict.fromkeys(_UPDATED, Item.updated),
    **dict.fromkeys(_AUTHOR, Item.author),
    "feedburner_origlink": Item.origin,
    "image": Item.image,
}

# feedparser does something with these, but nothing that an entry of ours is made of.
_OF_NO_USE_NAMES = """
    category dc_subject media_category itunes_category keywords media_keywords itunes_keywords
    enclosure comments media_content media_thumbnail media_credit media_rating
    media_restriction media_license media_player contributor dc_contributor dc_publisher
    dc_rights rights copyright generator subtitle tagline itunes_subtitle webmaster cloud
    created dcterms_created dcterms_valid expirationdate language dc_language cc_license
    creativecommons_license itunes_image itunes_block itunes_explicit itunes_owner itunes_name
    itunes_email itunes_link name email url uri homepage width height media_group source
"""
_OF_NO_USE = frozenset(_OF_NO_USE_NAMES.split())
_BELOW = frozenset(("xml:base", "base", "xml:lang", "lang"))
"""Attributes that change what stands inside."""

_TAKEN = {
    "title_detail", "summary_detail", "links", "authors", "guidislink", "feedburner_origlink",
    "published_parsed", "updated_parsed", "author_detail", "property_depth_map",
}  # fmt: skip
"""Names under which other things are kept: an element of that name would replace them."""


def _flat(values: Iterable[object]) -> set[str]:
    found: set[str] = set()
    for value in values:
        found |= set(value) if isinstance(value, list) else {str(value)}
    return found


_KEYS = _TAKEN | _flat(FeedParserDict.keymap) | _flat(FeedParserDict.keymap.values())


class Readers(dict[str, Reader | None]):
    """Tells how an element is read by its tag, asked once for each tag of a document."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def __missing__(self, tag: str) -> Reader | None:
        name = self.names.of(tag)
        reader = _READERS.get(name)
        if reader is None and not is_of_no_use(name):
            reader = unknown
        self[tag] = reader
        return reader


def is_of_no_use(name: str) -> bool:
    """Tell whether feedparser makes nothing of an element that changes what is told."""
    if name in _OF_NO_USE:
        return True
    has_reader = hasattr(_FeedParserMixin, f"_start_{name}") or hasattr(
        _FeedParserMixin, f"_end_{name}"
    )
    return not has_reader and name not in _KEYS


def read_item(item: Item, element: Element, readers: Readers, depth: int) -> None:
    """Let `item` read the children of `element`, which stand at `depth`."""
    for child in element:
        reader = readers[child.tag]
        if reader is not None:
            reader(item, child, depth)
        elif len(child):
            _read_holder(item, child, readers, depth)
        elif child.tag in ("source", "{http://www.w3.org/2005/Atom}source"):
            item.title_depth = -1


def _read_holder(item: Item, element: Element, readers: Readers, depth: int) -> None:
    name = readers.names.of(element.tag)
    if name in ("media_group", "media_content"):
        if not _BELOW.isdisjoint(said_by(element)):
            raise Unsure
        read_item(item, element, readers, depth + 1)
    elif name == "source":
        item.title_depth = _title_depth(element, readers.names, depth + 1)
    else:
        pass_over(element, readers)


_OF_A_SOURCE_NAMES = "title link id updated author subtitle rights generator icon logo category"
_OF_A_SOURCE = frozenset(_OF_A_SOURCE_NAMES.split())


def _title_depth(source: Element, names: Names, depth: int) -> int:
    """Return how deep the last title stands in the feed that an entry was taken from."""
    found = -1
    for child in source:
        name = names.of(child.tag)
        if name not in _OF_A_SOURCE:
            raise Unsure
        if name == "title" and content_of(child, said_by(child), PLAIN, is_atom=True)[0]:
            found = depth
        if len(child) and name != "author":
            raise Unsure
    return found


def pass_over(element: Element, readers: Readers) -> None:
    """Hold that nothing below an element of no use is of use."""
    for below in element.iterdescendants():
        if readers[below.tag] is not None:
            raise Unsure

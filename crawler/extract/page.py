"""From the bytes of a page to the article that it holds, or to the words why it holds none.

It runs in worker processes, since no library here is safe from what strangers write.
"""

from collections.abc import Mapping

from crawler.extract.authors import authors_of
from crawler.extract.canonical import canonical_of
from crawler.extract.charset import decoded
from crawler.extract.dates import dates_of
from crawler.extract.image import image_of
from crawler.extract.instead import fault_of_text, without_walls
from crawler.extract.kind import (
    fault_of_body,
    fault_of_dead,
    fault_of_front,
    is_front,
    is_textless,
    sends_on,
)
from crawler.extract.language import declared_language, language_of
from crawler.extract.paywall import has_wall, is_paywalled
from crawler.extract.publisher_name import publisher_name_of
from crawler.extract.rights import forbids_archive
from crawler.extract.said import said_by
from crawler.extract.text import text_of, without_headline
from crawler.extract.title import title_of
from crawler.extract.topics import topics_of
from crawler.extract.tree import tree_of
from news.page import Page, PageOutcome, Unread


def extract(html: bytes, url: str, headers: Mapping[str, str]) -> PageOutcome:
    """Return the article of a page that was fetched from `url`; header names are lower-case."""
    content_type = headers.get("content-type", "")
    fault = fault_of_body(html, content_type)
    if fault is not None:
        return Unread(reason=fault)
    characters = decoded(html, content_type)
    tree = tree_of(characters)
    if tree is None:
        return Unread(reason="the page is empty")
    said = said_by(tree, url)
    title = title_of(said)
    # Everything else comes before the text, which uses up the tree.
    authors, topics = authors_of(tree, said), topics_of(tree, said)
    dates = dates_of(tree, said, url, title=title, language=declared_language(tree, said))
    canonical, sends = canonical_of(tree, url, said), sends_on(tree, url)
    walled, front = has_wall(tree, characters), is_front(tree, said, url, title)
    by_rule = "\n".join(said.ruled.get("text", ()))
    story = by_rule or text_of(tree, said, url, title=title, parse=lambda: tree_of(characters))
    bare = without_walls(without_headline(story, title))
    fault = fault_of_text(said, title, bare) or (fault_of_front(bare.text) if front else None)
    dead = fault_of_dead(said, title, bare.text, dated=dates.published is not None, sends=sends)
    if fault is not None or dead is not None:
        # A few words and no story are also what a page shows whose scripts did not run.
        return Unread(reason=fault or dead or "", textless=is_textless(story) or fault is None)
    return Page(
        url=url,
        canonical=canonical,
        title=title,
        text=bare.text,
        authors=authors,
        topics=topics,
        image=image_of(said),
        publisher=publisher_name_of(said),
        published=dates.published,
        updated=dates.updated,
        language=language_of(tree, said, title, bare.text),
        paywalled=is_paywalled(said, bare.text, walled=walled, told=bare.paid),
        noarchive=forbids_archive(said, headers),
    )

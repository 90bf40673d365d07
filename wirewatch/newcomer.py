"""What is to be kept of a reading, and how an article that was not known is added."""

from dataclasses import replace
from datetime import datetime
from hashlib import blake2b

from archive import addresses, articles
from archive.articles import NewArticle
from archive.database import Transaction
from archive.recognition import Unknown
from news.article import Article
from news.ids import wire_id
from news.publisher import publisher_of
from news.text import Analyzed
from wirewatch.named_by import named_by
from wirewatch.prepared import Prepared


def new_article(prepared: Prepared, now: datetime) -> NewArticle:
    """Return what is to be kept of a reading."""
    reading, entry = prepared.reading, prepared.due.entry
    named = entry.publisher_url if entry.url and _is_aggregators(reading.url, entry.url) else None
    return NewArticle(
        reading=reading,
        publisher=publisher_of(named or reading.url),
        publisher_name=None if named else named_by(prepared.due, reading),
        awaited=named is not None,
        text_hash=_text_hash(prepared.analyzed),
        analyzed=prepared.analyzed,
        sketch=prepared.sketch,
        gist=prepared.gist,
        first_seen_at=prepared.due.noted_at,
        owed_at=now,
    )


def added(conn: Transaction, new: NewArticle, found: Unknown) -> Article:
    """Keep an article that was not known, at its address."""
    if found.over is not None:
        addresses.give_way(conn, found.over)
    return articles.add(conn, _fitting(new, found))


def _fitting(new: NewArticle, found: Unknown) -> NewArticle:
    """Return a new article as it is to be kept: in the story of its original, or that it tells."""
    if found.copy is not None:
        copy = found.copy
        return replace(new, story=copy.story, copy_of=copy.article, copied=copy.per_cent)
    return new if found.account is None else replace(new, story=found.account.story)


def said_of(found: Unknown) -> tuple[str, str]:
    """Return the code and the words for what an unknown article is."""
    if found.copy is not None:
        copy = found.copy
        named = f"{wire_id('ar', copy.article)}, by {copy.publisher_name}"
        return "copy", f"a copy: {copy.per_cent} % of its words are those of {named}"
    if found.account is not None:
        account = found.account
        told = f"{wire_id('st', account.story)}: tells the same as {wire_id('ar', account.article)}"
        return "account", f"an account of {told}, {account.because}"
    if found.over is not None:
        over = wire_id("ar", found.over)
        return "new", f"a new article, at the address of {over}, which told other news"
    return "new", "a new article"


def _is_aggregators(url: str, told: str) -> bool:
    """Tell whether an aggregator's entry led nowhere else: then it is not the one who speaks."""
    return publisher_of(url) == publisher_of(told)


def _text_hash(analyzed: Analyzed) -> bytes:
    """Return 16 bytes that stand for the words of the body, however they are set (BLAKE2b)."""
    return blake2b(" ".join(analyzed.body).encode(), digest_size=16).digest()

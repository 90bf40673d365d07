"""What feedparser says of an entry, and the quick reading with it, made an entry of ours."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from crawler.feeds import fields
from crawler.feeds.plain import clean, plain_line, plain_text
from crawler.references import unescaped
from news.entry import Entry
from news.url import is_http

Raw: TypeAlias = Mapping[str, Any]
"""An entry under the names that feedparser gives its parts."""

Moment: TypeAlias = Callable[[Raw, str], datetime | None]
"""Returns the date of that name that an entry was said to have."""


def entry_of_raw(raw: Raw, url: str, tongue: str | None, moment: Moment, *, is_atom: bool) -> Entry:
    """Return the entry; `url` is its document's address and `tongue` the document's language."""
    detail = raw.get("title_detail") or {}
    summary, content = _texts(raw)
    updated = moment(raw, "updated")  # RSS has no such thing, so there it is dc:date
    return Entry(
        own_id=fields.own_id(raw.get("id")),
        url=_address(raw, url),
        title=_title(raw.get("title") or "", detail),
        summary=summary[: fields.MOST_SUMMARY],
        content=content or (summary if len(summary) > fields.MOST_SUMMARY else ""),
        published=moment(raw, "published") or (None if is_atom else updated),
        updated=updated,
        authors=_authors(raw),
        language=fields.language(detail.get("language")) or tongue,
    )


def _title(text: str, detail: Raw) -> str:
    """Return the title; where nothing says that it is HTML, angle brackets are text."""
    if detail.get("type") == "text/plain":
        bare = unescaped(text[: fields.MOST_TITLE * 8])
        line = " ".join(clean(bare, most=fields.MOST_TITLE * 2).split())
        return line[: fields.MOST_TITLE].rstrip()
    return plain_line(text, most=fields.MOST_TITLE)


def _texts(raw: Raw) -> tuple[str, str]:
    """Return the summary and the longest content; where they are one text, it is read once."""
    parts = [
        part
        for part in raw.get("content") or ()
        if not str(part.get("type", "")).startswith(("image/", "audio/", "video/"))
    ]
    read: dict[tuple[str, bool], str] = {}
    found = [_text(part.get("value"), part, read) for part in parts]
    summary = _text(raw.get("summary"), raw.get("summary_detail"), read)
    return summary, max(found, key=len, default="")


def _text(text: object, detail: Raw | None, read: dict[tuple[str, bool], str]) -> str:
    if not isinstance(text, str):
        return ""
    bare = (detail or {}).get("type") == "text/plain" and "&" not in text
    if (text, bare) not in read:
        make = clean if bare else plain_text
        read[text, bare] = make(text, most=fields.MOST_CONTENT)
    return read[text, bare]


def _address(raw: Raw, base: str) -> str | None:
    """Return where the article stands, its own address before one that counts clicks."""
    found = (fields.address(base, link) for link in _links(raw) if link)
    return next((address for address in found if address is not None), None)


def _links(raw: Raw) -> Iterator[str]:
    yield raw.get("feedburner_origlink") or ""
    yield raw.get("link") or ""
    for link in raw.get("links") or ():
        if link.get("rel", "alternate") == "alternate":
            yield link.get("href") or ""
    if is_http(name := raw.get("id") or "") and raw.get("guidislink", True):
        yield name


def _authors(raw: Raw) -> tuple[str, ...]:
    known = [author.get("name") or author.get("email") for author in raw.get("authors") or ()]
    return fields.authors(known) or fields.authors([raw.get("author")])

"""What was forgotten at a person's demand: addresses whose text does not come back.

Pruning makes room; forgetting obeys. What the article said is erased wherever it is kept, and the
article stays as a bare identity, so that nothing is told twice and its trail says why it is empty:

    erased    title, lead, text, authors, picture, revisions, sketches, index, what its entries
              said, spans of matches, messages that told of it alone with their receivers' answers
    stopped   its held alerts, and those of these messages that did not go out yet
    stays     address, times, the story, what was told to whom, and the trail without its words

A message that tells of others, too, goes out as it was written, and is not sent again afterwards.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, func, or_, select, update

from archive import articles, forgotten_entries, forgotten_words, trail
from archive.addresses import address_hash
from archive.articles import NewArticle
from archive.dialects import unless_there
from archive.forgotten_entries import addresses_of
from archive.prepared import Prepared
from archive.schema import articles as article_rows
from archive.schema import texts
from archive.schema_likeness import forgotten, gist_terms, gists, revisions, sketches
from archive.schema_revisits import page_marks, revisits
from archive.schema_telling import alerts, attempts, deliveries, delivery_alerts, held_alerts
from archive.schema_telling import matches as match_rows
from archive.search import index
from news.alert import AlertState
from news.article import FORGOTTEN, Read, Reading
from news.delivery import DeliveryState
from news.text import analyze
from news.url import is_http

TITLE = "(forgotten)"
"""What stands where a title was."""

_EMPTIED = b"{}"
_NO_WORDS = blake2b(b"", digest_size=16).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """An address whose text does not come back (`by_words`: anywhere), since when and why."""

    url: str
    at: datetime
    why: str
    by_words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What forgetting took: `article` is None where nothing was kept.

    `stopped` messages were not sent yet, `shared` ones tell of others, too. `copies` are articles
    with its words at other addresses, or whose words it has: nothing was taken of them.
    """

    article: int | None = None
    addresses: tuple[str, ...] = ()
    messages: int = 0
    stopped: int = 0
    shared: int = 0
    copies: tuple[int, ...] = ()


def forget(
    conn: Connection, urls: Sequence[str], *, article: int | None, why: str, now: datetime
) -> Erased:
    """Erase what is kept at `urls`, and `article`; bar these and its other addresses."""
    barred = tuple(dict.fromkeys(filter(is_http, [*urls, *addresses_of(conn, article)])))
    for url in barred:
        values = {"url_hash": address_hash(url), "url": url, "at": now, "why": why}
        conn.execute(unless_there(forgotten)[conn.dialect.name], values)
    if article is not None:
        forgotten_words.keep(conn, article, barred)
    with _overwriting(conn):
        forgotten_entries.empty(conn, article, barred)
        if article is None:
            return Erased(addresses=barred)
        messages = _messages(conn, article, now)
        _erase(conn, article)
    copies = tuple(conn.scalars(_COPIES, {"of_article": article, "gone": FORGOTTEN}))
    return Erased(article=article, addresses=barred, copies=copies, **messages)


def allow(conn: Connection, url: str) -> list[str]:
    """Let an address bring texts again; return the spellings by which it was barred."""
    lifted = delete(forgotten).where(forgotten.c.url_hash == address_hash(url))
    gone = conn.execute(lifted.returning(*forgotten.c)).all()
    for row in gone:
        forgotten_words.let_go(conn, row.article)
    return [row.url for row in gone]


def listing(conn: Connection) -> list[Barred]:
    """Return what is barred, in the order of being forgotten."""
    kept = conn.execute(select(forgotten).order_by(forgotten.c.id))
    return [Barred(url=row.url, at=row.at, why=row.why) for row in kept]


def barring(
    conn: Connection, urls: Collection[str], new: NewArticle | None = None
) -> Barred | None:
    """Return what bars one of these addresses, or the words of `new`; None where nothing does."""
    for url in urls:
        row = _BARRING.row(conn, {"of_url": address_hash(url)})
        if row is not None:
            return Barred(url=row["url"], at=row["at"], why=row["why"])
    if new is None or (found := forgotten_words.barring(conn, new)) is None:
        return None
    return Barred(url=found["url"], at=found["at"], why=found["why"], by_words=True)


def empty_reading(url: str) -> Reading:
    """Return what is kept of an article in place of what it said."""
    return Reading(
        url=url, title=TITLE, lead="", body="", read=Read.FULL, note=FORGOTTEN, noarchive=True
    )


def erase(conn: Connection, article: int) -> None:
    """Erase what an article and its entries said; what it is and what was told of it stays."""
    with _overwriting(conn):
        forgotten_entries.empty(conn, article)
        _erase(conn, article)


def _erase(conn: Connection, article: int) -> None:
    kept = articles.reading_of(conn, article)
    if kept is not None:
        index.remove(conn, article, analyze(kept.title, kept.body, kept.lead))
    for table in (texts, revisions, sketches, gists, gist_terms, page_marks, revisits):
        conn.execute(delete(table).where(table.c.article == article))
    conn.execute(_EMPTY_ARTICLE, {"of_article": article})
    conn.execute(update(match_rows).where(match_rows.c.article == article).values(spans=[]))
    trail.unsay(conn, article)


@contextmanager
def _overwriting(conn: Connection) -> Iterator[None]:
    """Let SQLite overwrite what is deleted, which would stay in the file's free room for long."""
    for_sqlite = conn.dialect.name == "sqlite"
    if for_sqlite:
        conn.exec_driver_sql("PRAGMA secure_delete = ON").close()
    yield
    if for_sqlite:
        conn.exec_driver_sql("PRAGMA secure_delete = OFF").close()


def _messages(conn: Connection, article: int, now: datetime) -> dict[str, int]:
    """Stop and empty the messages that tell of `article` alone; count them, and the others."""
    held = select(alerts.c.id).where(alerts.c.article == article, alerts.c.due_at.is_not(None))
    conn.execute(delete(held_alerts).where(held_alerts.c.alert.in_(held)))
    conn.execute(_DROP_HELD, {"of_article": article})
    found = list(conn.execute(_CARRIERS, {"of_article": article}))
    alone = [row.delivery for row in found if not row.others]
    open_ones = [row.delivery for row in found if not row.others and row.due_at is not None]
    done_with_others = [row.delivery for row in found if row.others and row.due_at is None]
    conn.execute(_STOP, {"many": open_ones, "now": now})
    emptied = {"many": [*alone, *done_with_others]}
    conn.execute(_EMPTY_PAYLOADS, emptied)
    conn.execute(_EMPTY_ANSWERS, emptied)
    shared = len(found) - len(emptied["many"])
    return {"messages": len(emptied["many"]), "stopped": len(open_ones), "shared": shared}


_MANY: Any = bindparam("many", expanding=True)
_OF_ARTICLE: Any = bindparam("of_article")
_BARRING = Prepared(select(forgotten).where(forgotten.c.url_hash == bindparam("of_url")))
_ROOT = (
    select(func.coalesce(article_rows.c.copy_of, article_rows.c.id))
    .where(article_rows.c.id == _OF_ARTICLE)
    .scalar_subquery()
)
_COPIES = (
    select(article_rows.c.id)
    .where(
        or_(article_rows.c.id == _ROOT, article_rows.c.copy_of.in_((_ROOT, _OF_ARTICLE))),
        article_rows.c.note != bindparam("gone"),
    )
    .order_by(article_rows.c.id)
)
_EMPTY_ARTICLE = (
    update(article_rows)
    .where(article_rows.c.id == _OF_ARTICLE)
    .values(
        title=TITLE,
        authors=[],
        topics=[],
        image=None,
        text_hash=_NO_WORDS,
        copy_hash=None,
        named=None,
        read=Read.FULL,
        note=FORGOTTEN,
    )
)
_TELLS_OF = (
    select(delivery_alerts.c.delivery)
    .select_from(delivery_alerts.join(alerts))
    .where(alerts.c.article == _OF_ARTICLE)
)
_others = delivery_alerts.alias()
_other_alerts = alerts.alias()
_CARRIERS = (
    select(
        deliveries.c.id.label("delivery"),
        deliveries.c.due_at,
        exists()
        .where(
            _others.c.delivery == deliveries.c.id,
            _others.c.alert == _other_alerts.c.id,
            or_(
                _other_alerts.c.article.is_(None),
                _other_alerts.c.article != _OF_ARTICLE,
            ),
        )
        .label("others"),
    )
    .where(deliveries.c.id.in_(_TELLS_OF))
    .order_by(deliveries.c.id)
)
_DROP_HELD = (
    update(alerts)
    .where(alerts.c.article == _OF_ARTICLE, alerts.c.state == AlertState.HELD)
    .values(state=AlertState.DROPPED, reason="dropped:forgotten", due_at=None)
)
_STOP = (
    update(deliveries)
    .where(deliveries.c.id.in_(_MANY))
    .values(
        state=DeliveryState.DEAD,
        due_at=None,
        settled_at=bindparam("now", type_=deliveries.c.owed_at.type),
        claim_no=deliveries.c.claim_no + 1,
    )
)
_EMPTY_PAYLOADS = update(deliveries).where(deliveries.c.id.in_(_MANY)).values(payload=_EMPTIED)
_EMPTY_ANSWERS = update(attempts).where(attempts.c.delivery.in_(_MANY)).values(answer=b"")
CAN_BE_SENT = func.length(deliveries.c.payload) > len(_EMPTIED)
"""Holds for messages whose words were not forgotten."""

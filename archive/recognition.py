"""Whether a reading is an article that is kept already, or another one's words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from operator import itemgetter
from typing import TypeAlias

from sqlalchemy import Connection

from archive import article_rows, articles, copies, gists, revised
from archive.addresses import address_hash
from archive.articles import NewArticle
from archive.columns import clean
from archive.copies import Copied
from archive.prepared import Row, Values
from news.article import Article, Read
from news.grouping import Newcomer, Placed, place
from news.likeness import LONG_ENOUGH
from news.piece_time import Moment, is_later
from news.relook import titles_alike, why_another
from news.text import tokens

_LAST = 100
"""So many of the newest pieces of one title are looked at."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not kept yet: a copy of what we keep, an account of a story, or the first of a new one."""

    copy: Copied | None = None
    account: Placed | None = None
    over: int | None = None
    """The article at whose address it stands, which told other news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Kept already as `article`; `same_text` tells that nothing was changed since.

    `elsewhere` tells that only its text is equal, told at another address of its publisher, or only
    its title, told by an aggregator (`titled`).
    """

    article: Article
    same_text: bool
    elsewhere: bool = False
    titled: bool = False


Recognised: TypeAlias = Unknown | Known


def recognise(conn: Connection, new: NewArticle, *, own: int | None = None) -> Recognised:
    """Tell whether a reading is an article we keep.

    By its address, then as the one that its entry became before (`own`), wherever that has moved
    to, then by publisher and title where one of the two came through an aggregator or their words
    are equal, then by an equal long text: within one publisher, and under one title, that is the
    same article, elsewhere it is a copy, and so is what repeats most of another's words. What is
    left may tell a story in words of its own.
    """
    row = _at_its_address(conn, new, own)
    if row is not None and not _is_other_news(conn, row, new):
        same = _is_same(conn, row, new)
        alike = not same and _says_the_same(conn, row, new)
        return Known(article=article_rows.article(row), same_text=same or alike, elsewhere=alike)
    found = _by_its_words(conn, new)
    return replace(found, over=row["id"]) if row and isinstance(found, Unknown) else found


def _by_its_words(conn: Connection, new: NewArticle) -> Recognised:
    if (namesake := _namesake(conn, new)) is not None:
        # Where the publisher's own page comes second, its text and address are taken.
        only = new.awaited
        return Known(article=namesake, same_text=only, elsewhere=only, titled=True)
    if len(new.analyzed.body) < LONG_ENOUGH:
        if (twin := _twin(conn, new)) is not None:
            return Known(article=twin, same_text=True, elsewhere=True)
        return Unknown(account=_account(conn, new))
    equal = article_rows.COPIES.rows(conn, {"of_text": new.text_hash})
    if at_home := [row for row in equal if row["domain"] == new.publisher]:
        titled = next((row for row in at_home if _one_title(row["title"], new)), None)
        # What a publisher shows under several titles stands beside its pieces, and tells nothing.
        if titled is None:
            return Unknown()
        return Known(article=article_rows.article(titled), same_text=True, elsewhere=True)
    return _like_others(conn, new, equal)


def unlike_original(conn: Connection, article: int, new: NewArticle) -> Unknown | None:
    """Return what a copy of another article is, now that it says `new`, if no copy any more.

    None, too, where so little is said that nothing can be told by it.
    """
    kept = articles.get(conn, article)
    if kept is None or kept.copy_of is None or len(new.analyzed.body) < LONG_ENOUGH:
        return None
    equal = article_rows.COPIES.rows(conn, {"of_text": new.text_hash})
    found = _like_others(conn, new, [row for row in equal if row["id"] != article])
    return None if found.copy else found


def _like_others(conn: Connection, new: NewArticle, equal: Sequence[Row]) -> Unknown:
    if equal:
        return Unknown(copies.whole(conn, equal[0]))
    found = copies.find(conn, new)
    return Unknown(found.copy, None if found.copy else _account(conn, new, found.apart_from))


def _at_its_address(conn: Connection, new: NewArticle, own: int | None) -> Values | None:
    """Return the article at the address of `new`, its entry's own first.

    An upgrade may have found two to be at one address, and either stays what it is.
    """
    here = address_hash(new.reading.url)
    mine = None if own is None else article_rows.BY_ID.row(conn, {"of_article": own})
    if mine is not None and address_hash(mine["url"]) == here:
        return mine
    return article_rows.BY_URL.row(conn, {"of_url": here}) or mine


def _is_other_news(conn: Connection, row: Values, new: NewArticle) -> bool:
    """Tell whether an address, as that of "today's warning", was given to another piece."""
    if not is_later(new.owed_at, row["first_seen_at"]) or new.reading.read is not Read.FULL:
        return False
    if address_hash(row["url"]) != address_hash(new.reading.url):
        return False
    kept = articles.reading_of(conn, row["id"])
    if kept is None or titles_alike(kept.title, new.reading.title):
        return False
    return why_another(kept, new.reading) is not None


def _one_title(title: str, new: NewArticle) -> bool:
    """Tell whether all words of one title stand in the other, which may add a rubric or a name."""
    one, other = set(tokens(title)), set(new.analyzed.title)
    return one <= other or other <= one


def _twin(conn: Connection, new: NewArticle) -> Article | None:
    """Return the piece of the same publisher, title and hours that says the same few words."""
    equal = (row for row in _at_that_time(conn, new) if row["text_hash"] == new.text_hash)
    row = next(equal, None) if new.analyzed.body else None
    return None if row is None else article_rows.article(row)


def _at_that_time(conn: Connection, new: NewArticle) -> list[Values]:
    """Return the pieces of the publisher and title of `new` that lie within its hours."""
    if new.named is None:
        return []
    told = Moment.of(new.reading.published, new.first_seen_at)
    rows = article_rows.NAMED.rows(conn, {"of_name": new.named, "limit": _LAST})
    return [row for row in rows if told.apart(_moment(row)) is not None]


def _account(
    conn: Connection, new: NewArticle, barred: frozenset[int] = frozenset()
) -> Placed | None:
    """Return the story that a text tells in words of its own, if it is one that we keep.

    What bears the title of an earlier piece of its publisher is the next of a column, not an
    account; within hours it may be the same piece, written anew.
    """
    if new.gist is None:
        return None
    seen = new.first_seen_at
    newcomer = Newcomer(gist=new.gist, publisher=new.publisher, at=seen)
    candidates = gists.candidates(conn, new.gist, seen)
    if not candidates or new.named is None:
        return place(newcomer, candidates, barred)
    column = article_rows.NAMED.rows(conn, {"of_name": new.named, "limit": _LAST})
    anew = {row["story"] for row in _at_that_time(conn, new)}
    return place(newcomer, candidates, barred.union({row["story"] for row in column} - anew))


def _namesake(conn: Connection, new: NewArticle) -> Article | None:
    """Return the same publisher's piece of the same title, if an aggregator told one of the two.

    Where several could be meant it is the one that lies closest.
    """
    if new.named is None:
        return None
    told = Moment.of(new.reading.published, new.first_seen_at)
    found: list[tuple[timedelta, Values]] = []
    named = article_rows.NAMED if new.awaited else article_rows.AWAITED
    for row in named.rows(conn, {"of_name": new.named, "limit": _LAST}):
        apart = told.apart(_moment(row))
        if apart is not None:
            found.append((apart, row))
    return article_rows.article(min(found, key=itemgetter(0))[1]) if found else None


def _moment(row: Values) -> Moment:
    return Moment.of(row["published_at"], row["first_seen_at"])


def _says_the_same(conn: Connection, row: Values, new: NewArticle) -> bool:
    """Tell whether only counters, clocks or a title that comes and goes make another text of it."""
    if row["url"] != new.reading.url or row["read"] != new.reading.read:
        return False
    return revised.is_nothing_new(conn, row, new.reading)


def _is_same(conn: Connection, row: Values, new: NewArticle) -> bool:
    reading = new.reading
    if reading.read is Read.FALLBACK and row["read"] == Read.FULL:
        # Where its text is not kept there is nothing to be told instead, and nothing to revise.
        kept = articles.reading_of(conn, row["id"])
        return kept is None or kept.noarchive
    if row["text_hash"] != new.text_hash or row["title"] != clean(reading.title):
        return False
    if address_hash(row["url"]) != address_hash(reading.url) or row["read"] != reading.read:
        return False
    # Equal words set otherwise are another text: spans point into the one that is kept. And what
    # may not be kept any more is revised, whatever it says: that is what empties it.
    kept = articles.reading_of(conn, row["id"])
    if kept is None or kept.noarchive:
        return True
    return not reading.noarchive and kept.body == clean(reading.body)

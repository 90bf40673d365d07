"""The gists of the newest accounts, found by the terms that tell most of them.

Each look is three statements of bounded work, however much is stored: the newest articles that have
each of the terms, then the gists of those that have most, with the first of their stories.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Select,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    union_all,
)

from archive.prepared import Prepared
from archive.schema import articles, publishers
from archive.schema_likeness import gist_terms, gists, story_decisions
from news.gist import HEAVIEST, Gist, unpacked
from news.grouping import WINDOW, Candidate

NEWEST = 60
"""So many of the newest articles that have a term are looked at: a word of many tells little."""

CLOSEST = 16
"""So many that share most terms are held against the new one, beside the first of their stories."""

STORIES = 6

LEAST = 2
"""Terms that must be shared."""

KEPT = timedelta(days=10)
"""Gists stay longer than stories wait, so that what goes on for days is held against its first."""

BATCH = 500
"""Gists that are removed in one transaction."""


def add(conn: Connection, article: int, gist: Gist, at: datetime) -> None:
    """Keep the gist of an article, seen at `at`, in place of what was kept of it before."""
    if _LANGUAGE.row(conn, {"of_article": article}) is not None:
        remove(conn, [article])
    _ADD.run(
        conn,
        {"article": article, "language": gist.language, "at": at, "weighed": gist.packed()},
    )
    if gist.heaviest:
        _ADD_TERM.run_many(conn, [{"term": term, "article": article} for term in gist.heaviest])


def candidates(conn: Connection, gist: Gist, at: datetime) -> list[Candidate]:
    """Return accounts seen in the window before `at` that share the most terms with `gist`."""
    terms = list(dict.fromkeys(gist.heaviest))
    if not terms:
        return []
    shared = _SHARING.rows(conn, _filled("term", terms, HEAVIEST))
    least = min(LEAST, len(terms))
    close = [row["article"] for row in shared if row["many"] >= least]
    if not close:
        return []
    rows = _GISTS.rows(conn, {**_filled("article", close, CLOSEST), "since": at - WINDOW})
    firsts = list(dict.fromkeys(row["story"] for row in rows))[:STORIES]
    begun = _FIRSTS.rows(conn, _filled("story", firsts, STORIES)) if firsts else []
    begins = {row["article"] for row in begun}
    by_article = {row["article"]: row for row in (*rows, *begun)}
    return [
        Candidate(
            article=row["article"],
            story=row["story"],
            publisher=row["domain"],
            at=row["at"],
            gist=unpacked(row["language"], row["weighed"]),
            begins=row["article"] in begins,
        )
        for _, row in sorted(by_article.items())
    ]


def of(conn: Connection, article: int) -> Gist | None:
    """Return the gist that is kept of an article."""
    row = _LANGUAGE.row(conn, {"of_article": article})
    return None if row is None else unpacked(row["language"], row["weighed"])


def remove(conn: Connection, numbers: Sequence[int]) -> None:
    """Remove what is kept of these articles."""
    conn.execute(delete(gist_terms).where(gist_terms.c.article.in_(numbers)))
    conn.execute(delete(gists).where(gists.c.article.in_(numbers)))


def remove_old(conn: Connection, *, before: datetime, limit: int = BATCH) -> int:
    """Remove the oldest gists from before `before`; how many, 0 at the end."""
    rows = conn.execute(select(gists.c.article, gists.c.at).order_by(gists.c.article).limit(limit))
    old = [row.article for row in rows if row.at < before]
    if old:
        remove(conn, old)
    return len(old)


_ADD = Prepared(insert(gists))
_ADD_TERM = Prepared(insert(gist_terms))
_LANGUAGE = Prepared(
    select(gists.c.language, gists.c.weighed).where(gists.c.article == bindparam("of_article"))
)


def _filled(name: str, values: Sequence[int], places: int) -> dict[str, int | None]:
    """Bind the values to numbered places; those left over are asked for nothing."""
    return {f"{name}{n}": values[n] if n < len(values) else None for n in range(places)}


def _newest(place: int) -> Select[Any]:
    """Ask for the newest articles that have one of the terms."""
    newest = (
        select(gist_terms.c.article, gist_terms.c.term)
        .where(gist_terms.c.term == bindparam(f"term{place}"))
        .order_by(gist_terms.c.article.desc())
        .limit(NEWEST)
        .subquery()
    )
    return select(newest.c.article, newest.c.term)


_sharing = union_all(*(_newest(place) for place in range(HEAVIEST))).subquery()
_many = func.count().label("many")
_SHARING = Prepared(
    select(_sharing.c.article, _many)
    .group_by(_sharing.c.article)
    .order_by(_many.desc(), _sharing.c.article.desc())
    .limit(CLOSEST)
)

_KEPT = (
    select(
        gists.c.article,
        gists.c.language,
        gists.c.at,
        gists.c.weighed,
        articles.c.story,
        publishers.c.domain,
    )
    .select_from(gists)
    .join(articles, articles.c.id == gists.c.article)
    .join(publishers, publishers.c.id == articles.c.publisher)
)
_GISTS = Prepared(
    _KEPT.where(
        or_(*(gists.c.article == bindparam(f"article{n}") for n in range(CLOSEST))),
        gists.c.at >= bindparam("since"),
    )
)
_told = articles.alias("told")


def _beginnings(story: BindParameter[int]) -> tuple[Select[Any], Select[Any]]:
    """Ask for the first article of a story, and for those of the stories that were joined to it."""
    joined = story_decisions.c
    return (
        select(func.min(_told.c.id)).where(_told.c.story == story),
        select(joined.article).where(joined.story == story, joined.kind == "joined"),
    )


_FIRSTS = Prepared(
    _KEPT.where(
        gists.c.article.in_(
            union_all(*(one for n in range(STORIES) for one in _beginnings(bindparam(f"story{n}"))))
        )
    )
)

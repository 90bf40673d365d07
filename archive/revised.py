"""What an article said before it was changed: kept, told by its kinds, and not told for nothing."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from archive.columns import clean
from archive.prepared import Prepared, Values
from archive.schema import entries, texts
from archive.schema_likeness import revisions
from news.article import Reading
from news.revision import Wording, changes, same_text

MOST = 100
"""So many texts from before are kept of one article: enough for any correction, and a bound for
pages that are written on all day."""

_TO_AND_FRO = 2
"""So often one wording may come back before its coming and going is no news any more."""


def keep(
    conn: Connection, before: Values, text: Values | None, after: Reading, *, at: datetime
) -> None:
    """Keep what the article of the row `before` and its `text` said until it became `after`.

    Where that may not be kept any more, of what it said before only the titles are,
    and of its entries.
    """
    if before["revision"] <= MOST:
        _keep(conn, before, text, after, at)
    if after.noarchive:
        _EMPTY.run(conn, {"of_article": before["id"]})
        _UNSAY.run(conn, {"of_article": before["id"]})


def is_nothing_new(conn: Connection, before: Values, after: Reading) -> bool:
    """Tell whether `after` is what the article of the row `before` says, or said, already.

    That is so for a text that differs in counters and clocks alone, for a title that it had under
    the same text, and for a wording that comes and goes.
    """
    text = _TEXT.row(conn, {"of_article": before["id"]})
    if text is None or after.noarchive:
        return False
    now = Wording(title=before["title"], body=text["body"])
    then = Wording(title=clean(after.title), body=clean(after.body))
    if same_text(now, then):
        return True
    former = [Wording(**row) for row in _FORMER.rows(conn, {"of_article": before["id"]})]
    if then.title in {one.title for one in former} - {now.title} and same_text(
        Wording(title=then.title, body=now.body), then
    ):
        return True
    return sum(same_text(one, then) for one in former) >= _TO_AND_FRO


def _keep(
    conn: Connection, before: Values, text: Values | None, after: Reading, at: datetime
) -> None:
    lead, body = (text["lead"], text["body"]) if text else ("", "")
    old = Wording(title=before["title"], lead=lead, body=body)
    change = changes(old, Wording(title=after.title, lead=after.lead, body=after.body))
    values = {
        "article": before["id"],
        "n": before["revision"],
        "at": at,
        "change": change.main,
        "kinds": change.kinds,
        "size": len(after.body) - len(body),
        "words": change.size,
        "title": old.title,
        "lead": lead,
        "body": body,
    }
    _KEEP.run(conn, values)


_KEEP = Prepared(insert(revisions))
_EMPTY = Prepared(
    update(revisions).where(revisions.c.article == bindparam("of_article")).values(lead="", body="")
)
_UNSAY = Prepared(  # save for those that were told anew and are still to be read
    update(entries)
    .where(entries.c.article == bindparam("of_article"), entries.c.due_at.is_(None))
    .values(summary="", content=None)
)
_TEXT = Prepared(select(texts.c.body).where(texts.c.article == bindparam("of_article")))
_FORMER = Prepared(
    select(revisions.c.title, revisions.c.body)
    .where(revisions.c.article == bindparam("of_article"))
    .order_by(revisions.c.n.desc())
    .limit(20)
)

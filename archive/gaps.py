"""Whether what a source told before a visit has left it unseen: see news/gap.py.

A source whose links and ids change at every look seems to roll over each time. It is told from a
gap by the titles: where half of them were told before, the document is what it was, or nearly.
"""

from sqlalchemy import Connection, bindparam, select

from archive.columns import clean
from archive.prepared import Prepared
from archive.schema import entries
from news.gap import Gap, gap_before
from news.source import DueSource
from news.visit import Told, Visit

_LOOKED_AT = 500


def before(conn: Connection, source: DueSource, visit: Visit, new: int, known: int) -> Gap | None:
    """Return the gap before `visit`, whose entries, so many new and known, are noted."""
    gap = gap_before(source, visit, new=new, known=known)
    if gap is None or not isinstance(visit.outcome, Told):
        return None
    titles = [clean(entry.title) for entry in visit.outcome.entries if entry.title]
    values = {"of_source": source.id, "until": visit.at, "limit": _LOOKED_AT}
    told = {row["title"] for row in _TOLD_BEFORE.rows(conn, values)}
    again = sum(title in told for title in titles)
    return None if titles and again * 2 >= len(titles) else gap


_TOLD_BEFORE = Prepared(
    select(entries.c.title)
    .where(entries.c.source == bindparam("of_source"), entries.c.noted_at < bindparam("until"))
    .order_by(entries.c.noted_at.desc())
    .limit(bindparam("limit"))
)

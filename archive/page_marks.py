"""What pages said of themselves when they were read last, for the next look at them."""

from sqlalchemy import Connection, bindparam, select

from archive.dialects import in_place_of
from archive.prepared import Prepared
from archive.schema_revisits import page_marks
from news.page import PageMarks


def keep(conn: Connection, article: int, marks: PageMarks) -> None:
    """Keep what the page of an article said, in place of what it said before."""
    values = {"etag": marks.etag, "modified": marks.modified, "body_hash": marks.body_hash}
    _KEEP.run(conn, {"article": article, **values})


def of(conn: Connection, article: int) -> PageMarks | None:
    """Return what the page of an article said, None where nothing is known of it."""
    row = _OF.row(conn, {"of_article": article})
    return None if row is None else PageMarks(**row)


_KEEP = Prepared(in_place_of(page_marks, "etag", "modified", "body_hash"))
_OF = Prepared(
    select(page_marks.c.etag, page_marks.c.modified, page_marks.c.body_hash).where(
        page_marks.c.article == bindparam("of_article")
    )
)

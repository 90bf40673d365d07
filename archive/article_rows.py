"""Articles as rows, with their publisher and lead beside them."""

from sqlalchemy import Select, bindparam, func, select

from archive.prepared import Prepared, Values
from archive.schema import articles, publishers, texts
from news.article import Article, Read


def article(row: Values) -> Article:
    """Return the article of a row that `selected` brought."""
    return Article(
        id=row["id"],
        url=row["url"],
        publisher=row["domain"],
        publisher_name=row["publisher_name"],
        title=row["title"],
        lead=row["lead"],
        story=row["story"],
        revision=row["revision"],
        read=Read(row["read"]),
        first_seen_at=row["first_seen_at"],
        owed_at=row["owed_at"],
        published_at=row["published_at"],
        updated_at=row["updated_at"],
        language=row["language"],
        authors=tuple(row["authors"]),
        topics=tuple(row["topics"]),
        image=row["image"],
        paywalled=row["paywalled"],
        noarchive=row["noarchive"],
        note=row["note"],
        copy_of=row["copy_of"],
    )


def selected() -> Select[tuple[object, ...]]:
    """Return a SELECT of articles with publisher and lead; the lead is empty once pruned."""
    return select(
        articles,
        publishers.c.domain,
        publishers.c.name.label("publisher_name"),
        func.coalesce(texts.c.lead, "").label("lead"),
    ).select_from(articles.join(publishers).outerjoin(texts))


BY_ID = Prepared(selected().where(articles.c.id == bindparam("of_article")))
BY_URL = Prepared(selected().where(articles.c.url_hash == bindparam("of_url")))
_NAMED = (
    selected()
    .where(articles.c.named == bindparam("of_name"))
    .order_by(articles.c.id.desc())
    .limit(bindparam("limit"))
)
NAMED = Prepared(_NAMED)
AWAITED = Prepared(_NAMED.where(articles.c.awaited))
COPIES = Prepared(
    selected().where(articles.c.copy_hash == bindparam("of_text")).order_by(articles.c.id)
)

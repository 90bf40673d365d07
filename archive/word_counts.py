"""In how many of its articles each term stands: how rare words are in this very archive.

A language is counted once the archive holds enough of it, and again each time that has doubled: the
newest 5,000 articles, read in batches beside all else, replace what was counted before in one
transaction, which raises the number of the set. So whoever owes takes up the new counts at once and
as a whole, and the same archive counts the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from archive import set_number
from archive.dialects import in_place_of
from archive.schema import articles, meta, texts
from archive.schema_likeness import word_counts
from news.gist_rarity import SHIPPED, Counted, Rarity, Table
from news.gist_words import terms_of, words_in
from news.text import tokens

ENOUGH = 5_000
"""Articles of a language from which its own counts are truer than the shipped ones."""

SAMPLE = 5_000
MOST_TERMS = 40_000  # those beyond stand in so few articles that they are nearly the rarest
LEAST = 2
"""A term of one article alone is as rare as one of none."""

LOOK_AFTER = 1_000
"""So many articles come before the languages are looked at again."""

_LOOKED, _COUNTED = "words_looked_at", "words_counted_"
_ROWS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A language to be counted: how many articles there are, and the numbers of the sample."""

    language: str
    articles: int
    sample: tuple[int, ...]


def enough_new(conn: Connection) -> bool:
    """Tell whether so many articles came since the last look that another is worth its while."""
    return _newest(conn) >= int(_meta(conn, _LOOKED)) + LOOK_AFTER


def due(conn: Connection) -> Due | None:
    """Return the next language to be counted."""
    kept = conn.execute(
        select(articles.c.language, func.count().label("many"))
        .where(articles.c.language.is_not(None))
        .group_by(articles.c.language)
        .having(func.count() >= ENOUGH)
        .order_by(articles.c.language)
    )
    for language, many in kept.all():
        if many >= 2 * int(_meta(conn, _COUNTED + language)):
            return Due(language=language, articles=many, sample=_sample(conn, language))
    return None


def looked(conn: Connection) -> None:
    """Note that no language is to be counted now."""
    _set_meta(conn, _LOOKED, _newest(conn))


def terms_in(conn: Connection, numbers: Iterable[int]) -> list[set[int]]:
    """Return the terms of each of these articles whose text is kept."""
    rows = conn.execute(
        select(articles.c.title, texts.c.body)
        .select_from(texts.join(articles))
        .where(texts.c.article.in_(list(numbers)))
    )
    return [
        {term for part in (row.title, row.body) for term in terms_of(words_in(part, tokens(part)))}
        for row in rows
    ]


def keep(conn: Connection, one: Due, counts: Mapping[int, int], total: int) -> None:
    """Replace what was counted of a language by `counts` of `total` articles."""
    conn.execute(delete(word_counts).where(word_counts.c.language == one.language))
    several = [(term, many) for term, many in counts.items() if many >= LEAST]
    several.sort(key=lambda pair: (-pair[1], pair[0]))
    kept = [(_TOTAL, total), *several[:MOST_TERMS]]
    for at in range(0, len(kept), _ROWS):
        part = kept[at : at + _ROWS]
        rows = [{"language": one.language, "term": term, "articles": many} for term, many in part]
        conn.execute(insert(word_counts), rows)
    _set_meta(conn, _COUNTED + one.language, one.articles)
    set_number.bump(conn)


def rarity(conn: Connection) -> Rarity:
    """Return how rare words are: as counted here where that was done, else as shipped."""
    found: dict[str, dict[int, int]] = {}
    for language, term, many in conn.execute(
        select(word_counts.c.language, word_counts.c.term, word_counts.c.articles)
    ):
        found.setdefault(language, {})[term] = many
    tables = {
        language: Table.counted(counts, total)
        for language, counts in found.items()
        if (total := counts.pop(_TOTAL, 0))
    }
    return Counted(tables=tables) if tables else SHIPPED


_TOTAL = -1
"""In place of a term: how many articles were counted."""


def _sample(conn: Connection, language: str) -> tuple[int, ...]:
    newest = (
        select(articles.c.id)
        .where(articles.c.language == language)
        .order_by(articles.c.id.desc())
        .limit(SAMPLE)
    )
    return tuple(conn.execute(newest).scalars())


def _newest(conn: Connection) -> int:
    return conn.execute(select(func.max(articles.c.id))).scalar() or 0


def _meta(conn: Connection, key: str) -> str:
    return conn.execute(select(meta.c.value).where(meta.c.key == key)).scalar() or "0"


def _set_meta(conn: Connection, key: str, value: int) -> None:
    said = {"key": key, "value": str(value)}
    conn.execute(in_place_of(meta, "value")[conn.dialect.name], said)

"""The kinds of columns that both engines share, so that a value comes back as it went in.

What strangers write is cleaned here and nowhere else: no NUL, no control character save tab and
newline, and no lone surrogate reaches the store. Each is replaced by one character, so that
offsets into a text stay true.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_UNCLEAN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def clean(text: str) -> str:
    """Return `text`, as long as before, fit for every store: see the head of this module."""
    if _UNCLEAN.search(text) is None:
        return text
    return _UNCLEAN.sub(lambda found: " " if found[0] < " " else "\ufffd", text)


def digest(text: str) -> bytes:
    """Return 16 bytes that stand for `text` in an index, however long it is."""
    return blake2b(clean(text).encode(), digest_size=16).digest()


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment: microseconds since 1970 on SQLite, timestamptz on PostgreSQL."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the engine's own type."""
        wanted = DateTime(timezone=True) if dialect.name == "postgresql" else BigInteger()
        return dialect.type_descriptor(wanted)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ANN401 - the engine's own value
        """Refuse a naive moment; bring all else to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone cannot be kept: {value!r}")
        value = value if value.tzinfo is UTC else _in_utc(value)
        return value if dialect.name == "postgresql" else (value - EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401 - the engine's own value
        """Return an aware moment in UTC."""
        if value is None:
            return None
        if dialect.name == "postgresql":
            return value.astimezone(UTC) if isinstance(value, datetime) else None
        return EPOCH + timedelta(microseconds=value)


class Duration(TypeDecorator[timedelta]):
    """A length of time, in microseconds on both engines."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - same on all
        """Return microseconds."""
        return None if value is None else value // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:  # noqa: ARG002 - same on all
        """Return the length of time."""
        return None if value is None else timedelta(microseconds=value)


class CleanText(TypeDecorator[str]):
    """Text as strangers write it, cleaned on its way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - same on all
        """Clean the text."""
        return None if value is None else clean(str(value))


class Json(TypeDecorator[Any]):
    """A small value of lists, mappings, texts and numbers, kept as text on both engines."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401, ARG002 - any JSON; same on all
        """Write JSON with every text cleaned."""
        return None if value is None else json.dumps(_cleaned(value), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002 - any JSON; same on all
        """Read JSON."""
        return None if value is None else json.loads(value)


def number() -> Column[int]:
    """Return the column `id`; ids only grow and none is ever given twice."""
    kind = BigInteger().with_variant(Integer, "sqlite")
    return Column("id", kind, primary_key=True, autoincrement=True)


def to(name: str, table: str, *, optional: bool = False, key: bool = False) -> Column[int]:
    """Return a column that points to a row of `table`."""
    target = ForeignKey(f"{table}.id")
    return Column(name, BigInteger, target, nullable=optional, primary_key=key, autoincrement=False)


def text(name: str, *, optional: bool = False) -> Column[str]:
    """Return a column of cleaned text."""
    return Column(name, CleanText, nullable=optional)


def moment(name: str, *, optional: bool = False) -> Column[datetime]:
    """Return a column of aware moments."""
    return Column(name, UtcDateTime, nullable=optional)


def whole(name: str, *, optional: bool = False, key: bool = False) -> Column[int]:
    """Return a column of whole numbers."""
    return Column(name, BigInteger, nullable=optional, primary_key=key, autoincrement=False)


def short_digest(name: str, *, optional: bool = False) -> Column[bytes]:
    """Return a column of digests."""
    return Column(name, LargeBinary, nullable=optional)


def _in_utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC)
    except OverflowError:  # hours before year 1 or after 9999: strangers write such dates
        return FIRST if value.year == 1 else LAST


_NUMBERS = frozenset((int, float))


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - any JSON
    match value:
        case str():
            return clean(value)
        case list() | tuple():
            only_numbers = _NUMBERS.issuperset(map(type, value))
            return value if only_numbers else [_cleaned(item) for item in value]
        case dict():
            return {clean(key): _cleaned(item) for key, item in value.items()}
        case _:
            return value

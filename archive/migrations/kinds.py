"""The kinds of columns that migrations speak of; they never change, a new need is a new kind.

They are apart from archive/columns.py on purpose: that follows the code, these follow history.
"""

from typing import Any

import sqlalchemy as sa

MOMENT = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def number() -> sa.Column[int]:
    """Return the column `id`."""
    return sa.Column("id", NUMBER, primary_key=True, autoincrement=True)


def text(name: str, *, optional: bool = False, key: bool = False) -> sa.Column[str]:
    """Return a column of text; JSON is text too."""
    return sa.Column(name, sa.Text, nullable=optional, primary_key=key)


def moment(name: str, *, optional: bool = False) -> sa.Column[object]:
    """Return a column of moments."""
    return sa.Column(name, MOMENT, nullable=optional)


def whole(name: str, *, optional: bool = False, key: bool = False) -> sa.Column[int]:
    """Return a column of big whole numbers; lengths of time are microseconds."""
    return sa.Column(name, sa.BigInteger, nullable=optional, primary_key=key, autoincrement=False)


def small(name: str) -> sa.Column[int]:
    """Return a column of small whole numbers."""
    return sa.Column(name, sa.Integer, nullable=False)


def flag(name: str) -> sa.Column[bool]:
    """Return a column of yes and no."""
    return sa.Column(name, sa.Boolean, nullable=False)


def octets(name: str, *, optional: bool = False) -> sa.Column[bytes]:
    """Return a column of bytes."""
    return sa.Column(name, sa.LargeBinary, nullable=optional)


def to(name: str, table: str, *, optional: bool = False, key: bool = False) -> sa.Column[int]:
    """Return a column that points to a row of `table`."""
    target = sa.ForeignKey(f"{table}.id")
    return sa.Column(
        name, sa.BigInteger, target, nullable=optional, primary_key=key, autoincrement=False
    )


def where(condition: str) -> dict[str, Any]:
    """Return what makes an index one of only the rows that hold `condition`."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}

"""Statements that run so often that they are compiled once and handed straight to the driver.

SQLAlchemy writes the SQL and converts the values, as everywhere in this room; what is left out is
what it does anew at each execution, about 100 µs a statement. Only for statements without lists:
an `IN` of many values has another text each time and goes the ordinary way.

    _BY_DOMAIN = Prepared(select(publishers).where(publishers.c.domain == bindparam("of_domain")))
    row = _BY_DOMAIN.row(conn, {"of_domain": "theguardian.com"})
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, Dialect
from sqlalchemy.types import TypeEngine

Row: TypeAlias = dict[str, Any]
"""A row by the names of its columns."""
Values: TypeAlias = Mapping[str, Any]
_Convert: TypeAlias = Callable[[Any], Any] | None


class Prepared:
    """A statement, or one for each engine by its name; all its uses name the same values."""

    def __init__(self, statement: Any | Mapping[str, Any]) -> None:  # noqa: ANN401 - SQLAlchemy's own
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, conn: Connection, values: Values) -> list[Row]:
        """Return all rows."""
        compiled = self._for(conn, values)
        found = _driver(conn).execute(compiled.sql, compiled.bound(values)).fetchall()
        return [compiled.row(row) for row in found]

    def row(self, conn: Connection, values: Values) -> Row | None:
        """Return the first row."""
        rows = self.rows(conn, values)
        return rows[0] if rows else None

    def value(self, conn: Connection, values: Values) -> Any:  # noqa: ANN401 - of the column's type
        """Return the first column of the first row, None if there is no row."""
        row = self.row(conn, values)
        return None if row is None else next(iter(row.values()))

    def run(self, conn: Connection, values: Values) -> int:
        """Change something; return how many rows."""
        compiled = self._for(conn, values)
        changed: int = _driver(conn).execute(compiled.sql, compiled.bound(values)).rowcount
        return changed

    def run_many(self, conn: Connection, many: Sequence[Values]) -> None:
        """Change something once for each of `many`, which are not empty."""
        compiled = self._for(conn, many[0])
        cursor = _driver(conn).cursor()
        cursor.executemany(compiled.sql, [compiled.bound(values) for values in many])

    def _for(self, conn: Connection, values: Values) -> "_Compiled":
        name = conn.dialect.name
        if name not in self._compiled:
            statement = self._statement
            chosen = statement[name] if isinstance(statement, Mapping) else statement
            self._compiled[name] = _compile(chosen, conn.dialect, list(values))
        return self._compiled[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compiled:
    sql: str
    order: Sequence[str] | None  # of the values, where the driver counts them
    fixed: Values  # what the statement itself says
    convert: Mapping[str, _Convert]  # the values that each use brings
    columns: Sequence[tuple[str, _Convert]]

    def bound(self, values: Values) -> Any:  # noqa: ANN401 - as the driver wants them
        bound = {
            name: values[name] if convert is None else convert(values[name])
            for name, convert in self.convert.items()
        }
        if self.order is None:
            return {**self.fixed, **bound}
        fixed = self.fixed
        return [bound[name] if name in bound else fixed[name] for name in self.order]

    def row(self, found: Sequence[Any]) -> Row:
        return {
            name: value if convert is None else convert(value)
            for (name, convert), value in zip(self.columns, found, strict=True)
        }


def _compile(statement: Any, dialect: Dialect, names: list[str]) -> _Compiled:  # noqa: ANN401 - see Prepared
    adding = getattr(statement, "is_insert", False)
    compiled = statement.compile(dialect=dialect, column_keys=names if adding else None)
    sql = str(compiled)
    if "POSTCOMPILE" in sql:
        raise TypeError(f"a list of many values cannot be prepared: {sql}")
    converts = {name: _bind(compiled.binds[name].type, dialect) for name in compiled.params}
    given = [name for name in compiled.params if compiled.binds[name].required]
    fixed = {
        name: value if (convert := converts[name]) is None else convert(value)
        for name, value in compiled.params.items()
        if name not in given
    }
    return _Compiled(
        sql=sql,
        order=compiled.positiontup if compiled.positional else None,
        fixed=fixed,
        convert={name: converts[name] for name in given},
        columns=[
            (column.key, _result(column.type, dialect)) for column in statement.exported_columns
        ],
    )


def _bind(kind: TypeEngine[Any], dialect: Dialect) -> _Convert:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _result(kind: TypeEngine[Any], dialect: Dialect) -> _Convert:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _driver(conn: Connection) -> Any:  # noqa: ANN401 - sqlite3's or psycopg's own
    return conn.connection.driver_connection

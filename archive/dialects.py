"""The little that the two engines say in different words."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import Insert, Select, Table, select
from sqlalchemy.dialects import postgresql, sqlite

Spoken: TypeAlias = Mapping[str, Insert]
"""One statement, by the name of the engine: `conn.dialect.name`."""


def unless_there(table: Table) -> Spoken:
    """Return an INSERT that leaves a row alone which is there by any unique key.

    Its `rowcount` tells how many rows were new.
    """
    lite, post = sqlite.insert(table), postgresql.insert(table)
    return {
        "sqlite": lite.on_conflict_do_nothing().execution_options(preserve_rowcount=True),
        "postgresql": post.on_conflict_do_nothing().execution_options(preserve_rowcount=True),
    }


def in_place_of(table: Table, *changed: str) -> Spoken:
    """Return an INSERT that overwrites the columns `changed` of a row with the same primary key."""
    key = [column.name for column in table.primary_key]
    lite, post = sqlite.insert(table), postgresql.insert(table)
    return {
        "sqlite": lite.on_conflict_do_update(
            index_elements=key, set_={name: lite.excluded[name] for name in changed}
        ),
        "postgresql": post.on_conflict_do_update(
            index_elements=key, set_={name: post.excluded[name] for name in changed}
        ),
    }


def chosen_once(ids: Select[Any]) -> Select[Any]:
    """Return what a claim chooses, for its `IN`, as something that PostgreSQL works out only once.

    It may run a plain subquery once for each row, and where that skips the rows which are locked
    already, each run chooses others: more are claimed than its LIMIT says.
    """
    return select(ids.cte("chosen"))

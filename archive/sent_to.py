"""Where alerts and notices went: the deliveries that carried each, and what came back last."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Select, and_, bindparam, select

from archive.schema_telling import attempts, channels, deliveries


@dataclass(frozen=True, slots=True, kw_only=True)
class SentTo:
    """How one alert or notice went out through one channel: its delivery, the last answer.

    `attempts_before` of the attempts were made before a person had it sent again.
    """

    channel: str
    delivery: int
    state: str
    attempts: int
    last_outcome: str | None
    last_status: int | None
    attempts_before: int = 0


def deliveries_of(carried: Column[int]) -> Select[Any]:
    """Select the deliveries of many, told by the column of a table that says what each carried."""
    return (
        select(
            carried.label("carried"),
            channels.c.name.label("channel"),
            deliveries.c.id.label("delivery"),
            deliveries.c.state,
            deliveries.c.attempts,
            deliveries.c.attempts_before,
            attempts.c.outcome.label("last_outcome"),
            attempts.c.status.label("last_status"),
        )
        .select_from(
            carried.table.join(deliveries)
            .join(channels, deliveries.c.channel == channels.c.id)
            .outerjoin(
                attempts,
                and_(
                    attempts.c.delivery == deliveries.c.id,
                    attempts.c.n == deliveries.c.attempts,
                ),
            )
        )
        .where(carried.in_(bindparam("many", expanding=True)))
        .order_by(deliveries.c.id)
    )


def sent_to(
    conn: Connection, statement: Select[Any], numbers: Collection[int]
) -> defaultdict[int, list[SentTo]]:
    """Return where each of `numbers` went, by a statement that `deliveries_of` made."""
    sent: defaultdict[int, list[SentTo]] = defaultdict(list)
    if numbers:
        for row in conn.execute(statement, {"many": list(numbers)}).mappings():
            said = dict(row)
            sent[said.pop("carried")].append(SentTo(**said))
    return sent

"""How much waits for each channel, how much was given up, and when one last took something."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, func, select

from archive.schema_telling import deliveries
from news.delivery import DeliveryState


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelFigures:
    """Deliveries of one channel: `dead` ones are kept for replay."""

    waiting: int = 0
    dead: int = 0
    last_delivered_at: datetime | None = None


def of_all(conn: Connection) -> dict[int, ChannelFigures]:
    """Return the figures by channel; every channel has some, be they nought."""
    figures: defaultdict[int, ChannelFigures] = defaultdict(ChannelFigures)
    for row in conn.execute(_WAITING):
        figures[row.channel] = ChannelFigures(waiting=row.number)
    for row in conn.execute(_SETTLED):
        if row.state == DeliveryState.DEAD:
            figures[row.channel] = replace(figures[row.channel], dead=row.number)
        else:
            figures[row.channel] = replace(figures[row.channel], last_delivered_at=row.last)
    return figures


_COUNT = func.count().label("number")
_WAITING = (
    select(deliveries.c.channel, _COUNT)
    .where(deliveries.c.due_at.is_not(None))
    .group_by(deliveries.c.channel)
)
_SETTLED = (
    select(
        deliveries.c.channel,
        deliveries.c.state,
        _COUNT,
        func.max(deliveries.c.settled_at).label("last"),
    )
    .where(deliveries.c.settled_at.is_not(None))
    .group_by(deliveries.c.channel, deliveries.c.state)
)

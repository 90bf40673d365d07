"""Tells what notices were given to the channels of `[notices] to`: never a flood, and none lost.

A notice is a row that is due until a message carries it (archive/notices.py). One transaction takes
all that wait, so that fifty sources of a host that died are one message, and whoever dies before it
leaves them due. The next message is ten minutes away at least: what arises meanwhile waits for it,
and stands in it.
"""

import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from alerts.facts import NoticeFacts, NoticesFacts
from alerts.registry import Payloads
from archive import channels, notices, outbox
from archive.database import Database, Transaction
from archive.notices import KeptNotice
from news.channel import KeptChannel
from news.clock import Clock, utc_now
from scheduler.trouble import LONG_ENOUGH
from wirewatch.desk import Rules
from wirewatch.noticing import GATHERED

BETWEEN = timedelta(minutes=10)
"""Between two messages with notices lies so much at least: six an hour, whatever happens."""

_SOON = LONG_ENOUGH + timedelta(minutes=1)
"""What is due later than that was given while the clock stood ahead: it waits no longer."""

MOST = 100
"""So many notices stand in one message; the others are counted there, and listed on demand."""

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class NoticeBoard:
    """Owes messages for notices that are due; `to` returns the channels that hear of them.

    With `at_once` notices wait for no others: this process ends after its round.
    """

    database: Database
    rules: Rules
    to: Callable[[], Awaitable[Sequence[str]]]
    at_once: bool = False
    clock: Clock = utc_now
    _said: set[str] = field(default_factory=set, init=False)

    async def look(self) -> None:
        """Tell what is due, if the last message is long enough ago."""
        if not await self.database.read(self._is_time):
            return
        names = await self.to()
        await self.database.write(partial(self._tell, names=names))

    def _is_time(self, conn: Transaction) -> bool:
        now, first = self.clock(), notices.first_due(conn)
        if first is None or (now < first <= now + _SOON and not self.at_once):
            return False
        last = notices.last_message(conn)
        return last is None or not timedelta() <= now - last < BETWEEN

    def _tell(self, conn: Transaction, names: Sequence[str]) -> None:
        self.database.alone(conn)  # two processes would each send a message
        if not self._is_time(conn):
            return
        waiting, known = self._waiting(conn), channels.listing(conn)
        hearing = [one for one in known if one.settings.name in names]
        self._say_unknown(set(names) - {one.settings.name for one in hearing})
        owe(conn, waiting, hearing, rules=self.rules, now=self.clock())

    def _waiting(self, conn: Transaction) -> list[KeptNotice]:
        """Return what is to be told: all, but what is only worth telling if it lasts."""
        soon, far = self.clock() + GATHERED, self.clock() + _SOON
        return [
            one
            for one in notices.untold(conn)
            if self.at_once or one.due_at is None or one.due_at <= soon or one.due_at > far
        ]

    def _say_unknown(self, names: Collection[str]) -> None:
        for name in sorted(set(names) - self._said):
            self._said.add(name)
            log.warning('[notices] to: there is no channel "%s" (any more)', name)


def owe(
    conn: Transaction,
    waiting: Sequence[KeptNotice],
    hearing: Sequence[KeptChannel],
    *,
    rules: Rules,
    now: datetime,
) -> None:
    """Owe each channel one message that carries all that waits, and let it wait no more."""
    payloads = Payloads(_facts(waiting, rules, now), mail_domain=rules.mail_domain)
    for channel in hearing:
        payload = payloads.of(channel.settings.url)
        number = outbox.owe(conn, channel=channel.id, alerts=(), payload=payload, now=now)
        notices.carry(conn, number, [one.id for one in waiting])
    notices.settle(conn, [one.id for one in waiting])


def _facts(
    waiting: Sequence[KeptNotice], rules: Rules, now: datetime
) -> NoticeFacts | NoticesFacts:
    told = tuple(
        NoticeFacts(
            number=one.id, notice=one.notice, timezone=rules.timezone, base_url=rules.base_url
        )
        for one in waiting[:MOST]
    )
    if len(told) == 1:
        return told[0]
    return NoticesFacts(at=now, notices=told, omitted=len(waiting) - len(told))

"""What silences held is told when they end: one message per watch and channel, as of then.

An alert is due at the end of what holds it, be that in its time or by a person's hand. One
transaction tells all that is due of one watch, so whoever dies before it leaves it due, and
whoever comes second finds nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from alerts.facts import ACCOUNTS, AlertFacts, DigestFacts
from alerts.registry import Payloads
from archive import articles, channels, held, matches, outbox, silences, stories, trail, watches
from archive.database import Database, Transaction
from archive.held import HeldAlert
from news.alert import AlertState
from news.clock import Clock, utc_now
from news.silence import Silence
from news.trail import Reason, Step, TrailLine
from news.watch import Watch
from scheduler.pump import Pump
from wirewatch.desk import Rules
from wirewatch.events import HeldTold, Tell

LISTED = 100
"""So many alerts stand in one message, the newest; the rest is counted."""

GONE = "dropped:removed"
"""The reason of alerts whose watch was removed while they were held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summaries:
    """Tells what was held, one watch a call."""

    database: Database
    rules: Rules
    tell: Tell
    clock: Clock = utc_now

    def pump(self, *, then: Callable[[], None]) -> Pump[int]:
        """Return what looks for watches whose held alerts are due, and tells them one by one.

        A look claims nothing, so there is never more than one under way.
        """
        return Pump(name="summaries", claim=self._due, work=self.carry, capacity=1, then=then)

    async def _due(self, _limit: int) -> list[int]:
        watch = await self.database.read(partial(held.watch_due, now=self.clock()))
        return [] if watch is None else [watch]

    async def carry(self, watch: int) -> None:
        """Tell what is due of `watch`, or have another silence hold it on."""
        told = await self.database.write(partial(self._release, watch))
        if told is not None:
            self.tell(told)

    def _release(self, watch: int, conn: Transaction) -> HeldTold | None:
        return release(self.database, conn, watch, self.rules, now=self.clock())


def release(
    database: Database, conn: Transaction, watch: int, rules: Rules, *, now: datetime
) -> HeldTold | None:
    """Tell what is due of `watch` in `conn`'s transaction; None where nobody is told."""
    database.alone(conn)
    due = held.due(conn, watch=watch, now=now)
    if not due:
        return None  # another worker told it
    silence = silences.active_for(conn, watch=watch, now=now)
    if silence is not None:
        held.hold_on(conn, due, silence)
        _explain(conn, due, _decided(watch, "held:silence", f"held: on, by {silence}"), now)
        return None
    kept = watches.get(conn, watch)
    if kept is None:
        held.settle(conn, due, AlertState.DROPPED, GONE)
        words = "dropped: its watch was removed while it was held"
        _explain(conn, due, _decided(watch, GONE, words), now)
        return None
    return _tell(conn, kept, due, rules, now)


def _tell(
    conn: Transaction, watch: Watch, due: Sequence[HeldAlert], rules: Rules, now: datetime
) -> HeldTold:
    held.settle(conn, due, AlertState.TOLD)
    payloads = Payloads(_digest(conn, watch, due, rules, now))
    to = [one for one in channels.listing(conn) if one.id in watch.channels]
    for channel in to:
        numbers, payload = [one.id for one in due], payloads.of(channel.settings.url)
        outbox.owe(conn, channel=channel.id, alerts=numbers, payload=payload, now=now)
    names = tuple(one.settings.name for one in to)
    _explain(conn, due, _decided(watch.id, "told", _told_words(watch, due, names)), now)
    return HeldTold(
        watch=watch.settings.name,
        alerts=len(due),
        silence=" and ".join(map(str, _silences(due))),
        channels=names,
    )


def _digest(
    conn: Transaction, watch: Watch, due: Sequence[HeldAlert], rules: Rules, now: datetime
) -> DigestFacts:
    """Return the message; what it lists is as it is now, since articles may be revised by then."""
    shown = tuple(
        facts
        for one in due[-LISTED:]
        if (facts := _facts(conn, watch, one, rules.base_url)) is not None
    )
    return DigestFacts(
        because="silence",
        words=_because(due),
        at=now,
        watch=watch,
        alerts=shown,
        omitted=len(due) - len(shown),
        base_url=rules.base_url,
    )


def _facts(
    conn: Transaction, watch: Watch, alert: HeldAlert, base_url: str | None
) -> AlertFacts | None:
    article = None if alert.article is None else articles.get(conn, alert.article)
    if article is None:
        return None
    reading = articles.reading_of(conn, article.id)
    return AlertFacts(
        alert=alert.id,
        kind=alert.kind,
        reason=alert.reason,
        at=alert.at,
        watch=watch,
        article=article,
        match=matches.of(conn, watch=watch.id, article=article.id, revision=article.revision),
        story=stories.of(conn, article.story),
        body="" if reading is None else reading.body,
        accounts=lambda: stories.accounts(conn, article.story, limit=ACCOUNTS),
        base_url=base_url,
    )


def _silences(due: Sequence[HeldAlert]) -> list[Silence]:
    return list({one.silence.id: one.silence for one in due}.values())


def _because(due: Sequence[HeldAlert]) -> str:
    over = _silences(due)
    names = " and ".join(map(str, over))
    words = f"{names} is over and" if len(over) == 1 else f"{names} are over and"
    return f"{words} held {'this' if len(due) == 1 else 'these'}"


def _told_words(watch: Watch, due: Sequence[HeldAlert], names: Sequence[str]) -> str:
    alone = "alone" if len(due) == 1 else f"as one of {len(due)}"
    over = " and ".join(map(str, _silences(due)))
    words = f"told: {alone} in one message, now that {over} is over"
    if not names:
        words += "; to nobody, for the watch names no channel that there is"
    return f"{words}; the watch itself was paused meanwhile" if watch.paused else words


def _explain(conn: Transaction, due: Sequence[HeldAlert], reason: Reason, now: datetime) -> None:
    trail.write(conn, list(_lines(due, reason, now)))


def _decided(watch: int, code: str, words: str) -> Reason:
    return Reason(step=Step.DECIDED, code=code, words=words, watch=watch)


def _lines(due: Sequence[HeldAlert], reason: Reason, now: datetime) -> Iterator[TrailLine]:
    for one in due:
        if one.article is not None:
            yield TrailLine(at=now, reason=reason, article=one.article)

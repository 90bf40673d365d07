"""The desk: everything that says what a matching article sets off, as of one version.

It is a frozen picture of the archive's watches, channels and their order; whoever owes by it
checks inside the transaction that it is still the current one.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from alerts.matcher import WatchSet
from archive import aliases, channels, watches, word_counts
from archive.database import Transaction
from archive.search.frequencies import Frequencies
from news.channel import KeptChannel
from news.gist_rarity import SHIPPED, Rarity
from news.query.parse import parse
from news.query.tree import Query
from news.watch import Watch

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the configuration says for all watches: how old is old news, and where links lead.

    `mail_domain` is the one that mails are sent from, where they are; `timezone` is that of
    notices.
    """

    catch_up: timedelta = timedelta(hours=1)
    base_url: str | None = None
    mail_domain: str | None = None
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Watches by number, their channels by number, and the set that matches articles."""

    version: int
    rules: Rules
    watches: Mapping[int, Watch]
    channels: Mapping[int, KeptChannel]
    matcher: WatchSet
    rarity: Rarity = SHIPPED
    """How much each word tells, by which gists are made."""


def load(conn: Transaction, rules: Rules) -> Desk:
    """Take the desk's picture: every watch that is not paused, and every channel."""
    version = watches.set_version(conn)
    active = {watch.id: watch for watch in watches.listing(conn) if not watch.paused}
    matcher = WatchSet(Frequencies(conn))
    names = aliases.listing(conn)
    for watch in active.values():
        query = parse(watch.settings.query, names)
        if isinstance(query, Query):
            matcher.add(watch.id, watch.version, query)
        else:
            log.error("watch %s cannot be read and matches nothing", watch.settings.name)
    return Desk(
        version=version,
        rules=rules,
        watches=active,
        channels={channel.id: channel for channel in channels.listing(conn)},
        matcher=matcher,
        rarity=word_counts.rarity(conn),
    )

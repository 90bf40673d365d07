"""The message that tells what silences held: gathered and written while nobody waits for it.

Letters of a hundred long articles take their time, and everything that owes waits for one lock: so
a message is made by a look at the archive, and told by whoever finds what it says unchanged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from alerts.facts import ACCOUNTS, AlertFacts, DigestFacts
from alerts.registry import Payloads
from archive import aliases, articles, channels, held, matches, silences, stories, watches
from archive.database import Transaction
from archive.held import HeldAlert, Lot
from news.article import Article, Reading
from news.match import Match
from news.query.evaluate import compiled
from news.query.parse import parse
from news.query.spans import Places, Texts, spans_in
from news.query.tree import Query
from news.silence import Silence
from news.text import analyze
from news.watch import Watch
from wirewatch.desk import Rules

LISTED = 100
"""So many alerts stand in one message, the newest; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is said, as each of the watch's channels has it written, by the channel's number.

    `corrected` are the articles in it that match no more, since they were revised.
    """

    watch: Watch
    silences: Sequence[Silence]
    payloads: Mapping[int, bytes] = field(repr=False)
    names: tuple[str, ...]
    corrected: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What was due of a watch, and what is to be said of it as long as nothing changed.

    There is no message where the watch is gone, or another silence holds it on. `version` is the
    set number by which watch and channels were read.
    """

    lot: Lot
    version: int
    message: Message | None = None
    watch_gone: bool = False


def gathered(conn: Transaction, *, watch: int, rules: Rules, now: datetime) -> Gathered | None:
    """Gather what is due of `watch`; None where nothing is."""
    lot = held.lot(conn, watch=watch, now=now)
    if lot is None:
        return None
    version, kept = watches.set_version(conn), watches.get(conn, watch)
    if kept is None or silences.active_for(conn, watch=watch, now=now) is not None:
        return Gathered(lot=lot, version=version, watch_gone=kept is None)
    return Gathered(lot=lot, version=version, message=_message(conn, lot, kept, rules))


def _message(conn: Transaction, lot: Lot, watch: Watch, rules: Rules) -> Message:
    over = held.held_by(conn, lot)
    digest = _digest(conn, watch, lot, _because(over, lot.count), rules)
    to = [one for one in channels.listing(conn) if one.id in watch.channels]
    written = Payloads(digest, mail_domain=rules.mail_domain)
    return Message(
        watch=watch,
        silences=over,
        payloads={one.id: written.of(one.settings.url) for one in to},
        names=tuple(one.settings.name for one in to),
        corrected=tuple(dict.fromkeys(one.article.id for one in digest.alerts if one.corrected)),
    )


def _digest(conn: Transaction, watch: Watch, lot: Lot, words: str, rules: Rules) -> DigestFacts:
    """Return the message; what it lists is as it is now, since articles may be revised by then."""
    listed = _Listed(conn, watch, rules.base_url)
    newest = held.newest(conn, lot, limit=LISTED)
    shown = tuple(facts for one in newest if (facts := listed.facts(one)) is not None)
    return DigestFacts(
        because="silence",
        words=words,
        at=lot.now,
        watch=watch,
        alerts=shown,
        omitted=lot.count - len(shown),
        base_url=rules.base_url,
    )


class _Listed:
    """Says of single alerts what a message says of them."""

    def __init__(self, conn: Transaction, watch: Watch, base_url: str | None) -> None:
        self._conn = conn
        self._watch = watch
        self._base_url = base_url
        self._query: Query | None = None

    def facts(self, alert: HeldAlert) -> AlertFacts | None:
        conn = self._conn
        article = None if alert.article is None else articles.get(conn, alert.article)
        if article is None:
            return None
        reading = articles.reading_of(conn, article.id)
        match = self._match(article, reading)
        return AlertFacts(
            alert=alert.id,
            kind=alert.kind,
            reason=alert.reason,
            at=alert.at,
            watch=self._watch,
            article=article,
            match=match or Match(watch=self._watch.id, version=self._watch.version, spans=()),
            story=stories.of(conn, article.story),
            body="" if reading is None else reading.body,
            accounts=lambda: stories.accounts(conn, article.story, limit=ACCOUNTS),
            base_url=self._base_url,
            corrected=match is None,
        )

    def _match(self, article: Article, reading: Reading | None) -> Match | None:
        """Return why the watch holds for `article` as it reads now; None where it holds no more.

        What is kept is of the text that was matched last, and a watch that was paused since has
        matched none: so the revised text is asked, and where none is kept, whether it was matched.
        """
        known = matches.of(
            self._conn, watch=self._watch.id, article=article.id, revision=article.revision
        )
        if known.spans or article.revision == 1 or reading is None:
            return known
        if not reading.body:
            return known if self._watch.paused else None
        query = self._asked()
        if query is None:
            return known
        analyzed = analyze(reading.title, reading.body, reading.lead)
        if not compiled(query)(analyzed):
            return None
        texts = Texts(Places(reading.title), Places(reading.body))
        return replace(known, spans=spans_in(query, analyzed, texts))

    def _asked(self) -> Query | None:
        if self._query is None:
            found = parse(self._watch.settings.query, aliases.listing(self._conn))
            self._query = found if isinstance(found, Query) else None
        return self._query


def _because(over: Sequence[Silence], count: int) -> str:
    names = " and ".join(map(str, over))
    words = f"{names} is over and" if len(over) == 1 else f"{names} are over and"
    return f"{words} held {'this' if count == 1 else 'these'}"

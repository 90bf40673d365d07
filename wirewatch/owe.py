"""Recognise, decide, owe: the second transaction of a story's way, one article at a time.

What is decided by is read inside the transaction: the article as the archive knows it, what each
watch was told before, and whether the set of watches is still the one that was matched. So two
workers, a restart, or a watch edited in between never tell the same thing twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias, assert_never

from archive import (
    articles,
    entries,
    forgotten,
    forgotten_entries,
    matches,
    no_copy,
    recognition,
    story_decisions,
    trail,
    watches,
)
from archive.articles import NewArticle
from archive.columns import clean
from archive.database import Database, Transaction
from archive.recognition import Known, Unknown
from news.article import Article, Read, Reading
from news.trail import Reason, Step, TrailLine
from wirewatch import forgetting
from wirewatch.newcomer import added, new_article, said_of
from wirewatch.prepared import Prepared
from wirewatch.telling import Candidate, Told, explained


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What was written: the article, whether it is new, and the alerts it set off."""

    article: Article
    revised: bool
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Stale:
    """The watches changed since it was matched; nothing was written."""


@dataclass(frozen=True, slots=True)
class Instead:
    """The archive keeps `reading` of `article`, and it is to be matched; nothing was written."""

    reading: Reading
    article: int


Outcome: TypeAlias = Owed | Stale | Instead


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settled:
    """The article as it is kept from now on, why, and whether it was revised.

    `anew` tells that its entry spoke of other news before, which counts for nothing now.
    """

    article: Article
    reason: Reason
    revised: bool
    anew: bool


class Fenced(Exception):  # noqa: N818 - its work is to undo the transaction that it leaves
    """The entry's claim ran out: another worker has it by now, and nothing was written."""


def owe(database: Database, conn: Transaction, prepared: Prepared, now: datetime) -> Outcome:
    """Write article, matches, alerts, deliveries and trail in `conn`'s transaction.

    Raises `Fenced`, which undoes the transaction, where the entry's claim has run out.
    """
    database.alone(conn)
    if watches.set_version(conn) != prepared.desk.version:
        return Stale()
    new = new_article(prepared, now)
    barred = forgetting.barring(conn, prepared, new)
    if barred is not None:
        prepared = forgetting.unsaid(prepared, barred)
        new = new_article(prepared, now)
    settled = _recognise(conn, prepared, new)
    if isinstance(settled, Instead):
        return settled
    article = settled.article
    reasons = [*prepared.reasons, settled.reason]
    told: list[Told] = []
    before = None if settled.anew else prepared.due.article
    speaking = replace(prepared, due=replace(prepared.due, article=before))
    for match in prepared.matches:
        matches.add(conn, match, article=article.id, revision=article.revision)
        alert = Candidate(prepared=speaking, match=match, article=article, at=now)
        decision, sent = alert.decide_and_tell(conn)
        reasons.extend(explained(match, decision))
        told.extend(sent)
    if barred is not None:
        forgotten_entries.lock(conn, article.id, entry=prepared.due.id)
    _close(conn, prepared, article, reasons, now)
    if barred is not None:
        forgotten.erase(conn, article.id)
    return Owed(article=article, revised=settled.revised, told=tuple(told))


def _recognise(conn: Transaction, prepared: Prepared, new: NewArticle) -> _Settled | Instead:
    """Keep the article, and return how it is kept from now on, or what is to be kept instead."""
    due = prepared.due
    found = recognition.recognise(conn, new, own=prepared.kept or due.article)
    match found:
        case Unknown():
            article = added(conn, new, found)
            code, words = said_of(found)
        case Known(article=kept) if prepared.last:
            article, code = kept, "known"
            words = "a known article; the words that are kept of it were not settled on"
        case Known() if stored := _rather_kept(conn, found, new.reading):
            return Instead(stored, found.article.id)
        case Known(article=kept, same_text=True):
            article, code, words = kept, "known", "a known article"
        case Known(article=kept):
            article, words = _revised(conn, kept.id, new)
            code = "revised"
        case _:
            assert_never(found)
    if isinstance(found, Known) and found.titled:
        words += ", known by its publisher and title"
    revised = code == "revised"
    if articles.join(conn, article.id, due.source) and code in {"known", "revised"}:
        words, code = f"{words}, told by a further source, {due.source_name}", "joined"
    reason = Reason(step=Step.RECOGNISED, code=code, words=words)
    anew = isinstance(found, Unknown) and found.over is not None
    return _Settled(article=article, reason=reason, revised=revised, anew=anew)


def _revised(conn: Transaction, article: int, new: NewArticle) -> tuple[Article, str]:
    """Keep the next revision; what was another's words and is no more becomes a piece of its own.

    Where a person put it into its story it stays there.
    """
    own = recognition.unlike_original(conn, article, new)
    more = ""
    if own is not None:
        story = own.account.story if own.account else None
        if story_decisions.decided(conn, article):
            kept = articles.get(conn, article)
            story = kept.story if kept else story
        no_copy.be_its_own(conn, article, story=story, at=new.owed_at)
        more = ", and no copy any more"
    after = articles.revise(conn, article, new)
    return after, f"revision {after.revision} of a known article{more}"


def _rather_kept(conn: Transaction, found: Known, reading: Reading) -> Reading | None:
    """Return the kept texts where they, and not `reading`, are what matches are to speak of.

    That is so for an equal text at another address, whose title may differ, and for a text read in
    full while this page could not be read: it may have been owed since this one was asked for.
    What is not kept, or is what was matched just now, is nothing to match again.
    """
    full = reading.read is Read.FALLBACK and found.article.read is Read.FULL
    stored = articles.reading_of(conn, found.article.id) if found.elsewhere or full else None
    if stored is None or stored.noarchive or _worded(stored) == _worded(reading):
        return None
    return stored


def _worded(reading: Reading) -> tuple[str, str, str, Read]:
    return reading.url, clean(reading.title), clean(reading.body), reading.read


def _close(
    conn: Transaction,
    prepared: Prepared,
    article: Article,
    reasons: Sequence[Reason],
    at: datetime,
) -> None:
    due = prepared.due
    # The entry first: a visit that notes it takes the same rows in the same order.
    if not entries.finish(conn, due, article=article.id, again_at=prepared.again_at):
        raise Fenced
    lines = [
        TrailLine(at=at, reason=reason, entry=due.id, article=article.id) for reason in reasons
    ]
    trail.write(conn, lines)

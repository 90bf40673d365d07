"""Recognise, decide, owe: the second transaction of a story's way, one article at a time.

What is decided by is read inside the transaction: the article as the archive knows it, what each
watch was told before, and whether the set of watches is still the one that was matched. So two
workers, a restart, or a watch edited in between never tell the same thing twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import TypeAlias, assert_never

from alerts import policy, render
from archive import alerts, articles, entries, outbox, stories, trail, watches
from archive.articles import Known, NewArticle, Unknown
from archive.database import Database, Transaction
from news.alert import AlertState
from news.article import Article, Reading
from news.entry import DueEntry
from news.match import Match
from news.publisher import publisher_of
from news.text import Analyzed
from news.trail import Reason, Step, TrailLine
from news.watch import Watch
from wirewatch.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An entry that was read and matched by `desk`; `again_at` (UTC) has its page read once more.

    `reasons` is the trail so far: how it was read.
    """

    due: DueEntry
    reading: Reading
    analyzed: Analyzed
    matches: Sequence[Match]
    desk: Desk
    reasons: tuple[Reason, ...]
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An alert as it was owed: which watch, and to which channels."""

    alert: int
    watch: str
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What was written: the article, whether it is new, and the alerts it set off."""

    article: Article
    revised: bool
    told: tuple[Told, ...]
    old: bool


@dataclass(frozen=True, slots=True)
class Stale:
    """The watches changed since it was matched; nothing was written."""


Outcome: TypeAlias = Owed | Stale


class Fenced(Exception):  # noqa: N818 - its work is to undo the transaction that it leaves
    """The entry's claim ran out: another worker has it by now, and nothing was written."""


def owe(database: Database, conn: Transaction, prepared: Prepared, now: datetime) -> Outcome:
    """Write article, matches, alerts, deliveries and trail in `conn`'s transaction.

    Raises `Fenced`, which undoes the transaction, where the entry's claim has run out.
    """
    database.alone(conn)
    if watches.set_version(conn) != prepared.desk.version:
        return Stale()
    article, recognised, revised = _recognise(conn, prepared, now)
    reasons = [*prepared.reasons, recognised]
    told: list[Told] = []
    for match in prepared.matches:
        alerts.add_match(conn, match, article=article.id, revision=article.revision)
        alert = _Alert(prepared=prepared, match=match, article=article, at=now)
        decision, sent = alert.decide_and_tell(conn)
        reasons.extend(_explained(match, decision))
        told.extend(sent)
    _close(conn, prepared, article, reasons, now)
    old = any(reason.code == "dropped:old" for reason in reasons)
    return Owed(article=article, revised=revised, told=tuple(told), old=old)


def _recognise(
    conn: Transaction, prepared: Prepared, now: datetime
) -> tuple[Article, Reason, bool]:
    """Return the article as it is kept from now on, why, and whether it was revised."""
    reading, due = prepared.reading, prepared.due
    new = NewArticle(
        reading=reading,
        publisher=publisher_of(reading.url),
        text_hash=text_hash(prepared.analyzed),
        analyzed=prepared.analyzed,
        first_seen_at=due.noted_at,
        owed_at=now,
    )
    long = len(prepared.analyzed.body) >= articles.LONG_ENOUGH
    found = articles.recognise(
        conn, reading, publisher=new.publisher, text_hash=new.text_hash, long=long
    )
    match found:
        case Unknown(story, copy_of):
            article = articles.add(conn, replace(new, story=story, copy_of=copy_of))
            words = "a new article" if story is None else "a new article with another's words"
            code = "new" if story is None else "copy"
        case Known(article=article, same_text=same):
            article = article if same else articles.revise(conn, article.id, new)
            words = "a known article" if same else f"revision {article.revision} of a known article"
            code = "known" if same else "revised"
        case _:
            assert_never(found)
    revised = code == "revised"
    if articles.join(conn, article.id, due.source) and code in {"known", "revised"}:
        words, code = f"{words}, told by a further source, {due.source_name}", "joined"
    return article, Reason(step=Step.RECOGNISED, code=code, words=words), revised


@dataclass(frozen=True, slots=True, kw_only=True)
class _Alert:
    """A match on its way to being told, or not."""

    prepared: Prepared
    match: Match
    article: Article
    at: datetime

    def decide_and_tell(self, conn: Transaction) -> tuple[policy.Decision, list[Told]]:
        watch, due = self.prepared.desk.watches[self.match.watch], self.prepared.due
        candidate = policy.Candidate(
            watch=watch,
            published_at=self.article.published_at,
            first_seen_at=self.article.first_seen_at,
            source_name=due.source_name,
            source_added_at=due.source_added_at,
            first_visit=due.first_visit,
        )
        standing = alerts.standing(
            conn, watch=watch.id, story=self.article.story, article=self.article.id
        )
        rules = self.prepared.desk.rules
        decision = policy.decide(candidate, standing, catch_up=rules.catch_up)
        match decision.verdict:
            case policy.Verdict.TOLD:
                return decision, self._tell(conn, watch, decision)
            case policy.Verdict.DROPPED:
                alerts.add(conn, self._kept(watch, decision, AlertState.DROPPED))
                return decision, []
            case policy.Verdict.KNOWN | policy.Verdict.FOLDED | policy.Verdict.BELOW:
                return decision, []
            case _:
                assert_never(decision.verdict)

    def _kept(self, watch: Watch, decision: policy.Decision, state: AlertState) -> alerts.NewAlert:
        return alerts.NewAlert(
            watch=watch.id,
            story=self.article.story,
            article=self.article.id,
            kind=decision.kind,
            reason=decision.code,
            state=state,
            at=self.at,
        )

    def _tell(self, conn: Transaction, watch: Watch, decision: policy.Decision) -> list[Told]:
        number = alerts.add(conn, self._kept(watch, decision, AlertState.TOLD))
        if number is None:
            return []
        payload = render.render(
            render.AlertFacts(
                alert=number,
                kind=decision.kind,
                reason=decision.code,
                at=self.at,
                watch=watch,
                article=self.article,
                match=self.match,
                story=stories.of(conn, self.article.story),
                base_url=self.prepared.desk.rules.base_url,
            )
        )
        for channel in watch.channels:
            outbox.owe(conn, channel=channel, alerts=[number], payload=payload, now=self.at)
        return [Told(alert=number, watch=watch.settings.name, channels=watch.settings.to)]


def _explained(match: Match, decision: policy.Decision) -> list[Reason]:
    terms = sorted({span.term for span in match.spans})
    return [
        Reason(
            step=Step.MATCHED,
            code="matched",
            words="by " + ", ".join(terms),
            watch=match.watch,
        ),
        Reason(
            step=Step.DECIDED,
            code=decision.code,
            words=f"{decision.verdict}: {decision.words}",
            watch=match.watch,
        ),
    ]


def _close(
    conn: Transaction,
    prepared: Prepared,
    article: Article,
    reasons: Sequence[Reason],
    at: datetime,
) -> None:
    due = prepared.due
    trail.write(
        conn,
        [TrailLine(at=at, reason=reason, entry=due.id, article=article.id) for reason in reasons],
    )
    if not entries.finish(conn, due, article=article.id, again_at=prepared.again_at):
        raise Fenced


def text_hash(analyzed: Analyzed) -> bytes:
    """Return 16 bytes that stand for the words of the body, however they are set (BLAKE2b)."""
    return blake2b(" ".join(analyzed.body).encode(), digest_size=16).digest()

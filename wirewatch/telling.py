"""From a match to its alert and deliveries: what was told before, the decision, the debt."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from alerts import policy
from alerts.facts import ACCOUNTS, AlertFacts
from alerts.registry import Payloads
from archive import alerts, articles, outbox, standing, stories
from archive.database import Transaction
from news.alert import AlertState, Standing
from news.article import Article
from news.ids import wire_id
from news.match import Match
from news.silence import Silence
from news.trail import Reason, Step
from news.watch import Watch
from wirewatch.events import AlertHeld, AlertTold
from wirewatch.prepared import Prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An alert as it was owed: which watch, and to which channels; or what holds it for now."""

    alert: int
    watch: str
    channels: tuple[str, ...] = ()
    held_by: Silence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A match on its way to being told, or not; `at` (UTC) is when it is owed."""

    prepared: Prepared
    match: Match
    article: Article
    at: datetime

    def decide_and_tell(self, conn: Transaction) -> tuple[policy.Decision, list[Told]]:
        """Decide, and owe what follows; return the decision and what is told."""
        watch, due = self.prepared.desk.watches[self.match.watch], self.prepared.due
        asked = policy.Candidate(
            watch=watch,
            published_at=self.article.published_at,
            first_seen_at=self.article.first_seen_at,
            source_name=due.source_name,
            source_added_at=due.source_added_at,
            first_visit=due.first_visit,
            is_copy=self.article.copy_of is not None,
        )
        rules = self.prepared.desk.rules
        decision = policy.decide(asked, self._standing(conn), catch_up=rules.catch_up)
        match decision.verdict:
            case policy.Verdict.TOLD:
                return decision, self._tell(conn, watch, decision)
            case policy.Verdict.HELD:
                return decision, self._hold(conn, watch, decision)
            case policy.Verdict.DROPPED:
                alerts.add(conn, self._kept(watch, decision, AlertState.DROPPED))
                return decision, []
            case policy.Verdict.KNOWN | policy.Verdict.FOLDED | policy.Verdict.BELOW:
                return decision, []
            case _:
                assert_never(decision.verdict)

    def _standing(self, conn: Transaction) -> Standing:
        """Return what the watch was told, also of the article that the entry became before."""
        article, before = self.article, self.prepared.due.article
        stands = self._stands(conn, article)
        former = articles.get(conn, before) if before not in {None, article.id} else None
        if before is None or former is None:
            return stands
        other = self._stands(conn, former)
        return replace(
            stands,
            told_story=stands.told_story or other.told_story,
            told_article=stands.told_article or other.told_article,
        )

    def _stands(self, conn: Transaction, article: Article) -> Standing:
        watch = self.match.watch
        return standing.of(conn, watch=watch, story=article.story, article=article.id, now=self.at)

    def _kept(self, watch: Watch, decision: policy.Decision, state: AlertState) -> alerts.NewAlert:
        return alerts.NewAlert(
            watch=watch.id,
            story=self.article.story,
            article=self.article.id,
            kind=decision.kind,
            reason=decision.code,
            state=state,
            at=self.at,
            held_by=decision.held_by,
        )

    def _hold(self, conn: Transaction, watch: Watch, decision: policy.Decision) -> list[Told]:
        number = alerts.add(conn, self._kept(watch, decision, AlertState.HELD))
        if number is None:
            return []
        return [Told(alert=number, watch=watch.settings.name, held_by=decision.held_by)]

    def _tell(self, conn: Transaction, watch: Watch, decision: policy.Decision) -> list[Told]:
        number = alerts.add(conn, self._kept(watch, decision, AlertState.TOLD))
        if number is None:
            return []
        story, reading = self.article.story, self.prepared.reading
        payloads = Payloads(
            AlertFacts(
                alert=number,
                kind=decision.kind,
                reason=decision.code,
                at=self.at,
                watch=watch,
                article=self.article,
                match=self.match,
                story=stories.of(conn, story),
                body="" if reading.noarchive else reading.body,
                accounts=lambda: stories.accounts(conn, story, limit=ACCOUNTS),
                base_url=self.prepared.desk.rules.base_url,
            ),
            mail_domain=self.prepared.desk.rules.mail_domain,
        )
        known = [self.prepared.desk.channels[channel] for channel in watch.channels]
        for channel in known:
            payload = payloads.of(channel.settings.url)
            outbox.owe(conn, channel=channel.id, alerts=[number], payload=payload, now=self.at)
        names = tuple(channel.settings.name for channel in known)
        return [Told(alert=number, watch=watch.settings.name, channels=names)]


def alert_event(told: Told, article: Article) -> AlertTold | AlertHeld:
    """Return what there is to say of an alert about `article` as it was owed."""
    alert, silence = wire_id("al", told.alert), told.held_by
    if silence is None:
        return AlertTold(
            alert=alert,
            watch=told.watch,
            title=article.title,
            publisher=article.publisher_name,
            url=article.url,
            channels=told.channels,
        )
    return AlertHeld(
        alert=alert,
        watch=told.watch,
        title=article.title,
        publisher=article.publisher_name,
        url=article.url,
        silence=str(silence),
        until=silence.until,
    )


def explained(match: Match, decision: policy.Decision) -> list[Reason]:
    """Return the trail's lines on a match and what was decided of it."""
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

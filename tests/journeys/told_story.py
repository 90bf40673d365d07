"""An archive in which one story was told: noted, read, matched, alerted, delivered in vain."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from archive import alerts, articles, channels, entries, matches, outbox, sources, trail, watches
from archive.alerts import NewAlert
from archive.database import Database
from news.alert import AlertKind, AlertState
from news.channel import ChannelSettings
from news.delivery import Attempt
from news.match import Match, Span
from news.trail import Reason, Step, TrailLine
from news.watch import WatchSettings
from tests.contract.archive_world import FEED, LEASE, always, entry, new_article, next_visit, visit

TITLE = "\x1b[2J[red]Troops\u202e leave\r\nERROR forged"
"""What a stranger may call an article."""
SHOWN = "[2J[red]Troops leave ERROR forged"
URL = "https://yna.test/view/1"
PAYLOAD = b'{"type":"story.matched"}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What the archive calls them."""

    article: int
    alert: int
    delivery: int
    story: int


def tell_a_story(archive: Database, now: datetime) -> Numbers:
    """Keep a story told at `now` by one source, to one watch, and two entries beside it."""
    with archive.writing() as conn:
        source = sources.add(conn, FEED, now=now)
        settings = ChannelSettings(name="desk", url="https://hook.test/", secrets=("whsec_x",))
        channel = channels.add(conn, settings, now=now)
        wanted = WatchSettings(name="DPRK troops", query="troops", to=("desk",))
        watch = watches.add(conn, wanted, now=now)
        (due,) = sources.claim_due(conn, now=now, lease=LEASE, limit=1)
        seen = visit(entry(1), entry(2), at=now)
        assert entries.note(conn, due, seen, plan=always(next_visit(now + timedelta(hours=1))))
        (first,) = entries.claim_due(conn, now=now, lease=LEASE, limit=1)
        new = new_article(title=TITLE, body="Troops from the North.", owed_at=now)
        article = articles.add(conn, replace(new, first_seen_at=now))
        articles.join(conn, article.id, source)
        span = Span("title", 9, 15, "troops")
        match = Match(watch=watch, version=1, spans=(span, span))
        matches.add(conn, match, article=article.id, revision=1)
        alert = alerts.add(
            conn,
            NewAlert(
                watch=watch,
                story=article.story,
                article=article.id,
                kind=AlertKind.STORY,
                reason="told",
                state=AlertState.TOLD,
                at=now,
            ),
        )
        assert alert is not None
        delivery = outbox.owe(conn, channel=channel, alerts=[alert], payload=PAYLOAD, now=now)
        noted = Reason(step=Step.NOTED, code="new", words="Yonhap told it")
        decided = Reason(step=Step.DECIDED, code="told", words="told at once", watch=watch)
        lines = [
            TrailLine(at=now, reason=noted, entry=first.id),
            TrailLine(at=now, reason=decided, article=article.id),
        ]
        trail.write(conn, lines)
        entries.finish(conn, first, article=article.id)
    return Numbers(article=article.id, alert=alert, delivery=delivery, story=article.story)


def deliver_in_vain(archive: Database, now: datetime) -> None:
    """Try the one delivery that is owed, and be told to come again."""
    with archive.writing() as conn:
        (due,) = outbox.claim_due(conn, now=now, lease=LEASE, limit=1)
        busy = Attempt(at=now, outcome="HTTP 503", status=503, ms=40)
        outbox.postpone(conn, due, busy, until=now + timedelta(minutes=5))

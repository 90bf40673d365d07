"""Why: everything known about an address or a name on the wire."""

from dataclasses import replace

import pytest

from archive import alerts, articles, entries, matches, outbox, trail, why
from archive.alerts import NewAlert
from archive.database import Database
from news.alert import AlertKind, AlertState
from news.delivery import Attempt
from news.match import Match, Span
from news.trail import Reason, Step, TrailLine
from tests.contract.archive_world import (
    FEED,
    LEASE,
    NOW,
    add_article,
    add_channel,
    add_source,
    add_watch,
    entry,
    new_article,
    tell,
    within,
)

URL = "https://yna.test/view/1"
SPAN = Span("title", 0, 7, "article")


@pytest.fixture
def told(archive: Database) -> dict[str, int]:
    """Carry one story all the way, and return its numbers."""
    source = add_source(archive)
    watch, channel = add_watch(archive), add_channel(archive)
    tell(archive, entry(1))
    with archive.writing() as conn:
        (due,) = entries.claim_due(conn, now=NOW, lease=LEASE, limit=1)
        article = articles.add(conn, new_article())
        articles.join(conn, article.id, source)
        match = Match(watch=watch, version=1, spans=(SPAN,))
        matches.add(conn, match, article=article.id, revision=1)
        new = NewAlert(
            watch=watch,
            story=article.story,
            article=article.id,
            kind=AlertKind.STORY,
            reason="told",
            state=AlertState.TOLD,
            at=NOW,
        )
        alert = alerts.add(conn, new)
        assert alert is not None
        delivery = outbox.owe(conn, channel=channel, alerts=[alert], payload=b"{}", now=NOW)
        noted = Reason(step=Step.NOTED, code="new", words="Yonhap told it")
        decided = Reason(step=Step.DECIDED, code="told", words="told", watch=watch)
        trail.write(
            conn,
            [
                TrailLine(at=NOW, reason=noted, entry=due.id),
                TrailLine(at=NOW, reason=decided, article=article.id),
            ],
        )
        entries.finish(conn, due, article=article.id)
    return {
        "so": source,
        "ar": article.id,
        "st": article.story,
        "al": alert,
        "dl": delivery,
        "w": watch,
    }


def ask(archive: Database, name: str) -> why.Findings:
    with archive.reading() as conn:
        return why.about(conn, name, now=NOW)


@pytest.mark.parametrize("name", ["ar", "st", "al", "dl", "url"])
def test_the_whole_way_of_an_article_is_told(
    archive: Database, told: dict[str, int], name: str
) -> None:
    attempt = Attempt(at=NOW, outcome="delivered", status=200, ms=8, answer=b"ok")
    with archive.writing() as conn:
        (due,) = outbox.claim_due(conn, now=NOW, lease=LEASE, limit=1)
        outbox.delivered(conn, due, attempt)
    found = ask(archive, f"{URL}?utm_source=x" if name == "url" else f"{name}_{told[name]}")
    assert found.article is not None
    assert found.article.id == told["ar"]
    assert found.told_by == ("Yonhap",)
    (one,) = found.entries
    assert (one.source_name, one.state, one.article) == ("Yonhap", "done", told["ar"])
    assert [line.reason.code for line in found.trail] == ["new", "told"]
    (match,) = found.matches
    assert (match.watch, match.watch_name, match.spans) == (told["w"], "DPRK troops", (SPAN,))
    assert [alert.id for alert in found.alerts] == [told["al"]]
    (delivery,) = found.deliveries
    assert (delivery.channel, delivery.alerts, delivery.state) == (
        "desk",
        (told["al"],),
        "delivered",
    )
    assert delivery.attempts == (attempt,)
    assert [figures.id for figures in found.sources] == [told["so"]]


def test_an_address_that_nobody_told_names_who_might_have(archive: Database) -> None:
    source = add_source(archive)
    add_source(archive, replace(FEED, name="Other", url="https://other.test/rss"))
    tell(archive, entry(1), entry(2))
    found = ask(archive, "https://www.yna.test/unknown")
    assert found.article is None
    assert (found.entries, found.trail, found.alerts) == ((), (), ())
    (figures,) = found.sources
    assert (figures.id, figures.visits, figures.good, figures.entries) == (source, 1, 1, 2)
    assert (figures.last_visit_at, figures.newest_entry_at) == (NOW, NOW)


def test_an_entry_that_waits_is_told_with_the_reason(archive: Database) -> None:
    add_source(archive)
    tell(archive, entry(1))
    with archive.writing() as conn:
        (due,) = entries.claim_due(conn, now=NOW, lease=LEASE, limit=1)
        line = TrailLine(
            at=NOW, reason=Reason(step=Step.READ, code="again", words="HTTP 503"), entry=due.id
        )
        trail.write(conn, [line])
        entries.postpone(conn, due, due_at=NOW + LEASE, reason="HTTP 503")
    found = ask(archive, URL)
    (one,) = found.entries
    assert (one.state, one.reason, one.due_at, one.attempts) == (
        "noted",
        "HTTP 503",
        NOW + LEASE,
        1,
    )
    assert found.trail == (line,)


def test_a_source_is_told_by_its_name_on_the_wire(archive: Database) -> None:
    source = add_source(archive)
    assert [figures.name for figures in ask(archive, f"so_{source}").sources] == ["Yonhap"]


@pytest.mark.parametrize("name", ["ar_9", "st_9", "al_9", "dl_9", "so_9", "w_9", "", "no address"])
def test_what_is_not_there_is_nothing(archive: Database, name: str) -> None:
    assert ask(archive, name) == why.Findings()


def test_an_article_at_another_address_than_its_entry_is_found_by_both(archive: Database) -> None:
    add_source(archive)
    tell(archive, entry(1))
    with archive.writing() as conn:
        (due,) = entries.claim_due(conn, now=NOW, lease=LEASE, limit=1)
    canonical = new_article(7)
    article = add_article(archive, canonical)
    within(archive, lambda conn: entries.finish(conn, due, article=article.id))
    for url in (URL, canonical.reading.url):
        found = ask(archive, url)
        assert (found.article, len(found.entries)) == (article, 1)

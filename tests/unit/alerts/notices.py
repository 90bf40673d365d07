"""A source in trouble, as the values that notices are made from."""

from datetime import UTC, datetime, timedelta

from alerts.facts import NoticeFacts
from news.notice import Hint, Notice, NoticeKind, Party

NOW = datetime(2026, 11, 23, 6, 20, tzinfo=UTC)
SINCE = datetime(2026, 11, 23, 5, 58, tzinfo=UTC)
YONHAP = Party(id=4, name="Yonhap", url="https://en.yna.test/RSS/news.xml")


def facts_of(
    kind: NoticeKind = NoticeKind.FAILING,
    *,
    number: int = 31,
    source: Party = YONHAP,
    what: str = "HTTP 503 Service Unavailable: 4 visits in a row failed.",
    since: datetime = SINCE,
    opened: int | None = None,
    base_url: str | None = None,
    stopped: bool = False,
    timezone: str = "UTC",
) -> NoticeFacts:
    notice = Notice(
        kind=kind,
        at=NOW,
        since=since,
        what=what,
        next="It is tried again in 20 min, and you are told when it answers.",
        source=source,
        hints=(Hint("See what it answers", "wirewatch source try Yonhap"),),
        opened=opened,
        figures={"failures": 4, "status": 503, "stopped": stopped},
    )
    return NoticeFacts(number=number, notice=notice, base_url=base_url, timezone=timezone)


def many(count: int) -> tuple[NoticeFacts, ...]:
    """Return as many sources that fail, each a minute longer."""
    return tuple(
        facts_of(
            number=number,
            source=Party(id=number, name=f"Feed {number}", url=f"https://dead.test/{number}"),
            since=SINCE - timedelta(minutes=number),
        )
        for number in range(1, count + 1)
    )

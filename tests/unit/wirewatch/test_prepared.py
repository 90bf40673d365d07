"""Where an entry is matched: on the loop, or beside it where that takes long."""

import threading
from datetime import UTC, datetime

import pytest

from alerts.matcher import WatchSet
from news.article import Read, Reading
from news.entry import DueEntry, Entry
from news.match import Match
from news.query.parse import parse
from news.query.tree import Query
from news.text import Analyzed, analyze
from wirewatch.desk import Desk, Rules
from wirewatch.prepared import LONG_BODY, MUCH_WORK, prepared, prepared_beside

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
NAMES = [f"name{number}" for number in range(MUCH_WORK + 1)]
DUE = DueEntry(
    id=1,
    source=1,
    source_name="Yonhap",
    source_url="https://yna.test/rss",
    source_added_at=NOW,
    tags=(),
    entry=Entry(title="A story"),
    noted_at=NOW,
    first_visit=False,
    attempts=1,
    claim_no=1,
)


class Rare:
    def of(self, _: str) -> int:
        return 0


class Seen(WatchSet):
    """Remembers on which threads it matched."""

    def __init__(self) -> None:
        super().__init__(Rare())
        self.threads: list[threading.Thread] = []

    def match(self, article: Analyzed, title: str, body: str) -> list[Match]:
        self.threads.append(threading.current_thread())
        return super().match(article, title, body)


def desk() -> Desk:
    watches = Seen()
    for number in (1, 2):
        query = parse(f"@names -other{number}", {"names": NAMES})
        assert isinstance(query, Query)
        watches.add(number, 1, query)
    return Desk(version=1, rules=Rules(), watches={}, channels={}, matcher=watches)


@pytest.mark.parametrize(
    ("body", "beside"),
    [
        ("name1 met name2", False),
        (" ".join(NAMES[: MUCH_WORK // 2]), False),
        (" ".join(NAMES[: MUCH_WORK // 2 + 1]), True),  # each of both watches waits under each
        ("name1" + " " * LONG_BODY, True),
    ],
    ids=["little", "just not much", "much", "long"],
)
async def test_what_takes_long_is_matched_beside_the_loop_and_alike(
    body: str, *, beside: bool
) -> None:
    reading = Reading(url="https://yna.test/1", title="", lead="", body=body, read=Read.FULL)
    here = desk()
    ready = await prepared_beside(DUE, reading, here, NOW)
    assert isinstance(here.matcher, Seen)
    (thread,) = here.matcher.threads
    assert (thread is not threading.main_thread()) == beside
    assert ready == prepared(DUE, reading, here, NOW)
    assert [match.watch for match in ready.matches] == [1, 2]


async def test_a_text_is_analyzed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    analyzed: list[str] = []

    def counted(title: str, body: str, lead: str = "") -> Analyzed:
        analyzed.append(body)
        return analyze(title, body, lead)

    monkeypatch.setattr("wirewatch.prepared.analyze", counted)
    for body in ("name1", " ".join(NAMES)):
        reading = Reading(url="https://yna.test/1", title="", lead="", body=body, read=Read.FULL)
        await prepared_beside(DUE, reading, desk())
    assert analyzed == ["name1", " ".join(NAMES)]

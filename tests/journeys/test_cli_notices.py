"""An operator asks what became of the sources: who was in trouble, and who was told of it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from archive import channels, notices, outbox, sources
from archive.database import Database
from news.channel import ChannelSettings
from news.clock import utc_now
from news.delivery import Attempt
from news.notice import Hint, Notice, NoticeKind, Party
from news.source import SourceSettings
from tests.journeys.command_line import wirewatch, write

SECRET = "whsec_bm90IGEgcmVhbCBzZWNyZXQsIG9ubHkgYSB0ZXN0"
URL = "https://yna.test/rss"


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.chdir(tmp_path)
    write("")
    assert wirewatch("apply").code == 0
    database = Database.open(f"sqlite:///{tmp_path / 'wirewatch.db'}")
    yield database
    database.close()


def give(archive: Database, kind: NoticeKind, name: str = "Yonhap", *, days: int = 0) -> int:
    """Keep a source of that name, if there is none, and a notice of it."""
    with archive.writing() as conn:
        known = {one.settings.name: one.id for one in sources.listing(conn)}
        settings = SourceSettings(name=name, kind="feed", url=f"{URL}/{name}")
        number = known.get(name) or sources.add(conn, settings, now=utc_now())
        at = utc_now() - timedelta(days=days)
        notice = Notice(
            kind=kind,
            at=at,
            since=at - timedelta(hours=1),
            what="HTTP 503 Service Unavailable: 4 visits in a row failed.",
            next="It is tried again in 20 min.",
            source=Party(id=number, name=name, url=settings.url),
            hints=(Hint("See what it answers", f"wirewatch source try {name}"),),
        )
        return notices.add(conn, notice, due_at=at)


def tell_in_vain(archive: Database, *numbers: int) -> int:
    """Owe the desk one message of these notices, and have its first attempt fail."""
    now = utc_now()
    with archive.writing() as conn:
        settings = ChannelSettings(name="desk", url="https://hook.test/", secrets=(SECRET,))
        desk = channels.add(conn, settings, now=now)
        owed = outbox.owe(conn, channel=desk, alerts=[], payload=b'{"type":"x"}', now=now)
        notices.carry(conn, owed, numbers)
        notices.settle(conn, numbers)
        (due,) = outbox.claim_due(conn, now=now, lease=timedelta(minutes=1), limit=1)
        attempt = Attempt(at=now, outcome="HTTP 500", status=500)
        assert outbox.bury(conn, due, attempt, disable=False)
    return owed


def test_notices_are_listed_newest_first_with_whom_they_reached(archive: Database) -> None:
    one = give(archive, NoticeKind.FAILING)
    tell_in_vain(archive, one)
    give(archive, NoticeKind.RECOVERED)
    ran = wirewatch("notices")
    assert ran.code == 0
    newest, oldest = (line.split("\t") for line in ran.out.splitlines())
    assert newest[0] == "nt_2"
    assert newest[2:4] == ["source.recovered", "Yonhap"]
    assert newest[5] == "waits for its message"
    assert oldest[4:] == [
        "HTTP 503 Service Unavailable: 4 visits in a row failed.",
        "desk: given up after 1 attempt: HTTP 500",
    ]
    assert "[notices] to =" in ran.err
    assert "wirewatch alerts replay ID" in ran.err


def test_the_list_is_of_a_time_or_of_a_source(archive: Database) -> None:
    give(archive, NoticeKind.FAILING, days=8)
    give(archive, NoticeKind.GAP, "TASS")
    assert [line.split("\t")[0] for line in wirewatch("notices").out.splitlines()] == ["nt_2"]
    assert wirewatch("notices", "--since", "30d", "--source", "Yonhap").out.startswith("nt_1")
    assert wirewatch("notices", "--source", "Yonhap").out == ""
    assert "No notice in this time" in wirewatch("notices", "--source", "Yonhap").err
    wrong = wirewatch("notices", "--source", "Yonhab")
    assert wrong.code == 2
    assert "Yonhap" in wrong.err


def test_for_machines_it_is_in_the_words_of_the_webhook(archive: Database) -> None:
    tell_in_vain(archive, give(archive, NoticeKind.FAILING))
    told = json.loads(wirewatch("notices", "--json").out)
    assert told["type"] == "source.failing"
    assert told["source"]["url"] == f"{URL}/Yonhap"
    assert told["deliveries"][0]["last_status"] == 500


def test_a_notice_is_looked_into_and_sent_again(archive: Database) -> None:
    one, two = give(archive, NoticeKind.FAILING), give(archive, NoticeKind.FAILING, "TASS")
    owed = tell_in_vain(archive, one, two)
    ran = wirewatch("why", f"nt_{two}")
    assert ran.code == 0, ran.err
    assert "nt_2 source.failing, TASS" in ran.out
    assert f"dl_{owed} desk: given up" in ran.out
    both = wirewatch("why", f"dl_{owed}", "--json")
    assert [each["notice"]["id"] for each in json.loads(both.out)["notices"]] == ["nt_1", "nt_2"]
    assert wirewatch("why", "nt_99").code == 2
    for name in (f"nt_{one}", f"dl_{owed}"):
        again = wirewatch("alerts", "replay", name)
        assert again.code == 0, again.err
        assert "1 message is due again" in again.out
    assert wirewatch("alerts", "replay", "nt_99").code == 2
    assert "desk: waiting for its replay" in wirewatch("notices").out


def test_nothing_that_looks_at_deliveries_minds_that_they_carry_no_alert(archive: Database) -> None:
    tell_in_vain(archive, give(archive, NoticeKind.FAILING))
    for words in (
        ("alerts", "--failed"),
        ("channel", "list"),
        ("db", "stats"),
        ("alerts", "replay", "--since", "1h", "--channel", "desk"),
        ("db", "backup", "copy.db"),
        ("db", "prune", "--older", "30d", "--yes"),
    ):
        ran = wirewatch(*words)
        assert ran.code == 0, (words, ran.err)

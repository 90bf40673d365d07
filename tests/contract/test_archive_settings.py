"""Sources, watches, channels: added, changed, renamed, paused, removed, with their history."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from archive import channels, entries, outbox, sources, stats, watches
from archive.database import Database
from news.channel import ChannelSettings, ChannelState
from news.delivery import Attempt
from news.errors import ArchiveError
from news.source import SourceSettings, Validators
from news.watch import WatchSettings
from tests.contract.archive_world import (
    FEED,
    LEASE,
    MINUTE,
    NOW,
    add_article,
    add_channel,
    add_source,
    add_watch,
    claim,
    entry,
    tell,
    within,
)

WATCH = WatchSettings(
    name="DPRK troops in Russia",
    query='"North Korean" (soldiers OR 병사)',
    to=("newsroom", "desk"),
    alert=("story", "edit"),
    min_publishers=2,
    when="daily 07:30",
    max_per_hour=10,
    cooldown=timedelta(seconds=90),
    quiet="23:00-07:00 Asia/Seoul",
    timezone="Asia/Seoul",
    noisy=True,
    private=True,
    owner="kim",
)
CHANNEL = ChannelSettings(
    name="newsroom",
    url="https://n8n.test/hook",
    secrets=("whsec_a", "whsec_b"),
    shape="slack",
    rate="30/m",
    concurrency=3,
    allow_command=True,
)
SOURCE = SourceSettings(
    name="Yonhap",
    kind="feed",
    url="https://yna.test/rss",
    every=timedelta(seconds=90),
    cron="*/5 * * * *",
    timezone="Asia/Seoul",
    tags=("korea", "한국"),
)


def test_settings_come_back_as_they_were_said(archive: Database) -> None:
    with archive.writing() as conn:
        sources.add(conn, SOURCE, now=NOW, file="wirewatch.toml")
        channel = channels.add(conn, CHANNEL, now=NOW, file="wirewatch.toml")
        watches.add(conn, WATCH, now=NOW, file="wirewatch.toml")
        (source,) = sources.listing(conn)
        (kept,) = channels.listing(conn)
        (watch,) = watches.listing(conn)
    assert (source.settings, source.owned_by_file) == (SOURCE, "wirewatch.toml")
    assert (source.added_at, source.next_visit_at, source.paused) == (NOW, NOW, False)
    assert (kept.settings, kept.state) == (CHANNEL, ChannelState.OK)
    assert (watch.settings, watch.version, watch.added_at) == (WATCH, 1, NOW)
    assert watch.channels == (channel,)
    assert kept.owned_by_file == watch.owned_by_file == "wirewatch.toml"


def test_listings_are_by_name(archive: Database) -> None:
    for name in ("b", "a", "c"):
        add_watch(archive, name)
        add_channel(archive, name)
        add_source(archive, replace(FEED, name=name, url=f"https://{name}.test/"))
    with archive.reading() as conn:
        listed = [
            [one.settings.name for one in kept.listing(conn)]
            for kept in (sources, watches, channels)
        ]
    assert listed == [["a", "b", "c"]] * 3


CHANGES: dict[str, Callable[[Connection, int, int], object]] = {
    "add watch": lambda conn, w, c: watches.add(conn, WATCH, now=NOW),
    "change watch": lambda conn, w, c: watches.change(conn, w, WATCH, now=NOW),
    "rename watch": lambda conn, w, c: watches.rename(conn, w, "new"),
    "pause watch": lambda conn, w, c: watches.pause(conn, w),
    "resume watch": lambda conn, w, c: watches.resume(conn, w),
    "remove watch": lambda conn, w, c: watches.remove(conn, w, now=NOW),
    "add channel": lambda conn, w, c: channels.add(conn, CHANNEL, now=NOW),
    "change channel": lambda conn, w, c: channels.change(conn, c, CHANNEL),
    "rename channel": lambda conn, w, c: channels.rename(conn, c, "new"),
    "remove channel": lambda conn, w, c: channels.remove(conn, c, now=NOW),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_of_the_set_raises_its_number(archive: Database, change: str) -> None:
    watch, channel = add_watch(archive), add_channel(archive)
    before = within(archive, watches.set_version)
    with archive.writing() as conn:
        CHANGES[change](conn, watch, channel)
    assert within(archive, watches.set_version) == before + 1


def test_a_change_that_is_undone_leaves_the_number(archive: Database) -> None:
    before = within(archive, watches.set_version)

    def add_and_fail(conn: Connection) -> None:
        watches.add(conn, WATCH, now=NOW)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        within(archive, add_and_fail)
    assert within(archive, watches.set_version) == before


def test_a_changed_watch_is_a_new_version_and_the_old_one_stays(archive: Database) -> None:
    watch = within(archive, lambda conn: watches.add(conn, WATCH, now=NOW))
    edited = replace(WATCH, query="football")
    with archive.writing() as conn:
        watches.change(conn, watch, edited, now=NOW + MINUTE)
        watches.change(conn, watch, edited, now=NOW + MINUTE)
        (kept,) = watches.listing(conn)
        assert (kept.version, kept.settings) == (2, edited)
        assert watches.version_of(conn, watch, 1) == WATCH
        assert watches.version_of(conn, watch, 2) == edited
        assert watches.version_of(conn, watch, 3) is None


def test_a_paused_watch_is_listed_as_such(archive: Database) -> None:
    watch = add_watch(archive)
    within(archive, lambda conn: watches.pause(conn, watch))
    with archive.reading() as conn:
        assert [kept.paused for kept in watches.listing(conn)] == [True]
    within(archive, lambda conn: watches.resume(conn, watch))
    with archive.reading() as conn:
        assert [kept.paused for kept in watches.listing(conn)] == [False]


def test_a_renamed_channel_is_still_that_of_its_watches(archive: Database) -> None:
    channel = add_channel(archive, "desk")
    add_watch(archive, to=("desk", "nowhere"))
    within(archive, lambda conn: channels.rename(conn, channel, "night desk"))
    with archive.reading() as conn:
        (watch,) = watches.listing(conn)
    assert (watch.settings.to, watch.channels) == (("night desk", "nowhere"), (channel,))
    assert watch.version == 1


def test_a_renamed_source_keeps_its_history(archive: Database) -> None:
    source = add_source(archive)
    tell(archive, entry(1))
    within(archive, lambda conn: sources.rename(conn, source, "Yonhap English"))
    with archive.reading() as conn:
        (kept,) = sources.listing(conn)
    assert (kept.id, kept.settings.name, kept.last_visit_at) == (source, "Yonhap English", NOW)


TAKEN: dict[str, Callable[[Connection, int, int, int], object]] = {
    "add source": lambda conn, s, w, c: sources.add(
        conn, replace(FEED, url="https://x.test/"), now=NOW
    ),
    "rename source": lambda conn, s, w, c: sources.rename(conn, s, "Yonhap"),
    "add watch": lambda conn, s, w, c: watches.add(
        conn, WatchSettings(name="DPRK troops", query="x"), now=NOW
    ),
    "rename watch": lambda conn, s, w, c: watches.rename(conn, w, "DPRK troops"),
    "add channel": lambda conn, s, w, c: channels.add(
        conn, ChannelSettings(name="desk", url="x:"), now=NOW
    ),
    "rename channel": lambda conn, s, w, c: channels.rename(conn, c, "desk"),
}


@pytest.mark.parametrize("how", TAKEN)
def test_a_name_is_given_once(archive: Database, how: str) -> None:
    for new in (add_source, add_watch, add_channel):
        new(archive)
    others = (
        add_source(archive, replace(FEED, name="other", url="https://other.test/")),
        add_watch(archive, "other"),
        add_channel(archive, "other"),
    )
    with pytest.raises(ArchiveError, match="already"), archive.writing() as conn:
        TAKEN[how](conn, *others)


def test_two_sources_never_read_one_address(archive: Database) -> None:
    add_source(archive)
    twin = replace(FEED, name="Twin", url="https://YNA.test:443/rss?utm_source=x")
    with pytest.raises(ArchiveError, match='source "Yonhap" reads that address already'):
        add_source(archive, twin)


def test_what_was_removed_frees_its_name_and_keeps_its_history(archive: Database) -> None:
    first = (add_source(archive), add_watch(archive), add_channel(archive))
    with archive.writing() as conn:
        sources.remove(conn, first[0], now=NOW)
        watches.remove(conn, first[1], now=NOW)
        channels.remove(conn, first[2], now=NOW)
        assert [*sources.listing(conn), *watches.listing(conn), *channels.listing(conn)] == []
    second = (add_source(archive), add_watch(archive), add_channel(archive))
    assert all(new > old for new, old in zip(second, first, strict=True))


def test_a_changed_source_is_due_at_once(archive: Database) -> None:
    source = add_source(archive)
    tell(archive, entry(1), at=NOW)
    for settings, validators in (
        (replace(FEED, every=MINUTE), Validators(etag="v1")),
        (replace(FEED, url="https://yna.test/new"), Validators()),
    ):
        with archive.writing() as conn:
            sources.change(conn, source, settings, now=NOW)
        due = claim(archive)
        assert (due.settings, due.validators) == (settings, validators)


def test_a_source_with_another_address_begins_anew(archive: Database) -> None:
    source = add_source(archive)
    tell(archive, entry(1))

    def change(settings: SourceSettings) -> None:
        within(archive, lambda conn: sources.change(conn, source, settings, now=NOW + MINUTE))

    change(replace(FEED, every=MINUTE))
    assert not claim(archive, at=NOW + MINUTE).first_visit
    change(replace(FEED, url="https://reuters.test/rss"))
    tell(archive, entry(2, host="reuters.test"), at=NOW + MINUTE)
    with archive.writing() as conn:
        due = entries.claim_due(conn, now=NOW + MINUTE, lease=LEASE, limit=2)
    said = {one.entry.title: (one.first_visit, one.source_added_at) for one in due}
    assert said == {"Story 1": (True, NOW), "Story 2": (True, NOW + MINUTE)}


def test_a_paused_source_is_left_alone_even_when_it_is_changed(archive: Database) -> None:
    source = add_source(archive)
    with archive.writing() as conn:
        sources.pause(conn, source, "left wirewatch.toml")
        sources.change(conn, source, replace(FEED, every=MINUTE), now=NOW)
        (kept,) = sources.listing(conn)
        assert (kept.paused_reason, kept.next_visit_at) == ("left wirewatch.toml", None)
        assert sources.claim_due(conn, now=NOW + LEASE, lease=LEASE, limit=1) == []
        sources.resume(conn, source, now=NOW)
    assert claim(archive).settings.every == MINUTE


def test_a_disabled_channel_works_again_at_another_address(archive: Database) -> None:
    channel = add_channel(archive)
    settings = ChannelSettings(name="desk", url="https://hook.test/", secrets=("whsec_y",))
    with archive.writing() as conn:
        outbox.owe(conn, channel=channel, alerts=[], payload=b"{}", now=NOW)
        (due,) = outbox.claim_due(conn, now=NOW, lease=LEASE, limit=1)
        gone = Attempt(at=NOW, outcome="HTTP 410", status=410)
        outbox.bury(conn, due, gone, disable=True)
        channels.change(conn, channel, settings)
        assert [kept.state for kept in channels.listing(conn)] == [ChannelState.DISABLED]
        channels.change(conn, channel, replace(settings, url="https://hook.test/new"))
        assert [kept.state for kept in channels.listing(conn)] == [ChannelState.OK]


@pytest.mark.parametrize("url", ["mailto:desk@mail.test", "jsonl:/alerts.jsonl"])
def test_a_channel_keeps_its_kind(archive: Database, url: str) -> None:
    channel = add_channel(archive)
    with archive.writing() as conn:
        outbox.owe(conn, channel=channel, alerts=[], payload=b"{}", now=NOW)
        before = channels.listing(conn)
    settings = ChannelSettings(name="desk", url=url)
    with pytest.raises(ArchiveError, match='channel "desk" is a webhook channel and stays one'):
        within(archive, lambda conn: channels.change(conn, channel, settings))
    with archive.reading() as conn:
        assert channels.listing(conn) == before


def test_what_waits_for_a_removed_channel_is_dead(archive: Database) -> None:
    channel = add_channel(archive)
    with archive.writing() as conn:
        outbox.owe(conn, channel=channel, alerts=[], payload=b"{}", now=NOW)
        channels.remove(conn, channel, now=NOW)
        assert outbox.waiting(conn) == 0
        assert outbox.claim_due(conn, now=NOW, lease=LEASE, limit=1) == []


def test_the_banner_counts_what_is_kept(archive: Database) -> None:
    add_source(archive)
    add_watch(archive)
    channel = add_channel(archive)
    gone = add_channel(archive, "gone")
    tell(archive, entry(1), entry(2))
    add_article(archive)
    with archive.writing() as conn:
        channels.remove(conn, gone, now=NOW)
        outbox.owe(conn, channel=channel, alerts=[], payload=b"{}", now=NOW)
        counted = stats.count(conn)
    assert counted.size > 100_000
    assert replace(counted, size=0) == stats.Stats(
        sources=1,
        watches=1,
        channels=1,
        articles=1,
        entries_waiting=2,
        deliveries_waiting=1,
        size=0,
    )

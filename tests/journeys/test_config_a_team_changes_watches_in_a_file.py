"""A team changes watches in a file: plan, apply, twice, rename, take out, bring back, prune."""

from base64 import b64decode
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from archive import channels, publishers, sources, watches
from archive.database import Database
from news.errors import ConfigurationError
from news.source import SourceSettings
from wirewatch.apply import Applied, bring_in_line
from wirewatch.config.load import load

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
CHANNEL = '[[channel]]\nname = "{0}"\nurl = "https://hook.example/"\n'
SOURCE = '[[source]]\nname = "{0}"\nurl = "https://{0}.example/"\nevery = "2m"\n'
WATCH = '[[watch]]\nname = "Troops"\nquery = "soldiers"\nto = "{0}"\n'
ALL = CHANNEL.format("desk") + SOURCE.format("a") + SOURCE.format("b") + WATCH.format("desk")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def apply(archive: Database, text: str, *, prune: bool = False, name: str = "w.toml") -> Applied:
    Path(name).write_text(text, "utf-8")
    return bring_in_line(archive, load(Path(name)), now=NOW, prune=prune)


def steps(applied: Applied) -> list[tuple[str, str, str]]:
    return [(step.verb.value, step.noun, step.name) for step in applied.plan.steps]


def numbers(conn: Connection) -> list[int]:
    kept = [one.id for one in sources.listing(conn)]
    return [*kept, *(one.id for one in watches.listing(conn))]


def test_the_second_time_there_is_nothing_to_change(archive: Database) -> None:
    publisher = '[[publisher]]\ndomain = "a.example"\nname = "A"\ncountry = "kr"\n'
    assert len(steps(apply(archive, ALL + publisher))) == 5
    assert steps(apply(archive, ALL + publisher)) == []
    with archive.reading() as conn:
        assert [one.settings.name for one in sources.listing(conn)] == ["a", "b"]
        assert [one.owned_by_file for one in watches.listing(conn)] == [
            str(Path("w.toml").resolve())
        ]
        assert [(one.name, one.country) for one in publishers.listing(conn)] == [("A", "kr")]


def test_a_watch_keeps_the_channels_that_are_not_served_yet(archive: Database) -> None:
    text = 'to = ["desk", "later"]\n[[channel]]\nname = "later"\nurl = "jsonl:x"\n'
    text = ALL.replace('to = "desk"\n', text)
    apply(archive, text)
    assert steps(apply(archive, text)) == []
    with archive.reading() as conn:
        (watch,) = watches.listing(conn)
        (channel,) = channels.listing(conn)
    assert watch.settings.to == ("desk", "later")
    assert watch.channels == (channel.id,)


def test_a_secret_is_made_once_and_stays(archive: Database) -> None:
    (made,) = apply(archive, ALL).made
    assert made.channel == "desk"
    assert len(b64decode(made.secret.removeprefix("whsec_"))) == 32
    assert made.secret not in repr(made)
    assert apply(archive, ALL).made == ()
    moved = apply(archive, ALL.replace("hook.example/", "hook.example/b"))
    assert (steps(moved), moved.made) == ([("change", "channel", "desk")], ())
    with archive.reading() as conn:
        assert channels.listing(conn)[0].settings.secrets == (made.secret,)


def test_a_new_name_keeps_what_was_there(archive: Database) -> None:
    apply(archive, ALL)
    with archive.reading() as conn:
        before = numbers(conn)
    text = (
        CHANNEL.format("night")
        + 'was = "desk"\n'
        + SOURCE.format("a").replace('"a"', '"A"')
        + SOURCE.format("b")
        + WATCH.format("night").replace("Troops", "Soldiers")
        + 'was = "Troops"\n'
    )
    assert steps(apply(archive, text)) == [
        ("rename", "channel", "night"),
        ("rename", "source", "A"),
        ("rename", "watch", "Soldiers"),
    ]
    assert steps(apply(archive, text)) == []
    with archive.reading() as conn:
        assert numbers(conn) == before
        assert watches.listing(conn)[0].settings.to == ("night",)


def test_what_leaves_the_file_rests_and_what_comes_back_goes_on(archive: Database) -> None:
    apply(archive, ALL)
    assert steps(apply(archive, CHANNEL.format("desk") + SOURCE.format("a"))) == [
        ("pause", "watch", "Troops"),
        ("pause", "source", "b"),
    ]
    with archive.reading() as conn:
        assert [one.paused for one in sources.listing(conn)] == [False, True]
        assert [one.paused for one in watches.listing(conn)] == [True]
    assert steps(apply(archive, CHANNEL.format("desk") + SOURCE.format("a"))) == []
    assert steps(apply(archive, ALL)) == [("resume", "source", "b"), ("resume", "watch", "Troops")]
    assert steps(apply(archive, ALL)) == []


def test_pruning_removes_and_frees_the_name(archive: Database) -> None:
    apply(archive, ALL)
    assert len(steps(apply(archive, "", prune=True))) == 4
    with archive.reading() as conn:
        assert (*sources.listing(conn), *watches.listing(conn), *channels.listing(conn)) == ()
    assert len(steps(apply(archive, ALL))) == 4


def test_what_was_made_by_hand_is_left_alone(archive: Database) -> None:
    by_hand = SourceSettings(name="by hand", kind="feed", url="https://hand.example/")
    with archive.writing() as conn:
        sources.add(conn, by_hand, now=NOW)
    apply(archive, ALL)
    apply(archive, "", prune=True)
    with archive.reading() as conn:
        assert [one.settings for one in sources.listing(conn)] == [by_hand]


def test_a_clash_changes_nothing_at_all(archive: Database) -> None:
    with archive.writing() as conn:
        by_hand = SourceSettings(name="b", kind="feed", url="https://hand.example/")
        sources.add(conn, by_hand, now=NOW)
    with pytest.raises(ConfigurationError, match=r'w.toml:8: \[\[source\]\] "b": a source of this'):
        apply(archive, ALL)
    with archive.reading() as conn:
        assert channels.listing(conn) == []


def test_two_files_do_not_take_each_others_objects(archive: Database) -> None:
    apply(archive, ALL)
    with pytest.raises(ConfigurationError, match=r"belongs to .*w\.toml"):
        apply(archive, SOURCE.format("a"), name="other.toml")
    assert steps(apply(archive, SOURCE.format("c"), name="other.toml", prune=True)) == [
        ("add", "source", "c")
    ]


def test_a_file_that_moves_takes_its_objects_along(archive: Database) -> None:
    apply(archive, ALL)
    Path("w.toml").unlink()
    moved = apply(archive, ALL, name="moved.toml")
    assert {step.verb.value for step in moved.plan.steps} == {"change"}
    assert steps(apply(archive, ALL, name="moved.toml")) == []

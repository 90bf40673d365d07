"""A watch is tried, added, changed, paused and removed from the command line alone."""

import json
import shlex
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import articles, channels, watches
from archive.database import Database
from news.channel import ChannelSettings
from news.watch import Watch
from tests.contract.archive_world import new_article
from tests.journeys.command_line import Ran, wirewatch, write
from wirewatch import preview

TITLES = (
    "Coffins of soldiers on a screen",
    "Soldiers march in Kursk",
    "Football: soldiers against sailors",
    "Harbour opens",
)


@pytest.fixture
def kept(
    any_archive_url: str, archive: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Database:
    """Give an archive with one article a day, two channels, and no watch."""
    monkeypatch.chdir(tmp_path)
    write(f'timezone = "Asia/Seoul"\n[archive]\nurl = "{any_archive_url}"\n')
    now = datetime.now(UTC)
    with archive.writing() as conn:
        for name in ("newsroom", "desk"):
            settings = ChannelSettings(name=name, url="https://hook.test/", secrets=("whsec_x",))
            channels.add(conn, settings, now=now)
        for back, title in reversed(list(enumerate(TITLES))):
            at = now - timedelta(days=back)
            new = new_article(back, title=title, body=f"{title}. What else was told.", owed_at=at)
            articles.add(conn, replace(new, first_seen_at=at))
    return archive


def watched(archive: Database) -> list[Watch]:
    with archive.reading() as conn:
        return watches.listing(conn)


def only(archive: Database) -> Watch:
    (one,) = watched(archive)
    return one


def add(*words: str) -> Ran:
    done = wirewatch("watch", "add", *words)
    assert done.code == 0, done.err
    return done


def test_a_new_watch_is_kept_and_shows_what_it_would_have_told(kept: Database) -> None:
    done = add("Soldiers", "soldiers -football", "--to", "desk", "--to", "newsroom")
    lines = done.out.splitlines()
    assert lines[0] == 'w_1 "Soldiers" is watched for from now on.'
    assert lines[1] == "60 days: 2 articles in 2 stories → 2 alerts, about 0.7 a day"
    one = only(kept)
    assert (one.settings.name, one.settings.query) == ("Soldiers", "soldiers -football")
    assert (one.settings.to, one.settings.alert) == (("desk", "newsroom"), ("story",))
    assert (one.settings.timezone, one.owned_by_file) == ("Asia/Seoul", None)
    assert "It tells nobody" not in done.err


def test_a_watch_without_a_channel_says_that_nobody_hears_of_it(kept: Database) -> None:
    done = add("Soldiers", "soldiers", "--alert", "article", "--alert", "story")
    assert "It tells nobody yet" in done.err
    assert "wirewatch watch edit Soldiers --to CHANNEL" in done.err
    assert only(kept).settings.alert == ("article", "story")


def test_the_first_watch_may_come_before_anything_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = add("Soldiers", "soldiers")
    assert "60 days: the archive holds no article yet." in done.out
    assert "Nothing is at work on this archive just now; start it with: wirewatch run" in done.err
    assert json.loads(wirewatch("watch", "list", "--json").out)["name"] == "Soldiers"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["add", "x", "(kim"], "(kim\n^\nthis parenthesis is never closed"),
        (["add", "x", "kim", "--to", "newsrom"], 'no channel "newsrom" (did you mean "newsroom"?)'),
        (["add", "x", "@kim"], "kim"),
        (["add", " x ", "kim"], "a name stands on one line, with no blanks around it"),
        (["add", "w_7", "kim"], "how wirewatch itself numbers things"),
        (["add", "x", "-x", "y", "--to", "desk"], "wirewatch watch add x --to desk -- '-x y'"),
        (["add", "x", "kim", "soldiers"], "Put the whole query in single quotes."),
        (["add", "x"], "Missing argument 'QUERY'"),
        (["add", "x", "kim", "--alert", "growth"], "'growth' is not one of"),
        (["preview", "kim OR"], "nothing to look for stands after OR"),
        (["preview", "-kim"], "wirewatch watch preview -- -kim"),
        (["edit", "x", "--query", "y"], "There is no watch yet"),
        (["pause", "x"], "There is no watch yet"),
    ],
)
def test_wrong_usage_is_told_in_words_and_changes_nothing(
    kept: Database, words: list[str], told: str
) -> None:
    refused = wirewatch("watch", *words)
    assert refused.code == 2
    assert told in refused.err
    assert "Traceback" not in refused.err
    assert watched(kept) == []


def test_a_name_is_given_once(kept: Database) -> None:
    add("Soldiers", "soldiers")
    again = wirewatch("watch", "add", "Soldiers", "kursk")
    assert again.code == 2
    assert "To change it: wirewatch watch edit Soldiers" in again.err
    assert only(kept).settings.query == "soldiers"


def test_a_loud_watch_wants_to_be_called_noisy(
    kept: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "NOISY", 0.5)
    refused = wirewatch("watch", "add", "Soldiers", "soldiers")
    assert refused.code == 2
    assert "→ 3 alerts, about 1.0 a day" in refused.err
    assert "--noisy" in refused.err
    assert watched(kept) == []
    add("Soldiers", "soldiers", "--noisy")
    assert only(kept).settings.noisy
    edited = wirewatch("watch", "edit", "Soldiers", "--not-noisy", "--query", "soldiers OR harbour")
    assert edited.code == 2
    assert only(kept).settings.query == "soldiers"


def test_a_preview_in_a_pipe_is_one_line_a_day(kept: Database) -> None:
    done = wirewatch("watch", "preview", "soldiers -football", "--days", "4")
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert [row[1:] for row in rows] == [["0", "0"], ["0", "0"], ["1", "1"], ["1", "1"]]
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert done.err.startswith("4 days: 2 articles in 2 stories → 2 alerts")


def test_a_preview_for_machines(kept: Database) -> None:
    told = json.loads(wirewatch("watch", "preview", "kursk OR coffins", "--json").out)
    assert (told["articles"], told["stories"], told["alerts"]) == (2, 2, 2)
    assert (len(told["days"]), told["noisy"]) == (4, False)  # the days that the archive knows
    assert told["terms"] == [
        {"term": "kursk", "articles": 1, "alone": 1},
        {"term": "coffins", "articles": 1, "alone": 1},
    ]
    sample = told["samples"][0]
    assert sample["article"]["title"] == TITLES[0]
    assert sample["match"][0] == {"field": "title", "term": "coffins", "start": 0, "end": 7}
    assert sample["passage"] == "Coffins of soldiers on a screen. What else was told."


def test_a_watch_is_previewed_by_its_name(kept: Database) -> None:
    add("Soldiers", "soldiers -football")
    for name in ("Soldiers", "w_1"):
        assert json.loads(wirewatch("watch", "preview", name, "--json").out)["articles"] == 2


def test_an_edit_changes_what_was_said_and_shows_what_that_means(kept: Database) -> None:
    add("Soldiers", "soldiers", "--to", "desk", "--alert", "article")
    done = wirewatch("watch", "edit", "Soldiers", "--query", "(soldiers -football) OR harbour")
    assert done.code == 0
    assert done.out.splitlines() == [
        "query: soldiers → (soldiers -football) OR harbour",
        "60 days: 3 articles in 3 stories → 3 alerts, about 1.0 a day",
        "On the past 60 days it wins 1 article.",
        f"  + {TITLES[3]}  (yna.test)",
        "On the past 60 days it loses 1 article.",
        f"  - {TITLES[2]}  (yna.test)",
        '"Soldiers" is changed.',
    ]
    one = only(kept)
    assert (one.version, one.settings.to, one.settings.alert) == (2, ("desk",), ("article",))


def test_an_edit_may_rename_and_tell_others_or_nobody(kept: Database) -> None:
    add("Soldiers", "soldiers", "--to", "desk")
    done = wirewatch("watch", "edit", "Soldiers", "--name", "Troops", "--to", "newsroom")
    assert done.out.splitlines()[:2] == ["name: Soldiers → Troops", "to: desk → newsroom"]
    assert wirewatch("watch", "edit", "Troops", "--to-nobody").code == 0
    assert only(kept).settings.to == ()
    assert wirewatch("watch", "edit", "Troops", "--to-nobody").out == "Nothing to change.\n"
    both = wirewatch("watch", "edit", "Troops", "--to-nobody", "--to", "desk")
    assert (both.code, both.err) == (2, "--to and --to-nobody cannot be said together.\n")
    add("Kursk", "kursk")
    assert wirewatch("watch", "edit", "Kursk", "--name", "Troops").code == 2


def test_an_edit_without_options_shows_the_watch_as_it_is(kept: Database) -> None:
    add("Soldiers", "soldiers", "--to", "desk")
    shown = wirewatch("watch", "edit", "Soldiers")
    assert shown.code == 0
    assert shown.out.splitlines()[:4] == [
        'w_1 "Soldiers"',
        "query: soldiers",
        "to: desk",
        "alert: story",
    ]
    assert "wirewatch watch edit Soldiers --query QUERY" in shown.err
    assert json.loads(wirewatch("watch", "edit", "w_1", "--json").out)["query"] == "soldiers"
    assert only(kept).version == 1


def test_an_edit_for_machines(kept: Database) -> None:
    add("Soldiers", "soldiers")
    told = json.loads(wirewatch("watch", "edit", "w_1", "--query", "harbour", "--json").out)
    assert told["changed"] == [{"key": "query", "old": "soldiers", "new": "harbour"}]
    assert (told["effect"]["won"], told["effect"]["lost"]) == (1, 3)


def test_a_watch_rests_and_goes_on(kept: Database) -> None:
    add("Soldiers", "soldiers")
    assert (
        "rests. It goes on with: wirewatch watch resume"
        in wirewatch("watch", "pause", "Soldiers").out
    )
    assert only(kept).paused
    assert wirewatch("watch", "list").out.split("\t")[4] == "paused (by hand)"
    assert wirewatch("watch", "pause", "Soldiers").out == '"Soldiers" rests already.\n'
    assert json.loads(wirewatch("watch", "resume", "w_1", "--json").out)["state"] == "watching"
    assert not only(kept).paused
    assert wirewatch("watch", "resume", "w_1").out == '"Soldiers" does not rest.\n'


def test_only_a_removal_is_asked_about(kept: Database) -> None:
    add("Soldiers", "soldiers")
    refused = wirewatch("watch", "rm", "Soldiers")
    assert (refused.code, len(watched(kept))) == (2, 1)
    assert "Say --yes to do it." in refused.err
    assert wirewatch("watch", "rm", "Soldiers", "--yes").out == '"Soldiers" is gone.\n'
    assert watched(kept) == []


@pytest.mark.usefixtures("kept")
def test_what_a_file_says_is_changed_there_but_may_rest(any_archive_url: str) -> None:
    archive = f'[archive]\nurl = "{any_archive_url}"\n'
    write(f'{archive}[[watch]]\nname = "Filed"\nquery = "kursk"\n')
    assert wirewatch("apply").code == 0
    for words in (["edit", "Filed", "--query", "x"], ["rm", "Filed", "--yes"]):
        refused = wirewatch("watch", *words)
        assert refused.code == 2
        assert "change it there, then: wirewatch apply" in refused.err
    assert wirewatch("watch", "pause", "Filed").code == 0
    assert "Nothing to change." in wirewatch("apply").out  # a person let it rest
    listed = json.loads(wirewatch("watch", "list", "--json").out)
    assert listed["paused_reason"] == "by hand"
    assert listed["owned_by_file"].endswith("wirewatch.toml")
    assert wirewatch("watch", "resume", "Filed").code == 0
    write(archive)
    assert wirewatch("apply").code == 0
    gone = wirewatch("watch", "resume", "Filed")
    assert (gone.code, "put it back there, then: wirewatch apply" in gone.err) == (2, True)


def test_what_is_printed_for_copying_can_be_copied(kept: Database) -> None:
    name = 'Kim\'s "$(id)" `id`'
    edit = add(name, "soldiers").err.partition("give it a channel: ")[2].partition("\n")[0]
    assert shlex.split(edit)[:4] == ["wirewatch", "watch", "edit", name]
    resume = wirewatch("watch", "pause", name).out.partition("It goes on with: ")[2]
    assert wirewatch(*shlex.split(resume)[1:]).code == 0
    assert not only(kept).paused

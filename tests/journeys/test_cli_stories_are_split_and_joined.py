"""I correct what wirewatch took for one story, or for two, and it stays so."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import articles, standing
from archive.database import Database
from news.article import Article
from tests.contract.archive_world import new_article
from tests.journeys.command_line import wirewatch, write
from tests.journeys.told_story import URL, Numbers, tell_a_story

NOW = datetime.now(UTC)


@pytest.fixture
def told(
    any_archive_url: str, archive: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Numbers:
    monkeypatch.chdir(tmp_path)
    write(f"[archive]\nurl = '{any_archive_url}'\n")
    return tell_a_story(archive, NOW)


def further(
    archive: Database, number: int, *, story: int | None = None, copy_of: int | None = None
) -> Article:
    """Keep one more article, of a publisher of its own."""
    new = new_article(number, publisher=f"p{number}.test", story=story, owed_at=NOW)
    seen = NOW + timedelta(minutes=number)
    with archive.writing() as conn:
        return articles.add(conn, replace(new, first_seen_at=seen, copy_of=copy_of))


def split_off(archive: Database, told: Numbers) -> tuple[Article, Article, str]:
    """Split an account with a copy off from the story that was told."""
    account = further(archive, 7, story=told.story)
    copy = further(archive, 8, story=told.story, copy_of=account.id)
    done = wirewatch("story", "split", f"ar_{account.id}", "--json")
    assert done.code == 0
    return account, copy, json.loads(done.out)["story"]


def test_an_article_is_split_off_with_its_copies(told: Numbers, archive: Database) -> None:
    account = further(archive, 7, story=told.story)
    copy = further(archive, 8, story=told.story, copy_of=account.id)
    done = wirewatch("story", "split", f"ar_{account.id}")
    assert done.code == 0
    story = f"st_{told.story + 1}"
    assert done.out == (
        f"ar_{account.id} with its copy ar_{copy.id} left st_{told.story}, "
        f"and is story {story} now.\n"
    )
    counts = f"st_{told.story} (al_{told.alert}), which counts for {story}, too"
    assert done.err.splitlines() == [
        f'"DPRK troops" was told of {counts}: it was not told of {story}, and will not be.',
        f"Whom it concerns can be shown it: wirewatch story {story}",
        f"To undo it: wirewatch story join st_{told.story} {story}",
    ]
    shown = json.loads(wirewatch("story", story, "--json").out)
    assert [one["id"] for one in shown["tellings"]] == [f"ar_{account.id}", f"ar_{copy.id}"]
    assert shown["apart_from"] == [f"st_{told.story}"]


def test_a_split_story_says_what_it_is_and_who_was_told(told: Numbers, archive: Database) -> None:
    _, _, story = split_off(archive, told)
    lines = wirewatch("story", story).out.splitlines()
    assert f"  a person parted it from st_{told.story}" in lines
    (alert,) = [line for line in lines if line.startswith(f"al_{told.alert} to DPRK troops, ")]
    assert alert.endswith(": told before it was split off, which counts for both")
    shown = json.loads(wirewatch("story", story, "--json").out)
    assert shown["alerts"] == []
    assert [one["id"] for one in shown["covered_by"]] == [f"al_{told.alert}"]


def test_why_says_that_a_person_did_it(told: Numbers, archive: Database) -> None:
    account, copy, _ = split_off(archive, told)
    for one in (account, copy):
        said = wirewatch("why", f"ar_{one.id}").out
        assert f"a person split it off from st_{told.story}\n" in said


def test_several_are_split_off_together(told: Numbers, archive: Database) -> None:
    one, two = (further(archive, number, story=told.story) for number in (7, 8))
    done = json.loads(wirewatch("story", "split", one.url, f"ar_{two.id}", "--json").out)
    assert done["articles"] == [f"ar_{one.id}", f"ar_{two.id}"]
    assert done["from"] == f"st_{told.story}"
    assert done["not_told"] == ["DPRK troops"]


def test_two_stories_are_joined_under_the_older_name(told: Numbers, archive: Database) -> None:
    other = further(archive, 7)
    done = wirewatch("story", "join", other.url, f"st_{told.story}")
    assert (done.code, done.out) == (
        0,
        f"st_{other.story} is joined into st_{told.story}: ar_{other.id}.\n",
    )
    assert done.err == f"To undo it: wirewatch story split ar_{other.id}\n"
    lines = wirewatch("story", f"st_{other.story}").out.splitlines()
    assert lines[2] == (f"  st_{other.story} was joined into it, and is st_{told.story} since")
    shown = json.loads(wirewatch("story", f"st_{other.story}", "--json").out)
    assert (shown["id"], shown["asked"]) == (f"st_{told.story}", f"st_{other.story}")
    assert [one["id"] for one in shown["alerts"]] == [f"al_{told.alert}"]


def test_why_finds_a_story_by_the_name_it_had(told: Numbers, archive: Database) -> None:
    other = further(archive, 7)
    assert wirewatch("story", "join", f"st_{told.story}", f"st_{other.story}").code == 0
    answer = wirewatch("why", f"st_{other.story}")
    assert answer.code == 0
    assert f"of story st_{told.story}" in answer.out


def test_each_undoes_the_other(told: Numbers, archive: Database) -> None:
    account, copy, story = split_off(archive, told)
    joined = json.loads(wirewatch("story", "join", story, f"st_{told.story}", "--json").out)
    assert joined == {
        "story": f"st_{told.story}",
        "joined": story,
        "articles": [f"ar_{account.id}", f"ar_{copy.id}"],
    }
    whole = json.loads(wirewatch("story", f"st_{told.story}", "--json").out)
    assert (whole["articles"], whole["apart_from"]) == (3, [])
    assert wirewatch("story", "split", *joined["articles"]).code == 0


def test_who_was_told_is_not_told_again(told: Numbers, archive: Database) -> None:
    account, _, _ = split_off(archive, told)
    with archive.reading() as conn:
        now = articles.get(conn, account.id)
        assert now is not None
        stands = standing.of(conn, watch=1, story=now.story, article=now.id, now=NOW)
    assert (stands.told_story, stands.told_article) == (True, False)


def test_what_cannot_be_split_or_joined_says_why(told: Numbers, archive: Database) -> None:
    other = further(archive, 7)
    story, article = f"st_{told.story}", f"ar_{told.article}"
    for words, said in (
        (["split", article], f"Nothing would be left in {story}: it and its copies are all of it."),
        (["split", story], f"{story} is a story; name the article that is not of it."),
        (
            ["split", article, f"ar_{other.id}"],
            f"{article} tells {story}, and ar_{other.id} tells st_{other.story}.",
        ),
        (["split", "kursk"], '"kursk" is neither an address (https://…) nor a name such as st_5.'),
        (["split", "ar_99"], "No story is known as ar_99."),
        (["split"], "Missing argument 'ARTICLE…'"),
        (["join", story, URL], f"{story} and {URL} are one story already: {story}."),
        (["join", story], "Missing argument 'ID|URL'"),
        (["join", story, "st_99"], "No story is known as st_99."),
    ):
        refused = wirewatch("story", *words)
        assert refused.code == 2, words
        assert said in refused.err, words
    assert json.loads(wirewatch("story", story, "--json").out)["articles"] == 1


@pytest.mark.usefixtures("told")
def test_the_help_shows_examples_and_a_story_needs_no_word_before_it() -> None:
    assert wirewatch("story", URL).out == wirewatch("story", "show", URL).out
    for words, said in (
        (["story", "--help"], "two stories become one"),
        (["story", "split", "--help"], "wirewatch story split ar_40"),
        (["story", "join", "--help"], "wirewatch story join st_12 st_15"),
    ):
        assert said in wirewatch(*words).out

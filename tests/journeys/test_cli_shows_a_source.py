"""All about one source: its rhythm, its last visits, how it does, and what can be done."""

import json
from pathlib import Path

import pytest

from tests.journeys.command_line import wirewatch
from tests.journeys.newsstand import Stand, feed, stand


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def visited_again(site: Stand, name: str) -> None:
    await site.ask("source", "pause", name, "--why", "a rest")
    await site.ask("source", "resume", name)
    await site.gather()


async def test_a_healthy_source_shows_its_rhythm_and_its_visits() -> None:
    async with stand({"/rss": feed()}) as site:
        place = site.url("/rss")
        await site.ask("source", "add", place, "--name", "Paper", "--kind", "feed", "--yes")
        await site.gather()
        await visited_again(site, "Paper")
        shown = (await site.ask("source", "show", "Paper")).out
        assert shown.startswith("so_1  Paper\n  state       ok\n")
        assert f"  address     {place}\n" in shown
        assert "  24 h        2 visits: 4 new, 1 unchanged; " in shown
        visits = [line.split("\t") for line in shown.splitlines() if "\t" in line]
        assert [(line[1], line[4], line[5], line[6]) for line in visits] == [
            ("200", "0", "0", "unchanged"),
            ("200", "4", "4", "told"),
        ]
        by_address = await site.ask("source", "show", place)
        assert by_address.out.splitlines()[0] == "so_1  Paper"
        told = json.loads((await site.ask("source", "show", "so_1", "--json")).out)
        assert (told["state"], told["next"], told["gaps_in_a_week"]) == ("ok", [], 0)
        assert told["figures"]["24 h"]["visits"] == 2
        assert [visit["outcome"] for visit in told["visits"]] == ["unchanged", "told"]
        assert told["last_visit_at"].endswith("Z")


async def test_a_feed_that_rolled_over_says_so_and_what_to_do(folder: Path) -> None:
    async with stand({"/rss": feed(mark="a", hours=1)}) as site:
        with (folder / "wirewatch.toml").open("a", encoding="utf-8") as file:
            file.write(
                f'[[source]]\nname = "Paper"\nkind = "feed"\nurl = "{site.url("/rss")}"\n'
                'every = "2h"\n'
            )
        await site.gather()
        site.pages["/rss"] = feed(mark="b", hours=1)
        await visited_again(site, "Paper")
        (row,) = (await site.ask("source", "list", "--failing")).out.splitlines()
        assert row.split("\t")[3].startswith("gaps: entries may have been lost before 20")
        assert row.split("\t")[9] == "1"
        shown = (await site.ask("source", "show", "Paper")).out
        assert "entries may have been lost before it" in shown
        assert "Its times are written and stay: leave out every and cron" in shown
        assert 'Often enough would be: every = "' in shown
        told = json.loads((await site.ask("source", "list", "--json")).out)
        assert (told["state"], told["gaps_in_a_week"]) == ("gaps", 1)


async def test_a_failing_source_says_since_when_and_what_helps() -> None:
    async with stand({"/rss": 500}) as site:
        place = site.url("/rss")
        await site.ask("source", "add", place, "--name", "Paper", "--kind", "feed", "--yes")
        await site.gather()
        shown = (await site.ask("source", "show", "Paper")).out
        assert "  state       failing: since 20" in shown
        assert "  See what it answers: wirewatch source try Paper\n" in shown
        assert "the server failed (HTTP 500)" in shown


def test_a_source_that_was_never_visited_is_new_and_an_unknown_one_is_said() -> None:
    Path("wirewatch.toml").write_text(
        '[[source]]\nname = "Paper"\nkind = "feed"\nurl = "https://paper.test/rss"\n', "utf-8"
    )
    assert wirewatch("apply").code == 0
    shown = wirewatch("source", "show", "Paper")
    assert shown.code == 0
    assert "  state       new\n" in shown.out
    assert "  24 h        no visits\n" in shown.out
    unknown = wirewatch("source", "show", "https://other.test/rss")
    assert unknown.code == 2
    assert "Add it: wirewatch source add https://other.test/rss" in unknown.err
    assert wirewatch("source", "show", "Papr").code == 2

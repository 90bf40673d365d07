"""A source that moved for good is read where it is now, and its owner is told what to write."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.newsstand import Stand, feed, stand


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


HOURS = 7 * 3600 * 1_000_000  # microseconds


async def gathered_again(site: Stand) -> None:
    await site.ask("source", "pause", "Paper", "--why", "a rest")
    await site.ask("source", "resume", "Paper")
    await site.gather()


def let_hours_pass() -> None:
    """Set back when the move was said first: it is not believed within hours of that."""
    with closing(sqlite3.connect("wirewatch.db")) as archive, archive:
        (since,) = archive.execute("SELECT moved_since FROM sources").fetchone()
        assert archive.execute("UPDATE sources SET moved_since = ?", (since - HOURS,)).rowcount == 1


async def test_where_it_moved_is_said_with_what_to_write(folder: Path) -> None:
    async with stand({"/old": feed(), "/new": feed()}) as site:
        with (folder / "wirewatch.toml").open("a", encoding="utf-8") as file:
            file.write(f'[[source]]\nname = "Paper"\nkind = "feed"\nurl = "{site.url("/old")}"\n')
        await site.gather()
        site.moved["/old"] = "/new"
        for _ in range(2):
            await gathered_again(site)
        let_hours_pass()
        await gathered_again(site)
        site.asked.clear()
        await gathered_again(site)
        assert site.asked == ["/new"]
        place = site.url("/new")
        listed = await site.ask("source", "list")
        assert f'"Paper" moved to {place} for good (since 20' in listed.err
        assert f'In wirewatch.toml, write: url = "{place}"' in listed.err
        told = json.loads((await site.ask("source", "list", "--json")).out)
        assert (told["url"], told["moved_to"]) == (site.url("/old"), place)
        tried = await site.ask("source", "try", "Paper")
        assert f"moved for good to {place}" in tried.out
        assert "is asked there" in tried.err
        await site.ask("source", "add", place, "--name", "There", "--kind", "feed", "--yes")
        listed = await site.ask("source", "list")
        assert 'which "There" reads already: one of the two can go' in listed.err

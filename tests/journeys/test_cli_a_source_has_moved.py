"""A source that moved for good is read where it is now, and its owner is told what to write."""

import json
from pathlib import Path

import pytest

from tests.journeys.newsstand import Stand, feed, stand


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def gathered_again(site: Stand) -> None:
    await site.ask("source", "pause", "Paper", "--why", "a rest")
    await site.ask("source", "resume", "Paper")
    await site.gather()


async def test_where_it_moved_is_said_with_what_to_write(folder: Path) -> None:
    async with stand({"/old": feed(), "/new": feed()}) as site:
        with (folder / "wirewatch.toml").open("a", encoding="utf-8") as file:
            file.write(f'[[source]]\nname = "Paper"\nkind = "feed"\nurl = "{site.url("/old")}"\n')
        await site.gather()
        site.moved["/old"] = "/new"
        for _ in range(3):
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
        with (folder / "wirewatch.toml").open("a", encoding="utf-8") as file:
            file.write(f'[[source]]\nname = "There"\nkind = "feed"\nurl = "{place}"\n')
        await site.gather()
        listed = await site.ask("source", "list")
        assert 'which "There" reads already: one of the two can go' in listed.err

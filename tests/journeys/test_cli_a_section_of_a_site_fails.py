"""A section of a whole site fails: the run says it once, and `source show` since when."""

import asyncio
import json
import sys
from pathlib import Path

import pytest

from tests.journeys.command_line import write
from tests.journeys.newsstand import feed, stand
from tests.journeys.test_cli_a_whole_site_is_tried import shown


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def run_once() -> str:
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "wirewatch", "run", "--once"), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await child.communicate()
    return out.decode()


def written() -> str:
    return Path("wirewatch.toml").read_text("utf-8")


async def test_a_section_that_fails_is_told_by_the_run_and_shown() -> None:
    pages = {"/": shown(1, 2), "/harbour": shown(1, 11, 12)}
    async with stand(pages) as site:
        config = written()
        table = (
            f'{config}\n[[source]]\nname = "Press"\nkind = "site"\nurl = "{site.url("/")}"\n'
            'sections = ["/harbour", "/harbour/", "/nosuch"]\n'
        )
        write(table)
        said = await run_once()
        failing = f"Press: its section {site.url('/nosuch')} fails: there is nothing"
        assert said.count(failing) == 1
        told = (await site.ask("source", "show", "Press")).out
        assert f"{site.url('/nosuch')}: fails since 20" in told
        assert told.count(site.url("/harbour")) == 1
        assert "none of them news yet" in told
        plain = json.loads((await site.ask("source", "show", "Press", "--json")).out)
        lost = [one for one in plain["sections"] if one["failing_since"]]
        assert [one["url"] for one in lost] == [site.url("/nosuch")]
        write(table.replace("/nosuch", "http://other.test/"))
        checked = await site.ask("check")
        assert checked.code == 1
        assert 'sections: "http://other.test/" is not of this site' in checked.err


async def test_what_a_source_was_found_out_to_be_is_shown() -> None:
    async with stand({"/rss": feed()}) as site:
        config = written()
        write(f'{config}\n[[source]]\nname = "Paper"\nurl = "{site.url("/rss")}"\n')
        await site.gather()
        assert "kind        feed (found out)\n" in (await site.ask("source", "show", "Paper")).out
        (row,) = (await site.ask("source", "list")).out.splitlines()
        assert row.split("\t")[2] == "feed (found out)"
        told = json.loads((await site.ask("source", "list", "--json")).out)
        assert (told["kind"], told["found_kind"]) == ("auto", "feed")

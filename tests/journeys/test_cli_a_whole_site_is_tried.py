"""A user tries a whole site, and sees which pages were looked at and what each brought."""

import json
from pathlib import Path

import pytest

from tests.integration.test_list_visit import front
from tests.journeys.newsstand import stand

NAV = '<nav><a href="/harbour">Harbour</a><a href="/town">Town</a></nav>'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(*numbers: int) -> str:
    html = front(*numbers).decode()
    start, end = html.index("<nav>"), html.index("</nav>") + len("</nav>")
    return html[:start] + NAV + html[end:]


async def test_a_site_is_tried_and_shows_its_sections() -> None:
    pages = {"/": shown(1, 2), "/harbour": shown(1, 11, 12), "/town": shown(21)}
    async with stand(pages) as site:
        ran = await site.ask("source", "try", site.url("/"), "--kind", "site")
        assert ran.code == 0
        lines = [line.strip() for line in ran.out.splitlines()]
        assert lines[0] == f"site: {site.url('/')}"
        assert "3 pages were looked at, 0 known for later visits" in lines
        at = f"{site.url('/harbour')}: 3 article links, 2 new; looked at at every visit"
        assert at in lines
        assert "5 entries: 5 new" in lines
        told = json.loads(
            (await site.ask("source", "try", site.url("/"), "--kind", "site", "--json")).out
        )
        assert (told["kind"], told["worked"], len(told["entries"])) == ("site", True, 5)
        assert at in told["learned"]

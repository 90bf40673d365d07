"""What a performance left behind: the story that most told, and what was put right."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.integration.demo.stages import TICK
from wirewatch.demo.exhibits import exhibits
from wirewatch.demo.installation import Installation
from wirewatch.demo.scorecard import Performed
from wirewatch.demo.script import Edit, Publish, Script, load
from wirewatch.demo.stage import Stage

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
SAYS = "import sys; print(*sys.argv[1:]); print('beside', file=sys.stderr)"


def stand_in(folder: Path) -> Installation:
    return Installation(folder=folder, archive="", command=(sys.executable, "-c", SAYS))


async def shown(script: Script, folder: Path) -> list[tuple[str, ...]]:
    async with Stage(script, beat=TICK / 20) as stage:
        for happening in script.happenings:
            if isinstance(happening, Publish | Edit):
                stage.newsroom.perform(happening, beat=TICK)
        performed = [Performed(NOW, each) for each in script.happenings]
        found = await exhibits(stand_in(folder), stage.newsroom, performed)
        article_at = stage.newsroom.article_at
        for each in found:
            words = " ".join(each.words)
            assert each.answer == f"-c {folder}/wirewatch.toml {words}\nbeside\n"
        return [tuple(article_at(word) or word for word in each.words) for each in found]


async def test_the_widest_story_and_the_correction_are_shown(tmp_path: Path) -> None:
    assert await shown(load(), tmp_path) == [
        ("story", "meridian-captives"),
        ("story", "front-monday", "--diff", "1"),
        ("search", 'title:"Kursk front, evening report"', "--stories"),
    ]


async def test_nothing_is_shown_where_nothing_of_the_kind_was_played(tmp_path: Path) -> None:
    assert await shown(load().shortened(2), tmp_path) == []

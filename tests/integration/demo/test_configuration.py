"""The demo's wirewatch.toml is taken as it is, and asks for nothing that is not served."""

from datetime import timedelta
from pathlib import Path

from wirewatch.config.load import load as load_configuration
from wirewatch.config.unserved import unserved
from wirewatch.demo.script import load
from wirewatch.demo.stage import Stage

TICK = timedelta(seconds=0.02)


async def test_the_configuration_is_one_that_wirewatch_takes(tmp_path: Path) -> None:
    async with Stage(load(), beat=TICK) as stage:
        installation = stage.installation(tmp_path)
        found = load_configuration(installation.configuration)
        assert unserved(found) == []
        assert len(found.sources) == 10
        assert [watch.settings.name for watch in found.watches] == [
            each.name for each in load().watches
        ]
        assert {channel.settings.url for channel in found.channels} == {
            f"{stage.receiver.base}/{name}" for name in ("desk", "flaky", "slow")
        } | {"mailto:letterbox@wirewatch.example"}


async def test_every_outlet_has_its_name_and_two_of_them_one_owner(tmp_path: Path) -> None:
    async with Stage(load(), beat=TICK) as stage:
        found = load_configuration(stage.installation(tmp_path).configuration)
        names = {one.domain: one.name for one in found.publishers}
        assert names == {
            stand.press.base.removeprefix("http://"): stand.outlet.name
            for stand in stage.newsroom.stands.values()
        }
        families = [one.family for one in found.publishers if one.family]
        assert families == ["harbour", "harbour"]

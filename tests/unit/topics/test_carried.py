"""The topics are found in a checkout, and an installed package carries them."""

import shutil
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from wirewatch import ready_topics

ROOT = Path(__file__).parents[3]
NAME = "north-korea-russia"


@pytest.mark.slow
def test_the_wheel_carries_the_topics(tmp_path: Path) -> None:
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(built) as wheel:
        carried = wheel.read(f"wirewatch/topics/{NAME}.toml")
        assert "wirewatch/config/topic.toml" in wheel.namelist()
    assert carried == (ROOT / "topics" / f"{NAME}.toml").read_bytes()


def test_a_checkout_has_them_at_its_top() -> None:
    topic = ready_topics.ready_topics()[NAME]
    assert topic.text == (ROOT / "topics" / f"{NAME}.toml").read_text("utf-8")
    assert topic.about.startswith("North Korean soldiers")


def test_a_package_has_them_inside_and_none_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, top = tmp_path / "package" / "topics", tmp_path / "topics"
    monkeypatch.setattr(ready_topics, "_FOLDERS", (inside, top))
    assert ready_topics.ready_topics() == {}
    shutil.copytree(ROOT / "topics", inside)
    assert NAME in ready_topics.ready_topics()

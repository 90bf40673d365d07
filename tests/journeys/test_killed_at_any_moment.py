"""As somebody whose machine may fail at any moment, I get every alert all the same, and once.

`run` is killed by SIGKILL while the demo's newsroom publishes, and started again at once. A few
kills here; `python -m bench kill` does it 200 times.
"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bench.kill_harness import Ordeal, survive
from wirewatch.demo.mailbox import MANNER
from wirewatch.demo.script import Script, load

BEAT = timedelta(seconds=0.5)


def prompt(script: Script) -> Script:
    """Return the script with receivers that take everything at once.

    A delivery that is turned away after it was killed on the way waits five minutes, as it should:
    too long for a test, but part of the bench.
    """
    channels = tuple(
        channel if channel.manner == MANNER else replace(channel, manner="prompt")
        for channel in script.channels
    )
    return replace(script, channels=channels)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
async def test_every_alert_arrives_under_one_id_though_run_is_killed(
    seed: int, tmp_path: Path
) -> None:
    ordeal = Ordeal(kills=6, seed=seed, beat=BEAT)
    survival = await survive(prompt(load().shortened(30)), ordeal, tmp_path, None)
    assert survival.kills >= 3
    assert survival.card.missed == ()
    assert survival.card.false == ()
    assert survival.card.repeated == ()
    assert survival.card.altered == ()
    assert survival.card.noted == survival.card.published
    assert survival.orphans == ()
    assert survival.fell == ()
    assert survival.stopped

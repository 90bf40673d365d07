"""As a newcomer, I start the demo and see the whole way run: every alert once, and no other."""

import asyncio
import json
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
async def test_the_demo_ends_exact_on_either_engine(any_empty_url: str, tmp_path: Path) -> None:
    # From a folder of its own: the demo needs nothing that lies around.
    demo = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "wirewatch", "demo", "--fast", "--json"),
        *("--archive", any_empty_url),
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await demo.communicate()
    card = json.loads(out) if out else {}
    assert demo.returncode == 0, f"{card}\n{err.decode()}"
    assert card["published"] == card["noted"] == 66
    assert card["expected"] == card["received"] > 30
    assert card["exact"] is True

"""robots.txt: ours beside Protego and the standard library, on real cases and live files.

It wants the unpacked cases in the folder that CORPORA_DATA names, and says so where they are not.
"""

import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias
from urllib.robotparser import RobotFileParser

from protego import Protego

from bench.scored import allowed

Ask: TypeAlias = Callable[[str, str, str], bool]

LIVE = 500
PATH = "/news/2026/11/23/story.html?id=1"


def main() -> None:
    root = os.environ.get("CORPORA_DATA")
    if root is None:
        print("robots: CORPORA_DATA names no folder, so nothing was measured")
        return
    cases, live = (_lines(Path(root, name, "cases.jsonl")) for name in ("robots", "robots_live"))
    print(f"robots: {len(cases)} expectations, {LIVE} live files, each read and asked once")
    print(f"{'':12} {'right':>9} {'median':>9} {'p95':>9} {'longest':>9}")
    for name, ask in (("ours", allowed), ("Protego", by_protego), ("urllib", by_urllib)):
        right = sum(ask(one["robots"], one["agent"], one["url"]) is one["allowed"] for one in cases)
        spent = sorted(_spent(ask, one) for one in live[:LIVE])
        figures = (statistics.median(spent), spent[int(0.95 * len(spent))], spent[-1])
        told = " ".join(f"{seconds * 1e3:>6.2f} ms" for seconds in figures)
        print(f"{name:12} {right:>5}/{len(cases)} {told}")


def by_protego(robots: str, agent: str, url: str) -> bool:
    return bool(Protego.parse(robots).can_fetch(url, agent))


def by_urllib(robots: str, agent: str, url: str) -> bool:
    parser = RobotFileParser()
    parser.parse(robots.splitlines())
    return parser.can_fetch(agent, url)


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def _spent(ask: Ask, one: dict[str, Any]) -> float:
    began = time.process_time()
    ask(one["robots"], "wirewatch", f"https://{one['id']}{PATH}")
    return time.process_time() - began


if __name__ == "__main__":
    main()

"""Good sources beside a hundred bad ones, through `wirewatch run`: schedule and memory.

For a while a hundred good feeds are visited every five seconds; then a hundred sources that hang,
flood, lead astray or send what hurts are visited beside them. The good ones' servers tell how
regularly they were asked, and the process tree's memory is looked at all the while.
"""

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.bad_town import address_of, bad_town
from bench.feed_town import Counted, Town, TownProcess, town_process
from bench.process_tree import running, taken

BAD = 100
EVERY = 5.0
SECONDS = 120.0
SETTLING = 30.0
_TOLERANCE = 0.2
GOOD = Town(hosts=100, feeds=1, busy=10, every=30.0)


def main() -> None:
    with bad_town(BAD) as port, town_process(GOOD) as town:
        alone = _lived(town, 0, port)
        beside = _lived(town, BAD, port)
    print(f"{GOOD.hosts} good feeds, each visited every {EVERY:g} s, for {SECONDS:g} s")
    print(f"{'':36} {'alone':>10} {f'beside {BAD} bad':>16}")
    for (name, one), (_, other) in zip(alone, beside, strict=True):
        print(f"{name:36} {one:10.2f} {other:16.2f}")


def _lived(town: TownProcess, bad: int, port: int) -> list[tuple[str, float]]:
    """Run for a while with so many bad sources; return what is to be said of it."""
    with (
        TemporaryDirectory() as folder,
        running(Path(folder), _configured(town, bad, port)) as process,
    ):
        time.sleep(SETTLING)
        since, most = time.monotonic(), 0.0
        before = taken(process)
        while time.monotonic() < since + SECONDS:
            time.sleep(1)
            most = max(most, taken(process).memory)
        spent = taken(process).cpu - before.cpu
        gaps = sorted(_gaps(town.counted(), since))
    return [
        ("seconds between two visits, median", median(gaps)),
        ("5 of 100 below", gaps[int(len(gaps) * 0.05)]),
        ("95 of 100 below", gaps[int(len(gaps) * 0.95)]),
        ("the longest", gaps[-1]),
        ("share of visits on time, within 20 %", sum(map(_in_time, gaps)) / len(gaps)),
        ("most memory of the tree, MiB (PSS)", most),
        ("CPU of the tree, cores", spent / SECONDS),
    ]


def _gaps(seen: Counted, since: float) -> Iterator[float]:
    for moments in seen.moments.values():
        lately = [moment for moment in moments if moment >= since]
        yield from (later - earlier for earlier, later in pairwise(lately))


def _in_time(gap: float) -> bool:
    return abs(gap / EVERY - 1) <= _TOLERANCE


def _configured(town: TownProcess, bad: int, port: int) -> str:
    """Write the configuration of the good sources and of so many bad ones."""
    lines = ['[network]\nallow = ["127.0.0.0/8"]\n']
    good = [f"http://{host}:{town.port}/feed/{feed}" for host, feed in GOOD.places()]
    harmful = [f"http://{address_of(number)}:{port}/" for number in range(bad)]
    for number, url in enumerate(good + harmful):
        lines.append(f'[[source]]\nname = "Source {number}"\nkind = "feed"\nurl = "{url}"')
        lines.append(f'every = "{EVERY:g}s"\n')
    return "\n".join(lines)

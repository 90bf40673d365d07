"""A thousand feeds for ten minutes, through `wirewatch run`, as the servers see it.

Half of the feeds are visited every minute, the others as the cadence adapts. What must hold: no
body is fetched twice for nothing, no page that robots.txt forbids is asked for, and no host sees
more than one request at once. Then nothing is published any more, and the memory of the idle
process tree is taken. WIREWATCH_BENCH_MINUTES makes it shorter or longer.
"""

import os
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil

from bench.feed_town import Counted, Town, TownProcess, town_process
from bench.process_tree import Taken, running, taken

MINUTES = float(os.environ.get("WIREWATCH_BENCH_MINUTES", "10"))
IDLE_SECONDS = 100.0
TOWN = Town(hosts=250, feeds=4, busy=5, every=100.0)


def main() -> None:
    with TemporaryDirectory() as folder, town_process(TOWN) as town:
        configuration = configured(town, TOWN)
        with running(Path(folder), configuration) as process:
            begun = _watched(process, MINUTES * 60)
            seen, before = town.counted(), taken(process)
            town.rest()
            _watched(process, IDLE_SECONDS)
            idle = taken(process)
    _report(seen, before, begun, idle)


def configured(town: TownProcess, size: Town) -> str:
    """Write the configuration that reads every feed of the town, every second one each minute."""
    lines = ['[network]\nallow = ["127.0.0.0/8"]\n']
    for number, (host, feed) in enumerate(size.places()):
        url = f"http://{host}:{town.port}/feed/{feed}"
        lines.append(f'[[source]]\nname = "Feed {number}"\nkind = "feed"\nurl = "{url}"')
        lines.append('every = "1m"\n' if number % 2 == 0 else "")
    return "\n".join(lines)


def _watched(process: psutil.Process, seconds: float) -> float:
    """Wait, and return the most memory that the tree took meanwhile, in MiB."""
    until, most = time.monotonic() + seconds, 0.0
    while time.monotonic() < until:
        time.sleep(2)
        most = max(most, taken(process).memory)
    return most


def _report(seen: Counted, busy: Taken, most: float, idle: Taken) -> None:
    visits = seen.requests["200"] + seen.requests["304"]
    feeds = TOWN.hosts * TOWN.feeds
    lags = sorted(seen.lags)
    trespasses = seen.violations + seen.unasked
    rows: list[tuple[str, str]] = [
        ("visits", f"{visits:,}"),
        ("answered 304", f"{seen.requests['304']:,}"),
        ("bodies fetched twice for nothing", f"{seen.twice:,}"),
        ("pages read", f"{seen.requests['pages']:,}"),
        ("pages that robots.txt forbids, or before it was asked", f"{trespasses}"),
        ("most requests at once to one host", f"{seen.at_once}"),
        ("items fetched; seconds from publication, median", f"{len(lags):,}; {median(lags):.0f}"),
        ("the same, 95 of 100", f"{lags[int(len(lags) * 0.95)]:.0f}"),
        ("CPU of the whole tree, ms a visit, pages and all", f"{busy.cpu / visits * 1e3:.1f}"),
        ("most memory of the tree meanwhile, MiB (PSS)", f"{most:.0f}"),
        (f"memory when idle for {IDLE_SECONDS:.0f} s, MiB (PSS)", f"{idle.memory:.0f}"),
        ("processes and open files then", f"{idle.processes}, {idle.files}"),
    ]
    print(f"{feeds:,} feeds on {TOWN.hosts} hosts, {MINUTES:g} minutes")
    for name, figure in rows:
        print(f"{name:56} {figure:>14}")

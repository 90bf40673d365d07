"""SIGKILL at random moments of the demo's traffic: what is lost, doubled, made up or left behind.

`python -m bench kill` kills 200 times; `python -m bench.bench_kill 40 7` kills 40 times, beginning
with seed 7. Every round plays the demo's whole script to an empty archive.
"""

import asyncio
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from bench.kill_harness import Ordeal, Survival, survive
from wirewatch.demo.script import load

KILLS = 200
A_ROUND = 25
"""At most so many kills a round; the next begins with an empty archive."""
BEAT = timedelta(seconds=2)
"""Long enough that a dozen lives fit into a round, start-up and all."""
COLUMNS = (
    "kills",
    "expected",
    "received",
    "missed",
    "false",
    "repeated",
    "altered",
    "again",
    "orphans",
    "fell",
)
PATIENCE = timedelta(seconds=420)
"""A second attempt that is turned away comes again after five minutes."""


def main(kills: int = KILLS, seed: int = 1) -> None:
    """Print a line a round; raise at the end if anything was not as it must be."""
    print(f"{'seed':5}" + "".join(f"{name:>9}" for name in COLUMNS))
    done, wrong = 0, 0
    while done < kills:
        survival = _round(min(A_ROUND, kills - done), seed)
        done += survival.kills
        wrong += not survival.whole
        print(_line(seed, survival), flush=True)
        seed += 1
    print(f"{done} kills, {wrong} rounds with a fault")
    if wrong:
        raise SystemExit(1)


def _round(kills: int, seed: int) -> Survival:
    ordeal = Ordeal(kills=kills, seed=seed, beat=BEAT, patience=PATIENCE)
    with tempfile.TemporaryDirectory(prefix="wirewatch-kill-") as folder:
        return asyncio.run(survive(load(), ordeal, Path(folder), None))


def _line(seed: int, survival: Survival) -> str:
    card = survival.card
    numbers = (
        survival.kills,
        card.expected,
        card.received,
        len(card.missed),
        len(card.false),
        len(card.repeated),
        len(card.altered),
        card.again,
        len(survival.orphans),
        len(survival.fell),
    )
    line = f"{seed:5}" + "".join(f"{number:9}" for number in numbers)
    complaints = (
        *(f"missed {each}" for each in card.missed),
        *(f"false {each}" for each in card.false),
        *(f"repeated {each}" for each in card.repeated),
        *(f"orphan {each}" for each in survival.orphans),
        *(f"fell {each}" for each in survival.fell),
        *(() if card.noted == card.published else (f"noted {card.noted} of {card.published}",)),
        *(() if survival.stopped else ("did not stop within 10 s of SIGTERM",)),
    )
    return "\n".join([line, *(f"       {each}" for each in complaints)])


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))

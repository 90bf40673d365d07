"""Run the measurements: `python -m bench [NAME]…`, or all of them.

Every file `bench/bench_NAME.py` has a `main()` that prints its own table. A measurement that
raises is told at the end and makes the run fail; the others are run all the same.
"""

import importlib
import platform
import sys
import time
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from os import cpu_count
from pathlib import Path

FOLDER = Path(__file__).parent
LIBRARIES = ("sqlalchemy", "httpx", "aiohttp", "feedparser", "trafilatura", "scrapy")


def names(folder: Path = FOLDER) -> list[str]:
    """List the measurements there are, by the middle of their file's name."""
    return sorted(path.stem.removeprefix("bench_") for path in folder.glob("bench_*.py"))


def header() -> str:
    """Say what it was measured on, so that two tables can be compared."""
    libraries = " · ".join(f"{library} {version(library)}" for library in LIBRARIES)
    return (
        f"{platform.python_implementation()} {platform.python_version()} · "
        f"{platform.system()} {platform.machine()} · {cpu_count()} cores · {_processor()}\n"
        f"{libraries}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "processor unknown"
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "processor unknown")


def run(name: str) -> bool:
    """Run one measurement; tell whether it came to its end."""
    print(f"\n## {name}", flush=True)
    began = time.perf_counter()
    try:
        importlib.import_module(f"bench.bench_{name}").main()
    except (Exception, SystemExit):  # noqa: BLE001 - one measurement must not stop the others
        traceback.print_exc()
        return False
    print(f"({time.perf_counter() - began:.0f} s)", flush=True)
    return True


def main(wanted: Sequence[str]) -> int:
    """Run what is wanted, or everything; return the exit code."""
    if unknown := sorted(set(wanted) - set(names())):
        print(f"No measurement is called {', '.join(unknown)}. There are: {', '.join(names())}.")
        return 2
    print(header())
    failed = [name for name in wanted or names() if not run(name)]
    if failed:
        print(f"\nFailed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

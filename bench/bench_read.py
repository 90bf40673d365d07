"""What a page costs from its address to its article, through the engine, its child and workers.

Beside it stands trafilatura's extraction of the same pages from the same server, in its fast way
and with metadata, over a plain urllib fetch. The server is a process of its own, so the CPU is
ours alone. With CORPORA_DATA set, its real pages are read, else pages made here.
"""

import asyncio
import multiprocessing
import resource
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from urllib.request import urlopen

import psutil
import trafilatura

from bench.page_server import HOSTS, page_server, pages
from crawler.engine import Engine
from news.page import Page
from wirewatch.net.client import NetworkSettings
from wirewatch.pages_child import command

ROUNDS = 3


def main() -> None:
    served = pages("fundus")
    with page_server(served) as ports:
        urls = [
            f"http://127.0.0.1:{ports[n % HOSTS]}/{n}?{turn}"
            for turn in range(ROUNDS)
            for n in range(len(served))
        ]
        asyncio.run(_measure(urls, len(served)))
        spent = rival(urls)
        print(f"{'urllib and trafilatura (fast, with metadata)':44} {spent / len(urls) * 1e3:8.2f}")


async def _measure(urls: Sequence[str], size: int) -> None:
    engine = Engine(command(NetworkSettings(agent="wirewatch-bench", allow=("127.0.0.1",))))
    await engine.start()
    await _read(engine, urls[:size])  # warm: processes, imports, robots.txt
    parent, children, began = time.process_time(), cpu_below(), time.perf_counter()
    read = await _read(engine, urls)
    took = time.perf_counter() - began
    parent, children = time.process_time() - parent, cpu_below() - children
    await engine.stop()
    print(f"{len(urls)} reads, {read} with a text, {len(urls) / took:.1f} a second")
    print(f"{'CPU a page':44} {'ms':>8}")
    print(f"{'through the engine':44} {(parent + children) / len(urls) * 1e3:8.2f}")
    print(f"{'  of it in the parent':44} {parent / len(urls) * 1e3:8.2f}")


async def _read(engine: Engine, urls: Sequence[str]) -> int:
    waiting = list(reversed(urls))
    read = 0

    async def reader() -> None:
        nonlocal read
        while waiting:
            outcome = await engine.read(waiting.pop())
            read += isinstance(outcome, Page)

    await asyncio.gather(*(reader() for _ in range(HOSTS)))
    return read


def cpu_below() -> float:
    """Return the CPU seconds of every process below this one, but for the server."""
    times = [
        process.cpu_times()
        for child in psutil.Process().children()
        if "wirewatch.pages_main" in child.cmdline()
        for process in (child, *child.children(recursive=True))
    ]
    return sum(spent.user + spent.system for spent in times)


def _trafilatura(urls: Sequence[str]) -> None:
    for url in urls:
        with urlopen(url) as answer:  # its own fetch refuses 127.0.0.1, and costs more than this
            trafilatura.bare_extraction(answer.read(), url=url, fast=True, with_metadata=True)


def rival(urls: Sequence[str]) -> float:
    """Return the CPU seconds that the rival takes in a process of its own, imports left out."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe()
    process = spawning.Process(target=_told, args=(theirs, urls))
    process.start()
    seconds = float(ours.recv())
    process.join()
    return seconds


def _told(pipe: Connection, urls: Sequence[str]) -> None:
    _trafilatura(urls[:10])
    before = resource.getrusage(resource.RUSAGE_SELF)
    _trafilatura(urls)
    after = resource.getrusage(resource.RUSAGE_SELF)
    pipe.send(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


if __name__ == "__main__":
    main()

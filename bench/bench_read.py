"""What a page costs from its address to its article, through the engine, its child and workers.

Beside it stands trafilatura's extraction of the same pages from the same server, in its fast way
and with metadata, over a plain urllib fetch. The server is a process of its own, so the CPU is
ours alone. With CORPORA_DATA set, its real pages are read, else pages made here.
"""

import asyncio
import gzip
import multiprocessing
import os
import resource
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import ClassVar
from urllib.request import urlopen

import psutil
import trafilatura

from crawler.engine import Engine
from news.page import Page
from wirewatch.net.client import NetworkSettings
from wirewatch.pages_child import command

HOSTS = 4
ROUNDS = 3
MADE = 100


def main() -> None:
    pages = _pages()
    with _server(pages) as ports:
        urls = [
            f"http://127.0.0.1:{ports[n % HOSTS]}/{n}?{turn}"
            for turn in range(ROUNDS)
            for n in range(len(pages))
        ]
        asyncio.run(_measure(urls, len(pages)))
        rival = _rival(urls)
        print(f"{'urllib and trafilatura (fast, with metadata)':44} {rival / len(urls) * 1e3:8.2f}")


async def _measure(urls: Sequence[str], size: int) -> None:
    engine = Engine(command(NetworkSettings(agent="wirewatch-bench", allow=("127.0.0.1",))))
    await engine.start()
    await _read(engine, urls[:size])  # warm: processes, imports, robots.txt
    parent, children, began = time.process_time(), _cpu_below(), time.perf_counter()
    read = await _read(engine, urls)
    took = time.perf_counter() - began
    parent, children = time.process_time() - parent, _cpu_below() - children
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


def _cpu_below() -> float:
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


def _rival(urls: Sequence[str]) -> float:
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


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    pages: ClassVar[Sequence[bytes]] = ()

    def do_GET(self) -> None:
        name = self.path.strip("/").partition("?")[0]
        found = name.isdigit()
        body = self.pages[int(name)] if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _server(pages: Sequence[bytes]) -> Iterator[list[int]]:
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(theirs, pages), daemon=True
    )
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def _serve(pipe: Connection, pages: Sequence[bytes]) -> None:
    _Handler.pages = pages
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), _Handler) for _ in range(HOSTS)]
    threads = [Thread(target=server.serve_forever) for server in servers]
    for thread in threads:
        thread.start()
    pipe.send([server.server_port for server in servers])
    for thread in threads:
        thread.join()


def _pages() -> list[bytes]:
    folder = os.environ.get("CORPORA_DATA")
    files = sorted(Path(folder, "fundus", "files").glob("*.html.gz")) if folder else []
    return [gzip.decompress(file.read_bytes()) for file in files] or _made()


def _made() -> list[bytes]:
    links = "".join(f'<li><a href="/{n}">A story of number {n}</a></li>' for n in range(400))
    story = "".join(
        f"<p>On day {n} the crane of the harbour turned its arm by {n} degrees, workers said, "
        "and nobody could say why it did so at that hour of the morning.</p>"
        for n in range(40)
    )
    page = (
        f"<html lang=en><head><title>Crane</title></head><body><nav><ul>{links}</ul></nav>"
        f"<article><h1>Crane</h1>{story}</article><footer><ul>{links}</ul></footer></body></html>"
    )
    return [page.replace("harbour", f"harbour {n}").encode() for n in range(MADE)]


if __name__ == "__main__":
    main()

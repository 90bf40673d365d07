"""What a page costs that Chromium draws, beside the same article read as it is sent.

Both go through the engine, its child and workers. CPU and memory (PSS) are those of the whole tree
below this process, but for the server, which is in a process of its own.
"""

import asyncio
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection

import psutil

from crawler.drawing.chromium import missing
from crawler.engine import Engine
from news.page import Page
from wirewatch.net.client import NetworkSettings
from wirewatch.pages_child import command

PAGES = 20

_TEXT = "".join(
    f"<p>The {number}th crane of the harbour was taken down on Monday, port workers said.</p>"
    for number in range(40)
)
_ANSWERS = {
    "/plain": ("text/html", f"<html><title>Cranes</title><article>{_TEXT}</article></html>"),
    "/drawn": ("text/html", '<html><title>Cranes</title><script src="/app.js"></script></html>'),
    "/app.js": (
        "text/javascript",
        'fetch("/api").then(a => a.text()).then(t => {document.body.innerHTML = t})',
    ),
    "/api": ("text/plain", f"<article>{_TEXT}</article>"),
}


def main() -> None:
    """Print the table."""
    if (why := missing()) is not None:
        print(f"not measured: {why}")
        return
    with _server() as port:
        asyncio.run(_measure(port))


async def _measure(port: int) -> None:
    engine = Engine(command(NetworkSettings(agent="wirewatch-bench", allow=("127.0.0.1",))))
    await engine.start()
    print(f"{'one page at a time':32} {'ms':>8} {'CPU ms':>8} {'MiB':>8}")
    for name in ("plain", "drawn"):
        url = f"http://127.0.0.1:{port}/{name}"
        began = time.perf_counter()
        await _read(engine, url, 1)
        first = time.perf_counter() - began
        if name == "drawn":
            print(f"{'the first drawn, browser started':32} {first * 1e3:8.0f}")
        before, began = _taken(), time.perf_counter()
        await _read(engine, url, PAGES)
        took, after = time.perf_counter() - began, _taken()
        cpu = after[0] - before[0]
        print(f"{name:32} {took / PAGES * 1e3:8.0f} {cpu / PAGES * 1e3:8.0f} {after[1]:8.0f}")
    await engine.stop()


async def _read(engine: Engine, url: str, times: int) -> None:
    for turn in range(times):
        outcome = await engine.read(f"{url}?{turn}", render=True)
        if not isinstance(outcome, Page) or outcome.drawn is not url.endswith("drawn"):
            raise RuntimeError(f"{url}: {outcome}")


def _taken() -> tuple[float, float]:
    """Return CPU seconds and MiB of every process below this one, but for the server."""
    cpu = memory = 0.0
    for child in psutil.Process().children():
        if "wirewatch.pages_main" not in child.cmdline():
            continue
        for one in (child, *child.children(recursive=True)):
            with suppress(psutil.Error):
                times = one.cpu_times()
                cpu += times.user + times.system + times.children_user + times.children_system
                memory += one.memory_full_info().pss / 2**20
    return cpu, memory


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind, text = _ANSWERS.get(self.path.partition("?")[0], ("", ""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _serve(pipe: Connection, names: Sequence[str]) -> None:
    server = ThreadingHTTPServer((names[0], 0), _Handler)
    pipe.send(server.server_address[1])
    server.serve_forever()


@contextmanager
def _server() -> Iterator[int]:
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe()
    process = spawning.Process(target=_serve, args=(theirs, ("127.0.0.1",)), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()

"""Pages over HTTP for measurements: a server of its own process, so that its CPU is not ours.

With CORPORA_DATA set it serves the real pages there, else pages made here.
"""

import gzip
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import ClassVar

HOSTS = 4
MADE = 100


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
def page_server(pages: Sequence[bytes]) -> Iterator[list[int]]:
    """Serve page `n` as `/n` on four ports, which are told."""
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


def pages(*sets: str) -> list[bytes]:
    """Return the real pages of these sets, or a hundred made here."""
    folder = os.environ.get("CORPORA_DATA")
    files = [
        file
        for name in (sets if folder else ())
        for file in sorted(Path(folder or "", name, "files").glob("*.html.gz"))
    ]
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

"""The wirewatch under test: its folder, its wirewatch.toml, and the child process that runs it."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from wirewatch.demo.mailbox import DOMAIN, Mailboxes
from wirewatch.demo.newsroom import Newsroom
from wirewatch.demo.press import MAIN_FEED, address_of, feed_paths
from wirewatch.demo.receiver import Receiver
from wirewatch.demo.script import Script

COMMAND = (sys.executable, "-m", "wirewatch")
"""The command `wirewatch` of this very environment, whatever stands in PATH."""

_CODE = Path(__file__).resolve().parents[2]

STOP_WITHIN = timedelta(seconds=12)
"""`run` promises to stop within 10 s."""

SENDER = f"wirewatch <alerts@{DOMAIN}>"
"""Whom the demo's mails come from."""

PAGE_TIMEOUT = "6s"
"""Short, so that the page that hangs does not make the demo long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A folder with a configuration; `archive` is the URL of its archive."""

    folder: Path
    archive: str
    environment: Mapping[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = COMMAND

    @property
    def configuration(self) -> Path:
        """The file that `run` is given."""
        return self.folder / "wirewatch.toml"

    @property
    def log(self) -> Path:
        """Where `run` writes what it has to say, through all its lives."""
        return self.folder / "run.log"

    async def start(self) -> asyncio.subprocess.Process:
        """Start `wirewatch run`; it appends to the log."""
        with self.log.open("ab") as log:
            return await self._spawn(log)

    async def ask(self, *words: str) -> str:
        """Return what another command of wirewatch answers beside `run`."""
        asked = await asyncio.create_subprocess_exec(
            *self.command,
            "-c",
            str(self.configuration),
            *words,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            cwd=self.folder,
            env=_environment(self.environment),
        )
        answer, _ = await asked.communicate()
        return answer.decode(errors="replace")

    async def _spawn(self, log: BinaryIO) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *self.command,
            "-c",
            str(self.configuration),
            "run",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=self.folder,
            env=_environment(self.environment),
            # Ctrl-C is for the demo, which then stops its child in order.
            start_new_session=True,
        )


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """Return our own environment and `more`; the child finds the very code that we run."""
    places = [str(_CODE), os.environ.get("PYTHONPATH", "")]
    found = os.pathsep.join(place for place in places if place)
    return {**os.environ, "PYTHONPATH": found, "PYTHONUNBUFFERED": "1", **more}


async def stop(child: asyncio.subprocess.Process, within: timedelta = STOP_WITHIN) -> bool:
    """Ask `child` to stop, and wait; False if it had to be killed."""
    if child.returncode is not None:
        return True
    child.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(child.wait(), within.total_seconds())
    except TimeoutError:
        child.kill()
        await child.wait()
        return False
    return True


@dataclass(frozen=True, slots=True)
class Ways:
    """Where alerts go: to receivers of webhooks, and to mailboxes."""

    receiver: Receiver
    mailboxes: Mailboxes


def configuration(script: Script, newsroom: Newsroom, ways: Ways, archive: str) -> str:
    """Return the wirewatch.toml that names every outlet, channel and watch of the script."""
    bases = [stand.press.base for stand in newsroom.stands.values()]
    allow = [urlsplit(base).netloc for base in (*bases, ways.receiver.base)]
    tables = [
        "# Made by `wirewatch demo`; the addresses live as long as the demo does.",
        _table("[network]", allow=allow, contact="demo@wirewatch.example", timeout=PAGE_TIMEOUT),
        _table("[archive]", url=archive),
        _table("[mail]", server=f"smtp://127.0.0.1:{ways.mailboxes.port}", **{"from": SENDER}),
        *_sources(newsroom),
        *_publishers(newsroom),
        *(
            _table("[[channel]]", name=name, url=f"{ways.receiver.base}/{name}", secret=secret)
            for name, secret in ways.receiver.secrets.items()
        ),
        *(
            _table("[[channel]]", name=name, url=f"mailto:{address}")
            for name, address in ways.mailboxes.addresses.items()
        ),
        *(
            _table(
                "[[watch]]",
                name=watch.name,
                query=watch.query,
                to=list(watch.to),
                alert=[watch.alert],
            )
            for watch in script.watches
        ),
    ]
    return "\n".join(tables)


def _sources(newsroom: Newsroom) -> Iterator[str]:
    for stand in newsroom.stands.values():
        for feed in feed_paths(stand.outlet):
            name = stand.outlet.name if feed == MAIN_FEED else f"{stand.outlet.name}, world"
            url = stand.press.base + address_of(stand.outlet, feed)
            kind = "list" if stand.outlet.format == "list" else "feed"
            yield _table("[[source]]", name=name, kind=kind, url=url, every="1s")


def _publishers(newsroom: Newsroom) -> Iterator[str]:
    """Name who speaks: not every layout says so, and none says who owns whom."""
    for stand in newsroom.stands.values():
        outlet = stand.outlet
        family = {} if outlet.family is None else {"family": outlet.family}
        domain = urlsplit(stand.press.base).netloc
        yield _table("[[publisher]]", domain=domain, name=outlet.name, **family)


def _table(head: str, **values: str | list[str]) -> str:
    lines = [f"{name} = {_toml(value)}" for name, value in values.items()]
    return "\n".join([head, *lines, ""])


def _toml(value: str | list[str]) -> str:
    # JSON's strings and arrays are TOML's, as long as nothing is escaped beyond the basic plane.
    return json.dumps(value, ensure_ascii=False)

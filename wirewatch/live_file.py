"""What a running `run` takes up of wirewatch.toml by itself: where mails leave, who hears notices.

Sources, watches and channels wait for `apply`, since they may mean much; a mail server means only
that what waits can leave, and `[notices] to` names channels that are there. What else the file says
holds from the start on, and that is told.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from alerts.channels.mail_server import MailServer
from news.errors import ConfigurationError
from wirewatch.config.load import FILE_NAME, load
from wirewatch.config.sections import Notices
from wirewatch.config.values import Configuration
from wirewatch.mail import mail_server_of

_AT_START = ("network", "web", "cadence", "archive")
"""Sections that objects were made of which live as long as the process does."""

Stamp: TypeAlias = tuple[int, int] | None
"""When a file was changed, and its size; None where there is none."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class LiveFile:
    """The configuration that `run` was started with, looked at anew when its files change."""

    started: Configuration
    _mail: MailServer | None = field(init=False)
    _notices: Notices = field(init=False)
    _files: tuple[Path, ...] = field(init=False)
    _seen: tuple[Stamp, ...] | None = field(init=False)
    _said: set[str] = field(default_factory=set, init=False)
    _reading: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    def __post_init__(self) -> None:
        """Take what the start was made of; a file that is written only later is found too."""
        self._mail = mail_server_of(self.started.mail)
        self._notices = self.started.notices
        self._files = self.started.files or (Path.cwd() / FILE_NAME,)
        self._seen = self._stamps()

    async def mail(self) -> MailServer | None:
        """Return the mail server that the files name now; while they are faulty, as before."""
        await self._look()
        return self._mail

    async def notices_to(self) -> Sequence[str]:
        """Return the channels that `[notices] to` names now; while files are faulty, as before."""
        await self._look()
        return self._notices.to

    async def _look(self) -> None:
        async with self._reading:
            stamps = self._stamps()
            if stamps != self._seen:
                self._seen = stamps
                await self._read()

    async def _read(self) -> None:
        try:
            now = await asyncio.to_thread(load, self._files[0])
        except ConfigurationError as error:  # half written, perhaps: it is read until it is right
            self._seen = None
            self._say(f"mails leave as before, since the configuration has faults:\n{error}")
            return
        self._files = now.files
        self._seen = self._stamps()
        mail = mail_server_of(now.mail)
        if mail != self._mail:
            self._mail = mail
            log.warning("[mail] is taken up as %s says it now", self._files[0])
        if now.notices.to != self._notices.to:
            log.warning("[notices] to is taken up as %s says it now", self._files[0])
        self._notices = now.notices
        for name in _AT_START:
            if getattr(now, name) != getattr(self.started, name):
                self._say(f"[{name}] has changed; that holds once `wirewatch run` is started anew")

    def _say(self, words: str) -> None:
        if words not in self._said:
            self._said.add(words)
            log.warning("%s", words)

    def _stamps(self) -> tuple[Stamp, ...]:
        return tuple(map(_stamp, self._files))


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size

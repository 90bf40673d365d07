"""Child processes that cannot outlive us, from the side of the parent.

Each lives in a session of its own (a Ctrl-C at the terminal is ours alone to answer), is asked to
end by closing its stdin, and is killed with all of its group when it does not. The child's side
of the bargain is `crawler.leash`.
"""

import asyncio
import contextlib
import os
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from crawler.leash import PARENT

_ROOT = str(Path(__file__).resolve().parent.parent)
_BUFFER = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Child:
    """A process that was started, with the two ends of its pipes that are ours."""

    process: asyncio.subprocess.Process
    stdin: asyncio.StreamWriter
    stdout: asyncio.StreamReader

    def kill(self) -> None:
        """Kill the child and all of its group, now; `end` still has to gather it."""
        # The group is signalled even when its leader is gone: it may have left others behind. Its
        # number cannot have passed to a stranger, for it stays taken while any of them lives.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    async def end(self, *, grace: timedelta) -> int:
        """Close the child's stdin, wait for `grace`, kill what is left; return its exit status."""
        self.stdin.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace.total_seconds()):
                await self.process.wait()
        self.kill()
        status = await self.process.wait()
        # Both pipes are seen to their ends, so that no transport is left open behind us.
        with contextlib.suppress(OSError):
            while await self.stdout.read(_BUFFER):
                pass
        with contextlib.suppress(OSError):
            await self.stdin.wait_closed()
        return status


async def start_child(
    command: Sequence[str], *, environment: Mapping[str, str] | None = None
) -> Child:
    """Start `command` with pipes for stdin and stdout; stderr stays ours.

    `environment` replaces ours. Our own code is found wherever the parent found it.
    """
    inherited = os.environ if environment is None else environment
    paths = [_ROOT, *filter(None, [inherited.get("PYTHONPATH")])]
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=_BUFFER,
        start_new_session=True,
        env={**inherited, "PYTHONPATH": os.pathsep.join(paths), PARENT: str(os.getpid())},
    )
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("a child was started without its pipes")
    return Child(process, process.stdin, process.stdout)

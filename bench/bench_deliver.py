"""What delivering costs, and whether one receiver that hangs delays the others.

The receiver is a process of its own, so the CPU is ours alone. Beside the whole way stands the
same client posting the same bytes with nothing around it: the difference is dispatching, signing
and settling (over an outbox in memory, and then out of an archive on SQLite).
"""

import asyncio
import multiprocessing
import time
from collections import deque
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from statistics import quantiles
from tempfile import TemporaryDirectory

import httpx

from alerts.channels.webhook import WebhookChannel
from alerts.dispatch import Dispatcher, Way
from archive.database import Database
from archive.upgrade import prepare
from news.clock import utc_now
from news.delivery import Attempt, Delivery, DueDelivery
from scheduler.pump import Pump
from tests.integration.outbox_of import Webhooks as ArchiveWebhooks
from tests.integration.outbox_of import owe, pump_of, running
from wirewatch.net.client import NetworkSettings, open_client
from wirewatch.threads import ThreadedOutbox

CHANNELS = 10
DELIVERIES = 2_000
REPEATS = 8
ROUNDS = 40
ROUND = 0.05
"""Seconds between one delivery to every channel and the next."""
SECRET = "whsec_bm90IGEgcmVhbCBzZWNyZXQsIG9ubHkgYSB0ZXN0"
PAYLOAD = b'{"type":"story.matched","data":"' + b"x" * 1_500 + b'"}'


def main() -> None:
    with receiver_process() as port:
        asyncio.run(_measure(f"http://127.0.0.1:{port}"))


async def _measure(place: str) -> None:
    network = NetworkSettings(agent="wirewatch-bench", allow=("127.0.0.1",))
    async with open_client(network) as http:
        await _bare(http, place, 100)  # warm: connections, imports
        bare = await _cpu(_bare(http, place, DELIVERIES))
        whole = await _cpu(_dispatched(http, place, DELIVERIES))
        kept = await _from_archive(http, place, DELIVERIES)
        print(f"{'CPU a delivery':44} {'ms':>8}")
        print(f"{'the same POST alone, one after another':44} {bare / DELIVERIES * 1e3:8.3f}")
        print(f"{'claimed, signed, sent, settled, 10 at once':44} {whole / DELIVERIES * 1e3:8.3f}")
        print(f"{'the same out of an archive on SQLite':44} {kept / DELIVERIES * 1e3:8.3f}")
        print(f"\n{'due to settled, 9 well channels, ms':44} {'p50':>8} {'p99':>8} {'worst':>8}")
        well, beside = [], []
        for _ in range(REPEATS):  # in turns, so that a busy moment of the machine hits both
            well += await _paced(http, place, hanging=False)
            beside += await _paced(http, place, hanging=True)
        for words, waits in (("the tenth is well too", well), ("the tenth hangs", beside)):
            cuts = quantiles(waits, n=100)
            print(f"{words:44} {cuts[49]:8.2f} {cuts[98]:8.2f} {max(waits):8.2f}")


class MemoryOutbox:
    """Owes as it is told, one at a time and channel; keeps how long each of the first nine took."""

    def __init__(self) -> None:
        self.waiting: list[deque[tuple[float, DueDelivery]]] = [deque() for _ in range(CHANNELS)]
        self.busy = [False] * CHANNELS
        self.began: dict[int, float] = {}
        self.waits: list[float] = []
        self.count = 0

    def owe(self, channel: int) -> None:
        """Owe one more delivery to `channel`, due now."""
        self.count += 1
        due = DueDelivery(
            number=self.count,
            delivery=Delivery(f"dl_{self.count}", PAYLOAD),
            channel=channel,
            attempt=1,
            claim_no=1,
        )
        self.waiting[channel].append((time.perf_counter(), due))

    async def claim(self, limit: int) -> Sequence[DueDelivery]:
        """Hand out the first of every channel that has none under way."""
        claimed: list[DueDelivery] = []
        for channel, queue in enumerate(self.waiting):
            if queue and not self.busy[channel] and len(claimed) < limit:
                began, due = queue.popleft()
                self.busy[channel] = True
                self.began[due.number] = began
                claimed.append(due)
        return claimed

    async def delivered(self, due: DueDelivery, attempt: Attempt) -> bool:
        """Stop its clock."""
        del attempt
        self.busy[due.channel] = False
        waited = (time.perf_counter() - self.began.pop(due.number)) * 1e3
        if due.channel < CHANNELS - 1:  # the tenth is the one that may hang
            self.waits.append(waited)
        return True

    async def postpone(self, due: DueDelivery, attempt: Attempt, *, until: datetime) -> bool:
        """Fail: what is measured has to arrive at once."""
        raise RuntimeError(f"not delivered: {attempt.outcome} ({due.delivery.id}, {until})")

    async def bury(self, due: DueDelivery, attempt: Attempt, *, disable: bool) -> bool:
        """Fail: what is measured has to arrive at once."""
        raise RuntimeError(f"not delivered: {attempt.outcome} ({due.delivery.id}, {disable})")

    async def set_aside(self, due: DueDelivery, attempt: Attempt) -> bool:
        """Fail: what is measured has to arrive at once."""
        raise RuntimeError(f"not delivered: {attempt.outcome} ({due.delivery.id})")


class Webhooks:
    """Ten webhooks at one receiver; the last of them hangs if it is to."""

    def __init__(self, http: httpx.AsyncClient, place: str, *, hanging: bool) -> None:
        paths = ["/"] * (CHANNELS - 1) + ["/hang" if hanging else "/"]
        self.ways = [
            Way(path, WebhookChannel(url=place + path, secrets=(SECRET,), http=http))
            for path in paths
        ]

    async def way(self, channel: int) -> Way:
        """Return the webhook of that number, from 0."""
        return self.ways[channel]


async def _bare(http: httpx.AsyncClient, place: str, count: int) -> None:
    for _ in range(count):
        (await http.post(place + "/", content=PAYLOAD)).raise_for_status()


async def _dispatched(http: httpx.AsyncClient, place: str, count: int) -> None:
    outbox = MemoryOutbox()
    for number in range(count):
        outbox.owe(number % CHANNELS)
    dispatcher = Dispatcher(outbox=outbox, ways=Webhooks(http, place, hanging=False))
    await _carry_out(_pump(outbox, dispatcher), count)


async def _from_archive(http: httpx.AsyncClient, place: str, count: int) -> float:
    """Return the CPU of delivering `count` messages that stand in a fresh archive."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/wirewatch.db"
        prepare(url)
        database = Database.open(url)
        webhooks = ArchiveWebhooks(database, http)
        numbers = [await webhooks.add(f"{n}", place + "/", utc_now()) for n in range(CHANNELS)]
        for number in range(count):
            await owe(database, numbers[number % CHANNELS], PAYLOAD, utc_now())
        dispatcher = Dispatcher(outbox=ThreadedOutbox(database), ways=webhooks)
        cpu = await _cpu(_carry_out(pump_of(database, dispatcher), count))
        database.close()
    return cpu


def _pump(outbox: MemoryOutbox, dispatcher: Dispatcher) -> Pump[DueDelivery]:
    return Pump(name="deliveries", claim=outbox.claim, work=dispatcher.carry, capacity=64)


async def _carry_out(pump: Pump[DueDelivery], count: int) -> None:
    async with running(pump):
        await pump.idle()
    assert pump.finished == count


async def _paced(http: httpx.AsyncClient, place: str, *, hanging: bool) -> list[float]:
    """Owe one delivery to each channel every `ROUND`; return the waits of the first nine."""
    outbox, done = MemoryOutbox(), asyncio.Event()
    expected = ROUNDS * (CHANNELS - 1)
    dispatcher = Dispatcher(
        outbox=outbox,
        ways=Webhooks(http, place, hanging=hanging),
        tell=lambda _: done.set() if len(outbox.waits) == expected else None,
    )
    pump = _pump(outbox, dispatcher)
    loop = asyncio.get_running_loop()
    start = loop.time()
    async with running(pump, grace=timedelta()):
        for number in range(ROUNDS):
            await asyncio.sleep(max(0.0, start + number * ROUND - loop.time()))
            for channel in range(CHANNELS):
                outbox.owe(channel)
            pump.wake()
        await done.wait()
    return outbox.waits


async def _cpu(work: Awaitable[None]) -> float:
    began = time.process_time()
    await work
    return time.process_time() - began


@contextmanager
def receiver_process() -> Iterator[int]:
    """Run a receiver on a free port of 127.0.0.1, as long as the block lasts."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def serve(tell: Connection) -> None:
    asyncio.run(_serve(tell))


async def _serve(tell: Connection) -> None:
    server = await asyncio.start_server(_answer, "127.0.0.1", 0)
    tell.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


_NEVER = asyncio.Event()  # what the hanging wait for; it holds their tasks, nothing else does


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while head := await _head(reader):
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-l")]
        await reader.readexactly(int(lengths[0].partition(b":")[2]))
        if head.startswith(b"POST /hang"):
            await _NEVER.wait()
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")


async def _head(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""


if __name__ == "__main__":
    main()

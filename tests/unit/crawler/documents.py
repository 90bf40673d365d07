"""What the workers of the tests are asked to do with a document."""

import os
import signal
import sys
import time


def echo(document: bytes) -> bytes:
    return document[::-1]


def pid(_document: bytes) -> bytes:
    return str(os.getpid()).encode()


def chatter(document: bytes) -> bytes:
    sys.stdout.write("a stray print")
    os.write(1, b"a stray write")
    sys.stdout.flush()
    return document


def hang(_document: bytes) -> bytes:
    time.sleep(3600)
    return b""


def spin(_document: bytes) -> bytes:
    while True:
        pass


def hoard(_document: bytes) -> bytes:
    return bytes(len(bytearray(1024**3)) - 1024**3)


def die(_document: bytes) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def leave(_document: bytes) -> bytes:
    os._exit(3)


def raise_with_quote(document: bytes) -> bytes:
    raise ValueError(document.decode())


def signals(_document: bytes) -> bytes:
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    return f"{ignored} {os.getsid(0) == os.getpid()}".encode()


def environment(_document: bytes) -> bytes:
    return "\n".join(os.environ).encode()

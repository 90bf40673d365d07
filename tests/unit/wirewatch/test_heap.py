"""Large blocks of memory go back to the system when they are freed."""

import subprocess
import sys

SCRIPT = """
import sys
from pathlib import Path
from wirewatch.heap import give_large_blocks_back

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

give_large_blocks_back()
blocks = []
for _ in range(20):  # each that is freed would raise the bound, and the next would stay in the heap
    bytes(8 * 2**20)
before = resident()
blocks = [bytearray(b"x") * (4 * 2**20) for _ in range(10)]
last = bytearray(b"y") * 1000
most = resident()
del blocks
print(most - before, resident() - before)
"""


def test_what_large_documents_took_is_given_back() -> None:
    run = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, check=True, text=True)
    taken, kept = map(int, run.stdout.split())
    assert taken > 30 * 2**20
    assert kept < 8 * 2**20

"""A browser's process without a browser: says back each page, in capitals."""

import os
import sys
from pathlib import Path

from crawler.drawing.wire import answer, packed, unpacked
from crawler.frames import pack, read_frame_blocking


def main(folder: str) -> None:
    """Answer until stdin ends; what it wrote stays behind."""
    (Path(folder) / "written").write_text(str(os.getpid()))
    while (frame := read_frame_blocking(sys.stdin.buffer)) is not None:
        head, body = unpacked(frame)
        said, drawn = answer(body.upper() + f" by {os.getpid()}".encode())
        sys.stdout.buffer.write(pack(packed({"id": head["id"], **said}, drawn)))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1])

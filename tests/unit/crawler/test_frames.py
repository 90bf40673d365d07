"""Frames: what goes in comes out, and what is no frame is refused."""

import asyncio
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.frames import MAX_FRAME, BrokenFrameError, pack, read_frame, read_frame_blocking


async def frames_in(data: bytes) -> list[bytes]:
    reader = asyncio.StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    frames = []
    while not reader.at_eof():
        frames.append(await read_frame(reader))
    return frames


@given(st.lists(st.binary(max_size=300), max_size=8))
def test_what_is_packed_is_read(bodies: list[bytes]) -> None:
    data = b"".join(pack(body) for body in bodies)
    assert asyncio.run(frames_in(data)) == bodies
    stream = io.BytesIO(data)
    assert [read_frame_blocking(stream) for _ in bodies] == bodies
    assert read_frame_blocking(stream) is None


@pytest.mark.parametrize("cut", [1, 3, 4, 6])
async def test_a_frame_that_breaks_off_is_an_end(cut: int) -> None:
    data = pack(b"whole")[:cut]
    with pytest.raises(asyncio.IncompleteReadError):
        await frames_in(data)
    assert read_frame_blocking(io.BytesIO(data)) is None


async def test_a_length_that_no_frame_has_is_refused_before_it_is_awaited() -> None:
    data = (MAX_FRAME + 1).to_bytes(4, "big")
    with pytest.raises(BrokenFrameError):
        await frames_in(data)
    with pytest.raises(BrokenFrameError):
        read_frame_blocking(io.BytesIO(data))

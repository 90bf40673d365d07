"""Bodies are decoded as they come, in pieces that cannot explode."""

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.net.inflate import Inflater, Plain, decoder

TEXT = "Гроб под флагом. ".encode() * 500


def decoded(coding: Plain | Inflater, body: bytes, *, step: int = 7) -> bytes:
    pieces = [
        piece for at in range(0, len(body), step) for piece in coding.feed(body[at : at + step])
    ]
    return b"".join(pieces) + coding.end()


@pytest.mark.parametrize("step", [1, 2, 7, 10_000])
def test_gzip_is_inflated_however_it_is_cut(step: int) -> None:
    assert decoded(Inflater(), gzip.compress(TEXT), step=step) == TEXT


def test_several_members_are_one_body() -> None:
    body = gzip.compress(b"one, ") + gzip.compress(b"two") + b"\x00" * 30
    assert decoded(Inflater(), body) == b"one, two"
    assert decoded(Inflater(), body, step=10_000) == b"one, two"


@pytest.mark.parametrize("body", [b"", b"<", b"<rss/>", b"\x1f", b"\x1fnot"])
def test_what_is_not_really_gzip_is_passed_on(body: bytes) -> None:
    assert decoded(Inflater(), body, step=1) == body


def test_a_damaged_body_ends_where_the_damage_begins() -> None:
    whole = gzip.compress(TEXT * 20, compresslevel=1)
    assert TEXT.startswith(decoded(Inflater(), whole[: len(whole) // 2], step=999)[:5_000])
    assert decoded(Inflater(), whole[:20] + b"\xff" * 200) is not None
    assert decoded(Inflater(), gzip.compress(b"good") + b"rubbish") == b"good"


@given(st.binary(max_size=200))
def test_no_body_is_too_strange(body: bytes) -> None:
    decoded(Inflater(), b"\x1f\x8b\x08\x00" + body, step=3)
    assert decoded(Plain(), body) == body


def test_a_bomb_comes_in_small_pieces() -> None:
    bomb = gzip.compress(bytes(64 * 2**20))
    tracemalloc.start()
    try:
        assert all(len(piece) <= 64 * 1024 for piece in Inflater().feed(bomb))
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("GZIP ", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", TEXT),
    ],
)
def test_encodings_that_are_understood(encoding: str, body: bytes) -> None:
    coding = decoder(encoding)
    assert coding is not None
    assert decoded(coding, body) == TEXT


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress", "x"])
def test_encodings_that_are_refused(encoding: str) -> None:
    assert decoder(encoding) is None

"""Fields packed as protocol buffers write them: the texts among them, whatever they stand for."""

from collections.abc import Iterator

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


def texts_in(fields: bytes) -> Iterator[str]:
    """Yield the texts of a message; IndexError where it breaks off."""
    at = 0
    while at < len(fields):
        tag, at = _number(fields, at)
        kind = tag & 7
        if kind == _VARINT:
            _, at = _number(fields, at)
        elif kind == _BYTES:
            length, at = _number(fields, at)
            yield fields[at : at + length].decode("utf-8", "replace")
            at += length
        elif kind in {_FIXED64, _FIXED32}:
            at += 8 if kind == _FIXED64 else 4
        else:
            return


def _number(fields: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = fields[at]
        at += 1
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80 or shift > 63:  # noqa: PLR2004 - the last byte's mark, and a number's end
            return number, at

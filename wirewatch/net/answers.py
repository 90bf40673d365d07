"""aiohttp's reader of answers, forgiving one thing: what stands behind an answer without a body.

A 304 or 204 has none, yet servers exist that send one. aiohttp takes it for the beginning of the
next answer and fails; here it is left unread, and the connection given up after it.
"""

from functools import partial
from typing import Any

import aiohttp
from aiohttp.client_proto import ResponseHandler

_BODILESS = tuple(
    f"HTTP/{version} {status}".encode() for version in ("1.1", "1.0") for status in (304, 204)
)
_END = b"\r\n\r\n"


class AnswerReader(ResponseHandler):
    """Reads answers as its parent does, save what may not be there."""

    def data_received(self, data: bytes) -> None:
        """Take in what came, without what stands behind the head of a bodiless answer."""
        if data.startswith(_BODILESS) and not self._is_in_a_body():
            end = data.find(_END) + len(_END)
            if len(_END) <= end < len(data):
                data = data[:end]
                self.force_close()
        super().data_received(data)

    def _is_in_a_body(self) -> bool:
        return self._payload is not None and not self._payload.is_eof()


class Pool(aiohttp.TCPConnector):
    """aiohttp's pool of connections, with that reader."""

    def __init__(self, **kept: Any) -> None:  # noqa: ANN401 - as its parent takes them
        super().__init__(**kept)
        made: type[ResponseHandler] = AnswerReader
        self._factory = partial(made, loop=self._loop)

"""Answers that have no body, whatever their hosts send after the header.

To a 304 or 204 nothing belongs that comes after its header, and what the header says of a length or
an encoding is of the body that is not there: https://www.rfc-editor.org/rfc/rfc9112#section-6.3. Hosts
send one all the same, which aiohttp takes for a second answer, and breaks off.
"""

from __future__ import annotations

import asyncio
import re
from functools import partial
from typing import Any

import aiohttp
from aiohttp.client_proto import ResponseHandler

#: Longer headers are for the parser to refuse.
_HEADER_BYTES = 65536
_BODILESS = re.compile(rb"HTTP/1\.\d (?:204|304)\b")
_HTTP = b"HTTP/1."
_STATUS_BYTES = len(b"HTTP/1.1 304 ")
_END = re.compile(rb"\r?\n\r?\n")
_OF_THE_BODY = re.compile(
    rb"\n(?:content-length|transfer-encoding|content-encoding)[ \t]*:[^\n]*(?=\n)", re.I
)


class Connector(aiohttp.TCPConnector):
    """Connections for one request each."""

    def __init__(self, **options: Any) -> None:
        """``options`` are those of `aiohttp.TCPConnector`."""
        super().__init__(force_close=True, **options)
        self._factory = partial(_connection, loop=asyncio.get_running_loop())


class _Connection(ResponseHandler):
    """Hands on all that comes; of an answer without a body the header alone."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop)
        #: What has come so far; None: whatever comes is handed on.
        self._held: bytes | None = b""
        self._is_over = False

    def data_received(self, data: bytes) -> None:
        if self._is_over:
            return
        if self._held is None or not data:
            super().data_received(data)
            return
        self._held += data
        if len(self._held) < _STATUS_BYTES and self._held.startswith(_HTTP[: len(self._held)]):
            return
        is_bodiless = _BODILESS.match(self._held) is not None
        end = _END.search(self._held) if is_bodiless else None
        if is_bodiless and end is None and len(self._held) < _HEADER_BYTES:
            return
        held, self._held = self._held, None
        if end:
            self._is_over = True
            held = _OF_THE_BODY.sub(b"", held[: end.end()])
        super().data_received(held)


def _connection(loop: asyncio.AbstractEventLoop) -> ResponseHandler:
    return _Connection(loop)

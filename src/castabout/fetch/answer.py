"""Answers whose bodies are not what their headers say.

To a 304 or 204 nothing belongs that comes after its header, and what the header says of a length or
an encoding is of the body that is not there: https://www.rfc-editor.org/rfc/rfc9112#section-6.3. Of other
answers nothing belongs to them that comes after the length that was announced, and a length that is no
number is none: then the body lasts until the host hangs up. Where hosts do otherwise aiohttp sees no HTTP;
browsers, and this module, read on.
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
_END = re.compile(rb"\r?\n\r?\n")
_OF_THE_BODY = re.compile(
    rb"\n(?:content-length|transfer-encoding|content-encoding)[ \t]*:[^\n]*(?=\n)", re.I
)
_PASSING = re.compile(rb"HTTP/1\.\d 1\d\d\b")
_LENGTH = re.compile(rb"\ncontent-length[ \t]*:([^\n]*)(?=\n)", re.I)
_IN_CHUNKS = re.compile(rb"\ntransfer-encoding[ \t]*:", re.I)
#: Nobody sends so many bytes as a number of more digits says.
_DIGITS = 18


class Connector(aiohttp.TCPConnector):
    """Connections for one request each."""

    def __init__(self, **options: Any) -> None:
        """``options`` are those of `aiohttp.TCPConnector`."""
        super().__init__(force_close=True, **options)
        self._factory = partial(_connection, loop=asyncio.get_running_loop())


class _Connection(ResponseHandler):
    """Hands on the header, once all of it is there, and so much of what follows as belongs to it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop)
        #: What has come of the header; None: it was handed on.
        self._held: bytes | None = b""
        #: Bytes of the body that are still to come; None: all that comes.
        self._left: int | None = None

    def data_received(self, data: bytes) -> None:
        if self._held is None or not data:
            if (within := self._within(data)) or not data:
                super().data_received(within)
            return
        self._held += data
        while end := _END.search(self._held):
            header, self._held = self._held[: end.end()], self._held[end.end() :]
            if _PASSING.match(header):
                super().data_received(header)
                continue
            body, self._held = self._held, None
            header, self._left = _mended(header)
            super().data_received(header + self._within(body))
            return
        if self._held[: len(_HTTP)] == _HTTP[: len(self._held)] and len(self._held) < _HEADER_BYTES:
            self._reschedule_timeout()
            return
        held, self._held = self._held, None
        super().data_received(held)

    def _within(self, data: bytes) -> bytes:
        """So much of ``data`` as belongs to the body."""
        if self._left is None:
            return data
        data = data[: self._left]
        self._left -= len(data)
        return data


def _mended(header: bytes) -> tuple[bytes, int | None]:
    """``header`` with a length that makes sense or none, and how many bytes follow it, if that is known."""
    if _BODILESS.match(header):
        return _OF_THE_BODY.sub(b"", header), 0
    said = {length.strip() for line in _LENGTH.findall(header) for length in line.split(b",")}
    if not said:
        return header, None
    without = _LENGTH.sub(b"", header)
    length = said.pop()
    if said or not length.isdigit() or len(length) > _DIGITS or _IN_CHUNKS.search(header):
        return without, None
    first, end, others = without.partition(b"\n")
    return b"%s%sContent-Length: %s\r\n%s" % (first, end, length, others), int(length)


def _connection(loop: asyncio.AbstractEventLoop) -> ResponseHandler:
    return _Connection(loop)

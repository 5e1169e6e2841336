"""Any page without a server: the application is asked directly (https://asgi.readthedocs.io/en/latest/specs/www.html)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import cast
from urllib.parse import quote, unquote_to_bytes

from litestar import Litestar
from litestar.types import HTTPDisconnectEvent, HTTPReceiveMessage, HTTPRequestEvent, HTTPScope, Message

_MOST_REDIRECTS = 5
_UNTOUCHED = "%/?&=+:@!$'()*,;~-._"


@dataclass(frozen=True, slots=True)
class Response:
    """What the application answered."""

    status: int
    content_type: str
    body: bytes
    #: Names in lower case.
    headers: Mapping[str, str]


def get(app: Litestar, path: str, *, follow: bool = True) -> Response:
    """The answer to GET ``path`` (with its query), redirects followed unless ``follow`` is off.

    ``path`` may hold characters that an address may not; they are percent-encoded.
    """
    response = asyncio.run(_ask(app, path))
    for _ in range(_MOST_REDIRECTS):
        if not follow or "location" not in response.headers:
            break
        response = asyncio.run(_ask(app, response.headers["location"]))
    return response


async def _ask(app: Litestar, path: str) -> Response:
    status = HTTPStatus.INTERNAL_SERVER_ERROR.value
    headers: dict[str, str] = {}
    body = bytearray()

    is_asked, answered = False, asyncio.Event()

    async def receive() -> HTTPReceiveMessage:
        nonlocal is_asked
        if is_asked:
            # Whoever listens again is told when the connection ends: we leave once we are answered.
            await answered.wait()
            return HTTPDisconnectEvent(type="http.disconnect")
        is_asked = True
        return HTTPRequestEvent(type="http.request", body=b"", more_body=False)

    async def send(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
            headers.update((k.decode("latin-1").lower(), v.decode("latin-1")) for k, v in message["headers"])
        elif message["type"] == "http.response.body":
            body.extend(message["body"])
            if not message.get("more_body", False):
                answered.set()

    await app(_scope(path), receive, send)
    return Response(status, headers.get("content-type", ""), bytes(body), headers)


def _scope(path: str) -> HTTPScope:
    encoded, _, query = quote(path.partition("#")[0], safe=_UNTOUCHED).partition("?")
    encoded = "/" + encoded.lstrip("/")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote_to_bytes(encoded).decode(errors="replace"),
        "raw_path": encoded.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 0),
        "server": ("localhost", 80),
        "extensions": {},
        "state": {},
    }
    # What is missing in it Litestar puts there.
    return cast(HTTPScope, scope)

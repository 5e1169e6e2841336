"""Asks a served library over real HTTP, as a browser or another program does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from tests.web.reading import Page, read

Headers = Mapping[str, str]
NONE: Headers = {}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def page(self) -> Page:
        return read(self.body)

    @property
    def values(self) -> Mapping[str, object]:
        found: Mapping[str, object] = json.loads(self.body)
        return found


@dataclass(frozen=True, slots=True)
class Site:
    """A server at an address such as ``http://127.0.0.1:1234``."""

    address: str
    #: Where it is asked from.
    source: str = "127.0.0.1"

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    def ask(
        self,
        path: str,
        method: str = "GET",
        *,
        form: Mapping[str, str] | None = None,
        body: bytes | None = None,
        headers: Headers = NONE,
    ) -> Answer:
        """The answer."""
        named = dict(headers)
        if form is not None:
            method, body = "POST", urlencode(form).encode()
            named["content-type"] = "application/x-www-form-urlencoded"
        return self.send(path, method, body=body, headers=named)

    def send(self, path: str, method: str, *, body: str | bytes | None, headers: Headers) -> Answer:
        """The answer to a request with a body of any kind."""
        with self.opened() as connection:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())

    def opened(self) -> AbstractContextManager[HTTPConnection]:
        """A connection, for what the rest cannot say."""
        return _connected(self.host, self.source)

    def press(self, action: str, episode: str, headers: Headers = NONE) -> Answer:
        """Press a button of ours."""
        return self.ask(f"/later/{action}", form={"episode": episode}, headers=headers)


@contextmanager
def _connected(host: str, source: str) -> Iterator[HTTPConnection]:
    connection = HTTPConnection(host, timeout=10, source_address=(source, 0))
    try:
        yield connection
    finally:
        connection.close()

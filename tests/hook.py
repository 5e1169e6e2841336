"""A webhook on this machine: keeps what it is sent, and answers as it is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread


@dataclass
class Hook:
    """The address is ``json://127.0.0.1:PORT/…`` to the Apprise library."""

    address: str = ""
    #: Answers to give, the last one again and again.
    statuses: list[int] = field(default_factory=lambda: [200])
    #: What it was sent.
    got: list[dict[str, str]] = field(default_factory=list)
    #: A request for ``/slow`` is held until the end; how many are.
    ended: Event = field(default_factory=Event)
    held: int = 0

    @property
    def titles(self) -> list[str]:
        return [one["title"] for one in self.got]


@contextmanager
def hook() -> Iterator[Hook]:
    """A webhook, for the time of a test."""
    kept = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers["content-length"])))
            if self.path.startswith("/slow"):
                kept.held += 1
                kept.ended.wait(30)
                return
            kept.got.append(sent)
            status = kept.statuses.pop(0) if len(kept.statuses) > 1 else kept.statuses[0]
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.address = f"json://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield kept
    finally:
        kept.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()

"""An HTTP client for callers that are not asynchronous."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any, TypeVar

from aiohttp import ClientSession

_CLOSING_TURNS = 10

T = TypeVar("T")


class Client:
    """A session on an event loop that runs in a thread of its own.

    Any number of threads may `run` coroutines on it at the same time; they
    share the session and its limits. Closed by `close`, else when the program ends.
    """

    def __init__(self, open_session: Callable[[], ClientSession]) -> None:
        ready: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event, ClientSession]] = Future()
        thread = Thread(target=_serve, args=(open_session, ready), name="fetch-loop", daemon=True)
        thread.start()
        self._loop, stop, self.session = ready.result()
        self._door = _Door()
        self.close = weakref.finalize(self, _stop, self._loop, stop, thread, self._door)

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """What ``coroutine`` returns. Raises what it raises, and `CancelledError` if closed."""
        with self._door.lock:
            if self._door.closed:
                coroutine.close()
                raise CancelledError
            future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        return future.result()


@dataclass(slots=True)
class _Door:
    """What comes in before it is closed is cancelled with the rest; what came later would never end."""

    lock: Lock = field(default_factory=Lock)
    closed: bool = False


def _serve(
    open_session: Callable[[], ClientSession],
    ready: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event, ClientSession]],
) -> None:
    async def serve() -> None:
        stop = asyncio.Event()
        async with open_session() as session:
            ready.set_result((asyncio.get_running_loop(), stop, session))
            await stop.wait()
            # Before the session goes: a request whose session is gone would take it for a fault of the host.
            requests = asyncio.all_tasks() - {asyncio.current_task()}
            for request in requests:
                request.cancel()
            await asyncio.gather(*requests, return_exceptions=True)
        # Secure connections take some turns of the loop to let go of their sockets.
        # https://docs.aiohttp.org/en/stable/client_advanced.html#graceful-shutdown
        for _ in range(_CLOSING_TURNS):
            await asyncio.sleep(0)

    asyncio.run(serve())


def _stop(loop: asyncio.AbstractEventLoop, stop: asyncio.Event, thread: Thread, door: _Door) -> None:
    with door.lock:
        door.closed = True
    loop.call_soon_threadsafe(stop.set)
    thread.join()

"""Looking up the names of hosts, so that a name server that does not answer holds up nobody else.

The system's own way, since it alone knows all names of a home network; but it
waits as long as it likes and cannot be interrupted. So each lookup has a
thread of its own, for which neither other lookups nor the end of the program wait.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from contextlib import suppress
from threading import Thread

from aiohttp.abc import AbstractResolver, ResolveResult

#: Lookups at the same time.
_MOST = 200


#: What `socket.getaddrinfo` gives.
_Found = tuple[
    socket.AddressFamily,
    socket.SocketKind,
    int,
    str,
    tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes],
]


class Resolver(AbstractResolver):
    """Gives up after ``timeout_s`` seconds. For one event loop."""

    def __init__(self, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._places = asyncio.Semaphore(_MOST)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of ``host``. Raises `OSError`."""
        try:
            async with asyncio.timeout(self._timeout_s):
                found = await self._look_up(host, port, family)
        except TimeoutError as error:
            raise socket.gaierror(socket.EAI_AGAIN, "no answer in time") from error
        return [
            ResolveResult(
                hostname=host,
                host=place[0],
                port=int(place[1]),
                family=kind,
                proto=protocol,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, _, protocol, _, place in found
            if isinstance(place[0], str)  # not so for IPv6 where Python is built without it
        ]

    async def close(self) -> None:
        """Nobody waits for lookups under way."""

    async def _look_up(self, host: str, port: int, family: int) -> Sequence[_Found]:
        loop = asyncio.get_running_loop()
        await self._places.acquire()
        answer: asyncio.Future[Sequence[_Found]] = loop.create_future()

        def tell(found: Sequence[_Found] | OSError | UnicodeError) -> None:
            self._places.release()
            if answer.done():
                return
            if isinstance(found, OSError | UnicodeError):
                answer.set_exception(found)
            else:
                answer.set_result(found)

        def look_up() -> None:
            found: Sequence[_Found] | OSError | UnicodeError
            try:
                found = socket.getaddrinfo(
                    host, port, family, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG
                )
            except (OSError, UnicodeError) as error:
                found = error
            with suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(tell, found)

        Thread(target=look_up, name="look-up", daemon=True).start()
        return await answer

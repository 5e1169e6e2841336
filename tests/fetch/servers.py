"""Servers on this machine that answer as a test tells them to."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any, TypeVar

from aiohttp import web

T = TypeVar("T")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]


@dataclass
class Site:
    """A web server: ``handlers`` by path, the ``requests`` that came."""

    url: str = ""
    handlers: dict[str, Handler] = field(default_factory=dict)
    requests: list[web.Request] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        handler = self.handlers.get(request.path)
        return await handler(request) if handler else web.Response(status=404)

    def says(self, path: str, *, status: int = 200, body: bytes = b"", **headers: str) -> str:
        """Put a plain answer at ``path``; its address. Headers are named with ``_`` for ``-``."""

        async def handler(_: web.Request) -> web.StreamResponse:
            return web.Response(
                status=status,
                body=body,
                headers={name.replace("_", "-"): value for name, value in headers.items()},
            )

        self.handlers[path] = handler
        return self.url + path


class Machine:
    """The loop that all servers of a test run on, in a thread of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever)
        self._thread.start()
        self._open = ExitStack()

    def site(self, *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Site:
        site = Site()
        site.url = self._open.enter_context(self._running(_serve_site(site, host, tls)))
        return site

    def talker(self, talk: Talk) -> str:
        """The address of a server that says by itself what goes over the line."""
        return self._open.enter_context(self._running(_serve_talk(talk)))

    def close(self) -> None:
        self.run(settle())
        self._open.close()
        self.run(settle())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @contextmanager
    def _running(self, server: AbstractAsyncContextManager[T]) -> Iterator[T]:
        yield self.run(server.__aenter__())
        self.run(server.__aexit__(None, None, None))

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(5)


async def settle() -> None:
    """Some turns of the loop: connections are accepted, and those that are closed let go of their sockets.

    One that is accepted while its server is closed would never be closed: https://github.com/python/cpython/issues/109564
    """
    for _ in range(10):
        await asyncio.sleep(0)


@asynccontextmanager
async def _serve_site(site: Site, host: str, tls: ssl.SSLContext | None) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", site.answer)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.01, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, host, 0, ssl_context=tls).start()
    yield f"{'https' if tls else 'http'}://{host}:{runner.addresses[0][1]}"
    await runner.cleanup()


@asynccontextmanager
async def _serve_talk(talk: Talk) -> AsyncIterator[str]:
    talks: set[asyncio.Task[None]] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.add(asyncio.current_task())  # type: ignore[arg-type]
        try:
            await talk(reader, writer)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()
    for task in talks:
        task.cancel()
    await asyncio.gather(*talks, return_exceptions=True)

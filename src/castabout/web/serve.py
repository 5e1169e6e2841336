"""The application on a port, in this process, until it is stopped."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from granian.constants import Interfaces
from granian.server.embed import Server
from litestar import Litestar

from castabout.config import Environment, Reading
from castabout.engine.castabout import Castabout
from castabout.engine.users import has_users
from castabout.errors import CastaboutError
from castabout.web.app import create_app
from castabout.web.background import Background
from castabout.web.doors import FirstRun
from castabout.web.who import is_loopback

_LAST_PORT = 65_535
_KNOCK_SECONDS = 0.02
_NOBODY_YET = (
    "others can reach it there and nobody can log in yet; make a user with `castabout user add NAME`, "
    "or let everybody read with --open"
)


def serve(
    castabout: Castabout,
    *,
    host: str,
    port: int,
    public_url: str | None = None,
    crawl: bool = False,
    reading: Reading | None = None,
    pictures: bool | None = None,
    environment: tuple[Environment, ...] = (),
    is_open: bool = False,
    first_run: FirstRun | None = None,
    ready: Callable[[str], object] | None = None,
) -> None:
    """Answer on ``host`` (a name or an address) and ``port`` (0 is any free one) until Ctrl-C or SIGTERM.

    With ``crawl`` feeds are fetched meanwhile when they are due; where
    everybody reaches the pages at ``public_url``, hubs push their news and
    private podcasts are not shown. ``reading``, ``pictures``, ``first_run`` and
    ``environment`` are those of `create_app`; without a user others than this
    machine are answered only if it ``is_open``.
    ``ready`` is called with the address of the first page once it can be opened.
    Raises `CastaboutError` when the port cannot be had.
    """
    address, port = _free_address(host, port)
    if not (is_open or is_loopback(address) or has_users(castabout)):
        raise CastaboutError(host, _NOBODY_YET)
    shown = replace(castabout, shows_private=castabout.shows_private and public_url is None)
    background = Background(castabout, public_url=public_url) if crawl else None

    def opened(url: str) -> None:
        # Not before: a hub that is asked calls back at once.
        if background:
            background.start()
        if ready:
            ready(url)

    try:
        app = create_app(
            shown,
            public_url=public_url,
            reading=reading,
            pictures=pictures,
            first_run=first_run,
            environment=environment,
        )
        asyncio.run(_serve(app, address, port, opened))
    finally:
        if background:
            background.stop()


def _free_address(host: str, port: int) -> tuple[str, int]:
    """The numeric address and the port to listen on.

    Granian listens with SO_REUSEPORT, so that a second server would quietly get half of the requests of the
    first; asking for the port without that option finds it taken.
    """
    if not 0 <= port <= _LAST_PORT:
        raise CastaboutError(str(port), f"a port is a number from 0 to {_LAST_PORT}")
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            free: tuple[str, int] = probe.getsockname()[:2]
            return free
    except (OSError, UnicodeError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise CastaboutError(f"{host}:{port}", f"cannot be listened on ({cause})") from error


async def _serve(app: Litestar, address: str, port: int, ready: Callable[[str], object]) -> None:
    server = Server(
        app,
        address,
        port,
        interface=Interfaces.ASGI,
        websockets=False,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows has no such handlers; Ctrl-C interrupts the loop there
            loop.add_signal_handler(wanted, server.stop)
    async with asyncio.TaskGroup() as tasks:
        telling = tasks.create_task(_tell(address, port, ready))
        await server.serve()
        telling.cancel()


async def _tell(address: str, port: int, ready: Callable[[str], object]) -> None:
    """Granian does not say when it listens: knock until it opens."""
    while True:
        with suppress(OSError):
            _, writer = await asyncio.open_connection(address, port)
            writer.close()
            await writer.wait_closed()
            break
        await asyncio.sleep(_KNOCK_SECONDS)
    at = f"[{address}]" if ":" in address else address
    ready(f"http://{at}:{port}/")

"""The application on a port, in this process, until it is stopped."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress

from granian.constants import Interfaces
from granian.server.embed import Server

from castabout.engine.castabout import Castabout
from castabout.errors import CastaboutError
from castabout.web.app import create_app


def serve(
    castabout: Castabout, *, host: str, port: int, ready: Callable[[str], object] | None = None
) -> None:
    """Answer on ``host`` and ``port`` until Ctrl-C or SIGTERM.

    ``ready`` is called with the address once it can be opened. Raises `CastaboutError` when the port cannot be had.
    """
    asyncio.run(_serve(castabout, host, port, ready))


async def _serve(castabout: Castabout, host: str, port: int, ready: Callable[[str], object] | None) -> None:
    server = Server(
        create_app(castabout), host, port, interface=Interfaces.ASGI, websockets=False, log_enabled=False
    )
    if ready is not None:
        at = f"[{host}]" if ":" in host else host
        server.on_startup(lambda: ready(f"http://{at}:{port}/"))
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows has no such handlers; Ctrl-C interrupts the loop there
            loop.add_signal_handler(wanted, server.stop)
    try:
        await server.serve()
    except OSError as error:
        raise CastaboutError(f"{host}:{port}", f"cannot be listened on ({error.strerror or error})") from error

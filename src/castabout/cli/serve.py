"""``castabout serve``."""

from __future__ import annotations

import sys
from typing import Annotated, TypeAlias

from cyclopts import Parameter
from cyclopts.validators import Number

from castabout.cli.library import up_to_date
from castabout.web.serve import serve as serve_pages

Port: TypeAlias = Annotated[int, Parameter(validator=Number(gte=0, lte=65_535))]


def serve(*, host: str = "127.0.0.1", port: Port = 8321) -> int:
    """The web application, until it is stopped with Ctrl-C.

    Parameters
    ----------
    host
        The address to listen on; 0.0.0.0 is every address of this machine.
    port
        The port to listen on.
    """
    with up_to_date() as castabout:
        serve_pages(castabout, host=host, port=port, ready=_say)
    return 0


def _say(address: str) -> None:
    sys.stdout.write(f"castabout is at {address} (Ctrl-C stops it)\n")
    sys.stdout.flush()

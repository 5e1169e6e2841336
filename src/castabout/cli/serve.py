"""``castabout serve``."""

from __future__ import annotations

import logging
import os
import sys
from typing import Annotated, TypeAlias

from cyclopts import Parameter
from cyclopts.validators import Number

from castabout.cli.library import up_to_date
from castabout.config import environment, load_settings
from castabout.engine.users import has_users
from castabout.web.doors import FirstRun
from castabout.web.serve import serve as serve_pages
from castabout.web.urls import setup_path

_FIRST_RUN = "Nobody can log in yet. To make yourself a user, open this within an hour; it works once:"
Port: TypeAlias = Annotated[int, Parameter(validator=Number(gte=0, lte=65_535))]


def serve(
    *,
    host: str = "127.0.0.1",
    port: Port = 8321,
    open_: Annotated[bool, Parameter(name="--open")] = False,
) -> int:
    """The web application, until it is stopped with Ctrl-C. Feeds that are due are fetched meanwhile.

    Parameters
    ----------
    host
        The address to listen on; 0.0.0.0 is every address of this machine.
    port
        The port to listen on.
    open_
        Let everybody read who reaches this machine, although there is no user who may log in.
    """
    _log_to_stderr()
    settings = load_settings(None, os.environ)
    with up_to_date() as castabout:
        link = None if has_users(castabout) else FirstRun(castabout.clock())

        def say(address: str) -> None:
            sys.stdout.write(f"castabout is at {address} (Ctrl-C stops it)\n")
            if link:
                base = settings.public_url or address.rstrip("/")
                sys.stdout.write(f"{_FIRST_RUN} {base}{setup_path(link.key)}\n")
            sys.stdout.flush()

        serve_pages(
            castabout,
            host=host,
            port=port,
            public_url=settings.public_url,
            crawl=settings.crawl and not castabout.store.unwritable,
            reading=settings.reading,
            pictures=settings.pictures,
            environment=environment(settings, os.environ),
            is_open=open_,
            first_run=link,
            ready=say,
        )
    return 0


def _log_to_stderr() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s: %(message)s"))
    log = logging.getLogger("castabout")
    log.addHandler(handler)
    log.setLevel(logging.INFO)

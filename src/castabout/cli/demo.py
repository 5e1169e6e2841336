"""``./run demo``: the main job in one command, on the sample feeds or the reader's own.

The library of the demo is a temporary one: nothing of the reader's own is touched.
"""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from collections.abc import Sequence

from castabout.cli.add import add
from castabout.cli.app import complain
from castabout.cli.library import up_to_date
from castabout.cli.terminal import print_topic
from castabout.engine.castabout import Castabout
from castabout.engine.samples import SAMPLES
from castabout.engine.topic import topic_page
from castabout.errors import CastaboutError
from castabout.web.serve import serve
from castabout.web.urls import topic_path

SAMPLE_TOPIC = "sourdough"
HOST = "127.0.0.1"
_FIRST_PORT = 8321
_PORTS = 50

USAGE = """usage: ./run demo [--once] [FEEDS... TOPIC]

Loads feeds (files, folders, OPML lists, addresses), prints the topic page of TOPIC and serves the
library in the browser until Ctrl-C. Without FEEDS and TOPIC it uses the sample feeds.

  --once    stop after printing
"""


def main(arguments: Sequence[str]) -> int:
    """Run the demo; the exit status."""
    if "--help" in arguments or "-h" in arguments:
        sys.stdout.write(USAGE)
        return 0
    once = "--once" in arguments
    named = [argument for argument in arguments if argument != "--once"]
    wrong = _wrong(named)
    if wrong:
        complain(f"demo: {wrong} (./run demo --help tells more)")
        return 2
    feeds, topic = (named[:-1], named[-1]) if named else ([str(SAMPLES)], SAMPLE_TOPIC)
    with tempfile.TemporaryDirectory(prefix="castabout-demo-") as home:
        os.environ["CASTABOUT_HOME"] = home
        try:
            status = add(*feeds)
            with up_to_date() as castabout:
                print_topic(topic_page(castabout, topic), again=None)
                if not once:
                    _serve(castabout, topic)
        except CastaboutError as error:
            complain(error.for_people)
            return 1
        except KeyboardInterrupt:
            return 0
    return status


def _wrong(named: Sequence[str]) -> str | None:
    """What is wrong with the arguments, if anything."""
    unknown = next((argument for argument in named if argument.startswith("--")), None)
    if unknown:
        return f"{unknown}: unknown option"
    if len(named) == 1:
        return f"only {named[0]} is named; name feeds and, last, a topic (several words in quotes)"
    return None


def _serve(castabout: Castabout, topic: str) -> None:
    def say(address: str) -> None:
        page = f"{address.rstrip('/')}{topic_path(topic)}"
        sys.stdout.write(f"\nOpen {page} in a browser; Ctrl-C ends the demo.\n")
        sys.stdout.flush()

    serve(castabout, host=HOST, port=_free_port(), ready=say)


def _free_port() -> int:
    for port in range(_FIRST_PORT, _FIRST_PORT + _PORTS):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise CastaboutError("demo", f"no free port from {_FIRST_PORT} to {_FIRST_PORT + _PORTS - 1}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

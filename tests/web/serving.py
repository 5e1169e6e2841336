"""The server in a process of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.support import DEFAULTS

_SERVER = """
import json, sys
from pathlib import Path
from castabout.web.serve import serve
from tests.support import open_at
castabout = open_at(Path(sys.argv[1]), json.loads(sys.argv[3]))
options = json.loads(sys.argv[2])
serve(castabout, port=0, ready=lambda url: print(url, flush=True), **{"host": "localhost", **options})
castabout.close()
"""


@contextmanager
def served(home: Path, environment: Mapping[str, str] = DEFAULTS, /, **options: str | bool) -> Iterator[str]:
    """The address of a server over the library in ``home``; Ctrl-C must end it cleanly and quietly."""
    command = [
        sys.executable,
        "-W",
        "error",
        "-c",
        _SERVER,
        str(home),
        json.dumps(options),
        json.dumps(dict(environment)),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None and server.stderr is not None
        try:
            address = server.stdout.readline().strip()
            assert address, server.stderr.read()
            yield address
            server.send_signal(signal.SIGINT)
            assert server.wait(timeout=10) == 0
            assert server.stderr.read() == ""
        finally:
            server.kill()

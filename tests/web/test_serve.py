"""The server in its own process: ready, answering, stopped by Ctrl-C."""

from __future__ import annotations

import http.client
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from castabout.errors import CastaboutError
from castabout.web.serve import serve
from tests.support import open_at
from tests.web.serving import served


def test_it_answers_until_ctrl_c(tmp_path: Path) -> None:
    with served(tmp_path) as url:
        address = urlsplit(url)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=10)
        for method in ("GET", "HEAD"):
            connection.request(method, "/topics/a%2Fb", headers={"Accept-Encoding": "gzip"})
            response = connection.getresponse()
            assert response.status == 200
            assert response.getheader("content-encoding") == "gzip"
            assert (len(response.read()) > 0) is (method == "GET")
        connection.request("POST", "/topics/a")
        assert connection.getresponse().status == 405
        # The connection stays open: the server must not wait for it.
    connection.close()


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    castabout = open_at(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CastaboutError) as raised:
            serve(castabout, host="127.0.0.1", port=port)
    castabout.close()
    assert str(raised.value) == f"127.0.0.1:{port}: cannot be listened on (Address already in use)"


def test_a_port_that_is_none(tmp_path: Path) -> None:
    castabout = open_at(tmp_path)
    with pytest.raises(CastaboutError, match="a port is a number from 0 to 65535"):
        serve(castabout, host="127.0.0.1", port=70_000)
    castabout.close()

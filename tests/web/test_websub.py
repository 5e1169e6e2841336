"""News pushed by a hub, from the feed to the topic page, on a server as people run it."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.fetch.servers import Machine
from tests.hub import Hub, until

FEED = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Bread</title>
<atom:link rel="hub" href="{hub}"/><atom:link rel="self" href="{topic}"/>{items}</channel></rss>"""
ITEM = (
    "<item><title>About {word}</title><guid>{word}</guid>"
    "<pubDate>Fri, 27 Sep 2024 06:30:00 +0000</pubDate></item>"
)


@dataclass
class Running:
    """A server, the hub of its one feed, and that feed."""

    url: str
    home: Path
    hub: Hub
    topic: str

    def publish(self, *words: str) -> bytes:
        """Put episodes about ``words`` into the feed; its body."""
        items = "".join(ITEM.format(word=word) for word in words)
        body = FEED.format(hub=self.hub.url, topic=self.topic, items=items).encode()
        self.hub.site.says("/feed", body=body)
        return body

    def finds(self, word: str) -> int:
        with urlopen(f"{self.url}/topics/{word}.json", timeout=10) as answer:
            found: int = json.load(answer)["episodes"]
            return found

    @property
    def callback(self) -> str:
        (subscriber,) = self.hub.subscribers.values()
        return subscriber.callback

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.home / "library.db")) as database:
            found = database.execute(sql).fetchall()
            database.commit()
            return found

    def long_ago(self) -> None:
        """As if the feed had been fetched an hour ago."""
        self.rows("UPDATE feeds SET last_fetch = last_fetch - 3600")


def castabout(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-m", "castabout", *arguments]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@contextmanager
def serving(environment: dict[str, str], port: int) -> Iterator[None]:
    """``castabout serve``, ended by SIGTERM, cleanly and without complaint."""
    with castabout(environment, "serve", "--port", str(port)) as server:
        assert server.stdout is not None and server.stderr is not None
        try:
            assert "castabout is at" in server.stdout.readline(), server.stderr.read()
            yield
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=20) == 0
            said = server.stderr.read()
            assert "rror" not in said, said
        finally:
            server.kill()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("websub")
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "CASTABOUT_HOME": str(home),
        "CASTABOUT_PUBLIC_URL": url,
        "CASTABOUT_ALLOW_HOSTS": "127.0.0.1",
    }
    machine = Machine()
    hub = Hub(machine)
    try:
        made = Running(url, home, hub, f"{hub.site.url}/feed")
        made.publish("rye")
        with castabout(environment, "add", made.topic) as adding:
            out, err = adding.communicate(timeout=30)
            assert (adding.returncode, err) == (0, ""), out
        with serving(environment, port):
            until(lambda: hub.subscribers)
            yield made
    finally:
        machine.close()


def test_it_subscribes_as_the_specification_says(running: Running) -> None:
    form = running.hub.asked[0]
    assert form["hub.mode"] == "subscribe"
    assert form["hub.topic"] == running.topic
    assert form["hub.lease_seconds"] == "864000"
    assert form["hub.callback"].startswith(f"{running.url}/websub/")
    assert len(form["hub.callback"].rpartition("/")[2]) >= 32
    assert len(form["hub.secret"]) >= 32
    assert running.hub.verified[0] == ("subscribe", 200, True)
    until(lambda: running.rows("SELECT expires - due FROM subscriptions") == [(86_400,)])


def test_news_are_on_their_topic_page_in_seconds(running: Running) -> None:
    assert (running.finds("rye"), running.finds("spelt")) == (1, 0)
    running.long_ago()
    body = running.publish("spelt", "rye")
    assert running.hub.publish(running.topic, body) == [202]
    until(lambda: running.finds("spelt") == 1, seconds=10)
    assert running.finds("rye") == 1


@pytest.mark.parametrize("method", ["sha1", "sha384", "sha512"])
def test_each_way_to_sign(running: Running, method: str) -> None:
    running.rows("UPDATE feeds SET next_fetch = 4000000000, last_fetch = last_fetch - 3600")
    assert running.hub.publish(running.topic, b"anything", method=method) == [202]
    until(lambda: running.rows("SELECT 1 FROM feeds WHERE next_fetch < 4000000000"))


def test_what_is_not_signed_is_taken_and_ignored(running: Running) -> None:
    running.rows("UPDATE feeds SET next_fetch = 4000000000, last_fetch = last_fetch - 3600")
    before = len(running.hub.site.requests)
    assert running.hub.publish(running.topic, b"<rss/>", secret="another") == [202]
    for headers in ({}, {"X-Hub-Signature": "sha256="}, {"X-Hub-Signature": "md5=aa"}):
        assert running.hub.send(running.callback, b"<rss/>", headers) == 202
    assert running.rows("SELECT next_fetch FROM feeds") == [(4_000_000_000,)]
    assert len(running.hub.site.requests) == before


def test_only_what_was_asked_for_is_confirmed(running: Running) -> None:
    challenge = "<script>hacked()</script>"
    call = running.hub.call
    good = {"mode": "subscribe", "topic": running.topic, "challenge": challenge, "lease_seconds": "864000"}
    assert call(running.callback, **good) == (200, challenge)
    for wrong in (
        {"topic": "https://other.example/feed"},
        {"mode": "unsubscribe"},
        {"mode": "publish"},
        {"mode": ""},
    ):
        assert call(running.callback, **{**good, **wrong})[0] == 404
    assert call(f"{running.url}/websub/unknown", **good)[0] == 404
    assert call(running.callback)[0] == 404


def test_an_echo_is_never_taken_for_a_page(running: Running) -> None:
    query = f"hub.mode=subscribe&hub.topic={running.topic}&hub.challenge=%3Cb%3E"
    with urlopen(f"{running.callback}?{query}", timeout=10) as answer:
        assert answer.read() == b"<b>"
        assert answer.headers["content-type"].startswith("text/plain")
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_who_is_not_subscribed_is_told_so(running: Running) -> None:
    assert running.hub.send(f"{running.url}/websub/unknown", b"<rss/>", {}) == 410


def test_more_than_a_feed_may_hold_is_refused(running: Running) -> None:
    request = Request(running.callback, data=b"", headers={"Content-Length": "50000001"}, method="POST")
    with pytest.raises(HTTPError) as refused:
        urlopen(request, timeout=10)
    with refused.value:
        assert refused.value.code == 413


def test_a_hub_that_denies_is_left_alone(running: Running) -> None:
    callback, topic = running.callback, running.topic
    running.hub.call(callback, mode="denied", topic=topic, reason="too many")
    assert running.rows("SELECT error, expires FROM subscriptions") == [
        ("denied by the hub (too many)", None)
    ]
    # Another word of the hub's, say after the owner spoke to it, makes it good again.
    running.rows("UPDATE subscriptions SET due = 0")
    until(lambda: running.rows("SELECT error FROM subscriptions WHERE expires > 0") == [(None,)])


def test_it_is_renewed(running: Running) -> None:
    asked = len(running.hub.asked)
    running.rows("UPDATE subscriptions SET due = 0")
    until(lambda: len(running.hub.asked) > asked)
    assert running.hub.asked[-1]["hub.callback"] == running.callback
    until(lambda: running.rows("SELECT due > 0, asked FROM subscriptions") == [(1, None)])


def test_a_feed_that_names_another_hub(running: Running) -> None:
    other = Hub(running.hub.machine)
    running.rows(f"UPDATE feeds SET hub = '{other.url}'")
    until(lambda: other.subscribers)
    until(lambda: not running.hub.subscribers)
    until(lambda: running.rows("SELECT hub FROM subscriptions") == [(other.url,)])
    assert other.asked[0]["hub.callback"] != running.hub.asked[0]["hub.callback"]
    assert other.asked[0]["hub.secret"] != running.hub.asked[0]["hub.secret"]
    assert running.hub.asked[-1]["hub.mode"] == "unsubscribe"
    assert "hub.secret" not in running.hub.asked[-1]

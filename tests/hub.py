"""A hub on this machine, by https://www.w3.org/TR/websub/."""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

import aiohttp
from aiohttp import web

from tests.fetch.servers import Machine, Site

#: What a hub answers when asked for something else than it offers.
_MODES = {"subscribe", "unsubscribe"}


@dataclass(frozen=True)
class Subscriber:
    """One subscription; its key is (topic, callback)."""

    topic: str
    callback: str
    secret: str
    lease: str


@dataclass
class Hub:
    """Takes subscriptions, verifies each, and sends what it is told to."""

    machine: Machine
    #: What it grants, whatever is asked for; ``None``: that.
    lease: str | None = None
    #: Says so to whoever wants to subscribe.
    denies: str | None = None
    subscribers: dict[tuple[str, str], Subscriber] = field(default_factory=dict)
    #: Every form that came.
    asked: list[dict[str, str]] = field(default_factory=list)
    #: What became of each verification: mode, status, whether the challenge came back.
    verified: list[tuple[str, int, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.site: Site = self.machine.site()
        self.site.handlers["/hub"] = self._take
        self.url = f"{self.site.url}/hub"
        self._tasks: set[asyncio.Task[None]] = set()

    async def _take(self, request: web.Request) -> web.Response:
        if request.content_type != "application/x-www-form-urlencoded":
            return web.Response(status=415)
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.asked.append(form)
        wanted = {"hub.callback", "hub.mode", "hub.topic"}
        if not wanted <= form.keys() or form["hub.mode"] not in _MODES:
            return web.Response(status=400)
        if len(form.get("hub.secret", "").encode()) >= 200:
            return web.Response(status=400)
        task = asyncio.get_running_loop().create_task(self._verify(form))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return web.Response(status=202)

    async def _verify(self, form: dict[str, str]) -> None:
        topic, callback, mode = form["hub.topic"], form["hub.callback"], form["hub.mode"]
        if self.denies and mode == "subscribe":
            denial = {"hub.mode": "denied", "hub.topic": topic, "hub.reason": self.denies}
            self.verified.append(("denied", (await self._call(callback, denial))[0], False))
            return
        challenge = secrets.token_urlsafe(16)
        lease = self.lease or form.get("hub.lease_seconds", "864000")
        params = {"hub.mode": mode, "hub.topic": topic, "hub.challenge": challenge}
        if mode == "subscribe":
            params["hub.lease_seconds"] = lease
        status, body = await self._call(callback, params)
        agrees = 200 <= status < 300 and body == challenge
        if agrees and mode == "subscribe":
            self.subscribers[topic, callback] = Subscriber(topic, callback, form.get("hub.secret", ""), lease)
        elif agrees:
            self.subscribers.pop((topic, callback), None)
        self.verified.append((mode, status, body == challenge))

    async def _call(self, callback: str, params: dict[str, str]) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.get(callback, params=params) as answer:
            return answer.status, await answer.text()

    def call(self, callback: str, **params: str) -> tuple[int, str]:
        """GET ``callback`` as a hub would; parameters are named without ``hub.``."""
        named = {f"hub.{name}": value for name, value in params.items()}
        return self.machine.run(self._call(callback, named))

    def publish(
        self, topic: str, body: bytes, *, method: str = "sha256", secret: str | None = None
    ) -> list[int]:
        """Send ``body`` to all subscribers of ``topic``, signed with theirs or with ``secret``; their answers."""
        answers = []
        for subscriber in self.subscribers.values():
            if subscriber.topic == topic:
                digest = hmac.new((secret or subscriber.secret).encode(), body, method).hexdigest()
                headers = {"X-Hub-Signature": f"{method}={digest}"}
                answers.append(self.send(subscriber.callback, body, headers))
        return answers

    def send(self, callback: str, body: bytes, headers: dict[str, str]) -> int:
        """POST ``body`` to ``callback``; the status of the answer."""
        links = {"Content-Type": "application/rss+xml", "Link": f'<{self.url}>; rel="hub"'}
        return self.machine.run(self._send(callback, body, {**links, **headers}))

    async def _send(self, callback: str, body: bytes, headers: dict[str, str]) -> int:
        async with (
            aiohttp.ClientSession() as session,
            session.post(callback, data=body, headers=headers) as answer,
        ):
            return answer.status


def until(condition: Callable[[], object], *, seconds: float = 15) -> None:
    """Wait for ``condition``."""
    for _ in range(int(seconds / 0.05)):
        if condition():
            return
        Event().wait(0.05)
    raise AssertionError("waited in vain")

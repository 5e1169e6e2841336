"""The process in which Apprise runs: asked on standard input, answers a line at a time on standard output.

python -m castabout.notify.process
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from urllib.parse import unquote, urlsplit

import msgspec
from apprise import Apprise, AppriseAsset, NotifyFormat

#: Seconds for one notice, in all.
_SECONDS = 25.0
_AT_ONCE = 8
#: Shorter pieces of an address are no secrets, and would be found in ordinary words.
_TELLING = 4
#: A name or address of a host. What Apprise gives for a secret has three dots in its middle.
_HOST = re.compile(r"localhost|[\w-]+(?:\.[\w-]+)+|[0-9a-f]*:[0-9a-f:]+", re.IGNORECASE)
_PIECES = re.compile(r"[^/?&=:@,#]+")
_REFUSED = "the service did not take it"


def main() -> None:
    """Do what is asked."""
    asked = msgspec.json.decode(sys.stdin.buffer.read(), type=list[dict[str, str]])
    asset = AppriseAsset(
        app_id="castabout",
        app_desc="castabout",
        app_url="",
        async_mode=False,
        pem_autogen=False,
        pgp_autogen=False,
        service_timeout=_SECONDS,
        storage_mode="memory",
    )
    writing = Lock()

    def answer(numbered: tuple[int, Mapping[str, str]]) -> None:
        number, one = numbered
        said = {"number": number, **_done(one, asset)}
        with writing:
            sys.stdout.buffer.write(msgspec.json.encode(said) + b"\n")
            sys.stdout.buffer.flush()

    # Loads all services before there are threads.
    Apprise.instantiate("json://localhost", asset=asset)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(answer, enumerate(asked)))


def _done(one: Mapping[str, str], asset: AppriseAsset) -> dict[str, str | None]:
    target = one.get("target", one.get("describe", ""))
    try:
        service = Apprise.instantiate(target, asset=asset)
        if "describe" in one:
            if service is None:
                return {"service": None}
            shown: str = service.url(privacy=True)  # type: ignore[no-untyped-call]
            return {"service": described(service.service_name, shown)}
        if service is None:
            return {"error": "its address is none that is known here"}
        # A service that took a notice and says otherwise must not get it again and again.
        service.retry = 0
        sending = Apprise(asset=asset)
        sending.add(service)
        with sending.notify(title=one["title"], body=one["body"], body_format=NotifyFormat.TEXT) as result:
            said = [entry.message for entry in result.logs()]
            return {"error": None if result else without_secrets(said[-1] if said else _REFUSED, target)}
    except Exception as error:  # noqa: BLE001 - a hundred services of others: one that fails costs no other notice
        return {"error": f"{_REFUSED} ({type(error).__name__})"}


def described(name: object, url: str) -> str:
    """What a service is called, and at which host, if ``url``, as Apprise shows it, tells one."""
    host = _host(url)
    return f"{name}, {host}" if host else str(name)


def _host(url: str) -> str | None:
    """The host in an address; ``None`` if something else stands in its place."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    return host if _HOST.fullmatch(host) else None


def without_secrets(said: str, target: str) -> str:
    """``said`` without what stands in ``target`` but for its scheme and host."""
    _, _, rest = target.partition("://")
    pieces = {*_PIECES.findall(rest), *map(unquote, _PIECES.findall(rest))} - {_host(target)}
    for piece in sorted(pieces, key=len, reverse=True):
        if len(piece) >= _TELLING:
            said = said.replace(piece, "…")
    return said


if __name__ == "__main__":
    main()

"""What the handlers have in common."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from litestar import Request, Response, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod, MediaType
from litestar.exceptions import ClientException
from litestar.params import SkipValidation

from castabout.engine.castabout import Castabout
from castabout.web.seen import Seen
from castabout.web.urls import clean

#: The installation that the application was made for.
Library = NamedDependency[SkipValidation[Castabout]]
AnyRequest = Request[Any, Any, Any]
_PATH_CHARACTERS = 2_000

#: Said of a handler that may be asked by all even where reading is private: it is open, or looks itself who asks.
OPEN = "open"
#: What forms with names and passwords, which are short, are registered with: handlers look themselves who asks.
#: They have addresses of their own: Litestar 2.25 runs a synchronous handler wrongly if its path has another one.
FORM: dict[str, Any] = {
    "include_in_schema": False,
    "status_code": HTTPStatus.OK,
    "sync_to_thread": True,
    "request_max_body_size": 20_000,
    "opt": {OPEN: True},
}


def page(path: str | list[str], *, in_schema: bool = False, is_open: bool = False) -> route:
    """Registers a function as the answer to GET and HEAD of ``path``; it runs in a thread of its own.

    One that ``is_open`` is asked by all even where reading is private.
    """
    methods = [HttpMethod.GET, HttpMethod.HEAD]
    opt = {OPEN: is_open}
    return route(path, http_method=methods, include_in_schema=in_schema, sync_to_thread=True, opt=opt)


def html(content: str, status: int = 200) -> Response[str]:
    """A page for people."""
    return Seen(content, status_code=status, media_type=MediaType.HTML)


def json(content: bytes, status: int = 200) -> Response[bytes]:
    """An answer for programs, already JSON."""
    return Seen(content, status_code=status, media_type=MediaType.JSON)


def limited(text: str, characters: int, what: str) -> str:
    """``text``, cleaned; a client's error when it is longer than ``characters``."""
    text = clean(text)
    if len(text) > characters:
        raise ClientException(f"{what} has at most {characters} characters")
    return text


def own_path(text: str) -> str | None:
    """``text`` if it is path and query of a page of ours, and leads nowhere else; else ``None``."""
    is_ours = text.startswith("/") and text[1:2] not in ("/", "\\") and text.isprintable()
    return text if is_ours and len(text) <= _PATH_CHARACTERS else None


def each_once(request: AnyRequest) -> None:
    """A client's error for an address that gives one value twice: nobody knows which of them is meant."""
    names = [name for name, _ in request.query_params.multi_items()]
    for name in names:
        if names.count(name) > 1:
            raise ClientException(f"{name} is given more than once")


def raw_path(request: AnyRequest) -> bytes:
    """The path as it was sent, still percent-encoded."""
    return request.scope["raw_path"]

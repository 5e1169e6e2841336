"""One place turns every error into an answer: a page for people, ``{"error": …}`` for programs."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from http import HTTPStatus

from litestar import Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.response import Redirect

from castabout.errors import (
    CastaboutError,
    FollowRefused,
    IndexLocked,
    ListRefused,
    LoginsBusy,
    NoSuchFollow,
    NoSuchList,
    NotInLibrary,
    StoreLocked,
    UserRefused,
    one_line,
)
from castabout.render.json import error_json
from castabout.web.answers import AnyRequest, html, json
from castabout.web.origin import path_on_our_pages
from castabout.web.templates import render
from castabout.web.urls import login_path

_log = logging.getLogger("castabout.web")
_RETRY_SECONDS = "5"
#: https://jcristharif.com/msgspec/constraints.html
_NO_CHOICE = re.compile(r"Invalid enum value (.*)", re.DOTALL)
_BOUND = re.compile(r"Expected `int` (>=|<=) (-?\d+)")
_MISSING = re.compile(r"Missing required \w+ parameter '(\w+)'")


@dataclass(frozen=True, slots=True)
class Trouble:
    """An error as a visitor sees it: never a traceback, never a path of this machine."""

    status: int
    #: For programs, e.g. ``not_found``.
    code: str
    #: For people: lower case, no full stop.
    message: str


def answer_trouble(request: AnyRequest, error: Exception) -> Response[str] | Response[bytes] | Redirect:
    """Litestar's exception handler for everything."""
    trouble = trouble_of(error)
    if trouble.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _write_down(request, error)
    answer: Response[str] | Response[bytes]
    if _wants_json(request):
        answer = json(error_json(trouble.code, trouble.message), trouble.status)
    elif trouble.status == HTTPStatus.UNAUTHORIZED and not request.scope["path"].endswith((".rss", ".opml")):
        return Redirect(login_path(_page_wanted(request)), status_code=303)
    else:
        answer = html(render("error.html", trouble=trouble), trouble.status)
    if trouble.status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["retry-after"] = _RETRY_SECONDS
    if trouble.status == HTTPStatus.UNAUTHORIZED:
        answer.headers["www-authenticate"] = "Bearer"
    if isinstance(error, HTTPException) and error.headers:
        answer.headers.update(error.headers)
    return answer


def trouble_of(error: Exception) -> Trouble:
    """What a visitor is told of ``error``."""
    match error:
        case NotInLibrary():
            return Trouble(404, "not_in_library", error.cause)
        case NoSuchList():
            return Trouble(404, "no_such_list", error.cause)
        case NoSuchFollow():
            return Trouble(404, "not_followed", error.cause)
        case ListRefused() | FollowRefused() | UserRefused():
            return Trouble(409, "refused", str(error))
        case StoreLocked() | IndexLocked() | LoginsBusy():
            return Trouble(503, "busy", _cause_and_advice(error))
        case CastaboutError():
            return Trouble(503, "unavailable", _cause_and_advice(error))
        case ValidationException():
            return Trouble(400, "bad_request", _invalid(error))
        case HTTPException() if error.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
            status = HTTPStatus(error.status_code)
            message = "there is nothing at this address" if status == HTTPStatus.NOT_FOUND else error.detail
            return Trouble(status, status.phrase.lower().replace(" ", "_"), one_line(message))
    return Trouble(500, "internal", "something went wrong on our side; the log of the server says what")


def _cause_and_advice(error: CastaboutError) -> str:
    return f"{error.cause}; {error.advice}" if error.advice else error.cause


def _invalid(error: ValidationException) -> str:
    details = error.extra if isinstance(error.extra, list) else []
    named = [
        # A parameter whose name is a word of Python has a line behind it there.
        f"{detail['key'].rstrip('_')} {_in_words(detail['message'])}"
        for detail in details
        if {"key", "message"} <= detail.keys()
    ]
    if not named and (missing := _MISSING.search(error.detail)):
        named = [f"{missing[1].rstrip('_')} is missing"]
    return one_line("; ".join(named)) or "the address holds a value that makes no sense here"


def _wants_json(request: AnyRequest) -> bool:
    path, headers = request.scope["path"], request.headers
    is_data = (path.startswith("/api/") and path != "/api/docs") or path.endswith(".json")
    return is_data or "application/json" in headers.get("accept", "") or "authorization" in headers


def _page_wanted(request: AnyRequest) -> str:
    """The page to show after logging in: the one asked for, or the one whose button was pressed."""
    if request.method in ("GET", "HEAD"):
        query = request.scope["query_string"].decode("latin-1")
        return request.scope["raw_path"].decode("latin-1") + (f"?{query}" if query else "")
    return path_on_our_pages(request.headers.get("referer", ""), request.headers.get("host", "")) or "/"


def _in_words(message: str) -> str:
    """What the library says of a value that does not fit, for people."""
    if value := _NO_CHOICE.fullmatch(message):
        return f"cannot be {value[1]}"
    if bound := _BOUND.fullmatch(message):
        return f"is a number, {bound[2]} {'at least' if bound[1] == '>=' else 'at most'}"
    return "is a whole number" if message.startswith("Expected `int`") else f"does not fit: {message}"


def _write_down(request: AnyRequest, error: Exception) -> None:
    where = one_line(request.scope["path"])
    if isinstance(error, CastaboutError):
        _log.error("%s: %s", where, error)
    else:
        _log.error("%s: unexpected error", where, exc_info=error)

"""Logging in and out, and the link that makes the first user."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from litestar import Response, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.exceptions import HTTPException
from litestar.params import Body, FromQuery
from litestar.response import Redirect

from castabout.engine import users
from castabout.engine.castabout import Castabout
from castabout.errors import UserRefused, one_line
from castabout.model.users import User
from castabout.web.answers import FORM, AnyRequest, Library, html, own_path, page
from castabout.web.devices import device_cookie, from_where
from castabout.web.doors import Doors, FirstRun, TheDoors
from castabout.web.templates import render
from castabout.web.who import Asking, Owner, client_address, cookie_name, is_secure

_log = logging.getLogger("castabout.web")
#: Pages that tell what only one person may know.
UNSTORED = {"cache-control": "no-store"}
_DAY = 86_400
_WRONG = "No user has this name and password."


@dataclass(frozen=True, slots=True)
class LoginForm:
    """Who says to be whom."""

    name: str = ""
    password: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class FirstUserForm:
    """The first user, and the key of the link."""

    key: str = ""
    name: str = ""
    password: str = ""
    again: str = ""


@page("/login", is_open=True)
def login(
    castabout: Library, doors: TheDoors, who: Asking, next: FromQuery[str] = ""
) -> Response[str] | Redirect:
    """Where one logs in."""
    then = own_path(next) or "/"
    if isinstance(who, Owner) and who.user:
        return Redirect(then, status_code=303)
    return _login_page(castabout, doors, then=then)


@post("/session/start", **FORM)
def log_in(
    request: AnyRequest,
    castabout: Library,
    doors: TheDoors,
    data: Annotated[LoginForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[str] | Redirect:
    """Start a session, always a new one; the browser's old one ends."""
    tries, then = from_where(request, castabout, data.name), own_path(data.next) or "/"
    wait = doors.throttle.begin(tries)
    if wait:
        words = f"Too many tries from where you are. Try again in {wait} seconds."
        answer = _login_page(castabout, doors, then=then, name=data.name, trouble=words, status=429)
        answer.headers["retry-after"] = str(wait)
        return answer
    user = users.user_with(castabout, data.name, data.password)
    if user is None:
        # For programs that watch logs; never the name, which may be a password in the wrong field.
        _log.info("a login from %s failed", one_line(client_address(request)))
        return _login_page(castabout, doors, then=then, name=data.name, trouble=_WRONG, status=403)
    doors.throttle.succeeded(tries)
    return _come_in(request, castabout, user, then)


@page("/logout", is_open=True)
def ask_to_log_out() -> Response[str]:
    """A link cannot log out: a button does."""
    return Response(render("logout.html"), media_type="text/html", headers=UNSTORED)


@post("/session/end", **FORM)
def log_out(request: AnyRequest, castabout: Library, who: Asking) -> Redirect:
    """End the session of this browser."""
    if isinstance(who, Owner) and who.user and who.key and who.key.scopes is None:
        users.end_key(castabout, who.user, who.key.row)
    return Redirect("/login", status_code=303, cookies=[session_cookie(request, "", seconds=0)])


@page("/setup", is_open=True)
def setup(castabout: Library, doors: TheDoors, key: FromQuery[str] = "") -> Response[str]:
    """Where the link that `castabout serve` prints leads: to the form for the first user."""
    _check_link(castabout, doors, key)
    return _setup_page(FirstUserForm(key=key))


@post("/users/first", **FORM)
def first_user(
    request: AnyRequest,
    castabout: Library,
    doors: TheDoors,
    data: Annotated[FirstUserForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[str] | Redirect:
    """Make the first user, who is logged in at once."""
    link = _check_link(castabout, doors, data.key)
    if data.password != data.again:
        return _setup_page(data, "The two passwords are not the same.")
    try:
        user = users.add_user(castabout, data.name, data.password, as_first=True)
    except UserRefused as error:
        return _setup_page(data, f"{error.subject}: {error.cause}")
    link.use()
    return _come_in(request, castabout, user, "/account")


def session_cookie(request: AnyRequest, key: str, *, seconds: int) -> Cookie:
    """The cookie of a session: for no script, no other site, and over TLS for nothing but TLS."""
    secure = is_secure(request)
    return Cookie(
        key=cookie_name(is_secure=secure),
        value=key,
        max_age=seconds,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def _come_in(request: AnyRequest, castabout: Castabout, user: User, then: str) -> Redirect:
    before = request.cookies.get(cookie_name(is_secure=is_secure(request)))
    found = users.holder(castabout, before) if before else None
    if found and found.key.scopes is None:
        users.end_key(castabout, found.user, found.key.row)
    key = users.start_session(castabout, user, request.headers.get("user-agent", ""))
    cookie = session_cookie(request, key, seconds=users.SESSION_DAYS * _DAY)
    known = device_cookie(request, castabout, user)
    cookies = [*([known] if known else []), cookie]
    return Redirect(then, status_code=303, cookies=cookies, headers=UNSTORED)


def _check_link(castabout: Castabout, doors: Doors, key: str) -> FirstRun:
    link = doors.first_run
    if link is None or not link.opens(key, castabout.clock()) or users.has_users(castabout):
        raise HTTPException(
            "this link was used or is too old; without a user `castabout serve` prints another one",
            status_code=HTTPStatus.GONE,
        )
    return link


def _login_page(
    castabout: Castabout, doors: Doors, *, then: str, name: str = "", trouble: str = "", status: int = 200
) -> Response[str]:
    content = render(
        "login.html",
        has_users=users.has_users(castabout),
        is_private=doors.preferences(castabout).reading == "private",
        then=then,
        name=name[: users.NAME_CHARACTERS],
        trouble=trouble,
    )
    answer = html(content, status)
    answer.headers.update(UNSTORED)
    return answer


def _setup_page(form: FirstUserForm, trouble: str = "") -> Response[str]:
    content = render(
        "setup.html", key=form.key, name=form.name, trouble=trouble, least=users.LEAST_CHARACTERS
    )
    answer = html(content, HTTPStatus.CONFLICT if trouble else HTTPStatus.OK)
    answer.headers.update(UNSTORED)
    return answer

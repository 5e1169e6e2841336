"""What a user has here: password, sessions, tokens."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from litestar import Response, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.params import Body
from litestar.response import Redirect

from castabout.engine import users
from castabout.engine.castabout import Castabout
from castabout.engine.preferences import owner
from castabout.errors import UserRefused
from castabout.model.users import AccessKey, User
from castabout.web.answers import FORM, AnyRequest, Library, html, page
from castabout.web.doors import Doors, TheDoors
from castabout.web.pages.login import UNSTORED, session_cookie
from castabout.web.templates import render
from castabout.web.throttle import home_of
from castabout.web.who import Asking, Owner, Who, client_address


@dataclass(frozen=True, slots=True)
class PasswordForm:
    """A password and the one to come."""

    present: str = ""
    password: str = ""
    again: str = ""


@dataclass(frozen=True, slots=True)
class TokenForm:
    """A token to make."""

    name: str = ""
    #: Each is ``yes`` or nothing.
    read: str = ""
    lists: str = ""


@dataclass(frozen=True, slots=True)
class KeyForm:
    """Which session or token to end."""

    row: int


@page("/account", is_open=True)
def account(castabout: Library, who: Asking) -> Response[str]:
    """Password, sessions and tokens; without users, how to make one."""
    if isinstance(who, Owner) and who.user is None:
        return _answer(render("account.html", user=None))
    user, key = _session(who)
    return _page(castabout, user, key)


@post("/account/password", **FORM)
def change_password(
    request: AnyRequest,
    castabout: Library,
    doors: TheDoors,
    who: Asking,
    data: Annotated[PasswordForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[str]:
    """Change the password, whoever knows the present one; all other sessions end."""
    user, key = _session(who)
    trouble = _password_trouble(castabout, home_of(client_address(request)), doors, user, data)
    if not trouble:
        try:
            users.set_password(castabout, user, data.password, keep=key)
        except UserRefused as error:
            trouble = f"{error.subject}: {error.cause}"
    done = "" if trouble else "The password is changed. All other sessions have ended."
    return _page(castabout, user, key, trouble=trouble, done=done)


@post("/account/sessions/end", **FORM)
def end_session(
    castabout: Library,
    who: Asking,
    data: Annotated[KeyForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect:
    """End one session."""
    return _end(castabout, who, data)


@post("/account/tokens/end", **FORM)
def end_token(
    castabout: Library,
    who: Asking,
    data: Annotated[KeyForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect:
    """Revoke a token."""
    return _end(castabout, who, data)


@post("/account/sessions/end-all", **FORM)
def end_all_sessions(request: AnyRequest, castabout: Library, who: Asking) -> Redirect:
    """Log out everywhere, here too."""
    user, _ = _session(who)
    users.end_sessions(castabout, user)
    return Redirect("/login", status_code=303, cookies=[session_cookie(request, "", seconds=0)])


@post("/account/tokens/make", **FORM)
def make_token(
    castabout: Library,
    who: Asking,
    data: Annotated[TokenForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[str]:
    """Make a token and show it, this once."""
    user, key = _session(who)
    scopes = [scope for scope, wanted in (("read", data.read), ("lists", data.lists)) if wanted]
    try:
        token = users.make_token(castabout, user, data.name, scopes)
    except UserRefused as error:
        return _page(castabout, user, key, trouble=f"{error.subject}: {error.cause}")
    return _page(castabout, user, key, token=token)


def _session(who: Who) -> tuple[User, AccessKey]:
    """The user who is logged in with a browser: no token may make others."""
    if not isinstance(who, Owner):
        if who.may_log_in:
            raise NotAuthorizedException("log in to see your account")
        raise PermissionDeniedException("nobody can log in here yet; whoever runs castabout can change that")
    if who.user is None or who.key is None or who.key.scopes is not None:
        raise PermissionDeniedException("an account is changed by its user, logged in with a browser")
    return who.user, who.key


def _end(castabout: Castabout, who: Who, data: KeyForm) -> Redirect:
    user, _ = _session(who)
    users.end_key(castabout, user, data.row)
    return Redirect("/account", status_code=303)


def _password_trouble(
    castabout: Castabout, address: str, doors: Doors, user: User, data: PasswordForm
) -> str:
    if data.password != data.again:
        return "The two new passwords are not the same."
    # Whoever has found somebody's browser open must not try passwords there.
    if wait := doors.throttle.begin(address):
        return f"Too many tries. Try again in {wait} seconds."
    if users.user_with(castabout, user.name, data.present) is None:
        return "The present password is another one."
    doors.throttle.succeeded(address)
    return ""


def _page(
    castabout: Castabout, user: User, key: AccessKey, *, trouble: str = "", done: str = "", token: str = ""
) -> Response[str]:
    content = render(
        "account.html",
        user=user,
        is_owner=user == owner(castabout),
        key=key,
        keys=users.keys_of(castabout, user),
        least=users.LEAST_CHARACTERS,
        trouble=trouble,
        done=done,
        token=token,
    )
    return _answer(content, HTTPStatus.CONFLICT if trouble else HTTPStatus.OK)


def _answer(content: str, status: int = HTTPStatus.OK) -> Response[str]:
    answer = html(content, status)
    answer.headers.update(UNSTORED)
    return answer

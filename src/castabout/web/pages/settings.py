"""What the owner sets: who may read, pictures, users; and what the environment says, to be read."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Literal, TypeAlias

from litestar import Response, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.params import Body, FromQuery
from litestar.response import Redirect

from castabout.engine import preferences, users
from castabout.engine.castabout import Castabout
from castabout.errors import NoSuchUser, UserRefused
from castabout.model.users import User
from castabout.web.answers import FORM, AnyRequest, Library, html, page
from castabout.web.doors import Doors, TheDoors
from castabout.web.pages.login import UNSTORED
from castabout.web.templates import render
from castabout.web.throttle import home_of
from castabout.web.who import Asking, Owner, Who, client_address

Reading: TypeAlias = Literal["open", "private", ""]
Pictures: TypeAlias = Literal["yes", "no", ""]
#: What was done last; the address carries it, so that the page can tell.
Done: TypeAlias = Literal["saved", "added", "removed", "password", "ended", ""]
_WORDS: dict[Done, str] = {
    "saved": "Saved.",
    "added": "The user may log in.",
    "removed": "The user is removed, with all lists and follows.",
    "password": "The password is changed; all sessions of the user have ended.",
    "ended": "All sessions and tokens of the user have ended.",
}


@dataclass(frozen=True, slots=True)
class PreferencesForm:
    """What is set; nothing where the environment says it."""

    reading: Reading = ""
    pictures: Pictures = ""


@dataclass(frozen=True, slots=True)
class NewUserForm:
    """A user to make."""

    name: str = ""
    password: str = ""
    again: str = ""


@dataclass(frozen=True, slots=True)
class UserForm:
    """A user to change; ``own`` is the password of whoever asks for it."""

    user: str
    own: str = ""
    password: str = ""
    again: str = ""


@dataclass(frozen=True, slots=True)
class UserRow:
    """One user as the page shows them."""

    user: User
    sessions: int
    tokens: int
    is_owner: bool


@page("/settings", is_open=True)
def settings(castabout: Library, doors: TheDoors, who: Asking, done: FromQuery[Done] = "") -> Response[str]:
    """All settings; for the owner alone."""
    owner = _owner(castabout, who)
    return _page(castabout, doors, owner, done=_WORDS.get(done, ""))


@post("/settings/preferences", **FORM)
def set_preferences(
    castabout: Library,
    who: Asking,
    data: Annotated[PreferencesForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect:
    """Set who may read, and whether pictures are fetched here."""
    _owner(castabout, who)
    if data.reading:
        preferences.set_reading(castabout, data.reading)
    if data.pictures:
        preferences.set_pictures(castabout, data.pictures)
    return _done("saved")


@post("/settings/users/add", **FORM)
def add_user(
    castabout: Library,
    doors: TheDoors,
    who: Asking,
    data: Annotated[NewUserForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[str] | Redirect:
    """Make a user. With the first one it is no longer the person at the machine who is the owner."""
    owner = _owner(castabout, who)
    try:
        _check_again(data.password, data.again)
        users.add_user(castabout, data.name, data.password, as_first=owner is None)
    except UserRefused as error:
        return _page(castabout, doors, owner, trouble=_words(error), name=data.name)
    return _done("added") if owner else Redirect("/login?next=%2Fsettings", status_code=303)


@post("/settings/users/remove", **FORM)
def remove_user(
    request: AnyRequest,
    castabout: Library,
    doors: TheDoors,
    who: Asking,
    data: Annotated[UserForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[str] | Redirect:
    """Remove a user, with all that is theirs."""
    owner = _owner(castabout, who)
    try:
        user = _other(request, castabout, doors, owner, data)
        users.remove_user(castabout, user.name)
    except (UserRefused, NoSuchUser) as error:
        return _page(castabout, doors, owner, trouble=_words(error))
    return _done("removed")


@post("/settings/users/password", **FORM)
def reset_password(
    request: AnyRequest,
    castabout: Library,
    doors: TheDoors,
    who: Asking,
    data: Annotated[UserForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[str] | Redirect:
    """Give a user another password, who may have forgotten theirs."""
    owner = _owner(castabout, who)
    try:
        _check_again(data.password, data.again)
        users.set_password(castabout, _other(request, castabout, doors, owner, data), data.password)
    except (UserRefused, NoSuchUser) as error:
        return _page(castabout, doors, owner, trouble=_words(error))
    return _done("password")


@post("/settings/users/end-all", **FORM)
def end_all(
    castabout: Library,
    doors: TheDoors,
    who: Asking,
    data: Annotated[UserForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[str] | Redirect:
    """End all sessions and tokens of a user."""
    owner = _owner(castabout, who)
    try:
        users.end_all(castabout, users.user_of(castabout, data.user))
    except NoSuchUser as error:
        return _page(castabout, doors, owner, trouble=_words(error))
    return _done("ended")


def _owner(castabout: Castabout, who: Who) -> User | None:
    """The owner, if that is who asks: a user, or ``None`` for the person at the machine."""
    if not isinstance(who, Owner):
        if who.may_log_in:
            raise NotAuthorizedException("log in to see the settings")
        raise PermissionDeniedException("settings are for the person at the machine that castabout runs on")
    if who.user is None:
        return None
    owner = preferences.owner(castabout)
    if owner is None or who.user.id != owner.id or who.key is None or who.key.scopes is not None:
        raise PermissionDeniedException("settings are for the owner: the user who was the first one here")
    return owner


def _other(
    request: AnyRequest, castabout: Castabout, doors: Doors, owner: User | None, form: UserForm
) -> User:
    """The user that a form means; whoever has found the owner's browser open does not get so far."""
    user = users.user_of(castabout, form.user)
    if owner is None or user.id == owner.id:
        raise UserRefused(user.name, "your own password is changed on the page of your account")
    where = home_of(client_address(request))
    if wait := doors.throttle.begin(where):
        raise UserRefused("your password", f"too many tries; try again in {wait} seconds")
    if users.user_with(castabout, owner.name, form.own) is None:
        raise UserRefused("your password", "yours is another one")
    doors.throttle.succeeded(where)
    return user


def _check_again(password: str, again: str) -> None:
    if password != again:
        raise UserRefused("a password", "the two are not the same")


def _words(error: UserRefused | NoSuchUser) -> str:
    return f"{error.subject}: {error.cause}"


def _done(what: Done) -> Redirect:
    return Redirect(f"/settings?done={what}", status_code=303)


def _page(
    castabout: Castabout,
    doors: Doors,
    owner: User | None,
    *,
    done: str = "",
    trouble: str = "",
    name: str = "",
) -> Response[str]:
    rows = []
    for user in users.all_users(castabout):
        keys = users.keys_of(castabout, user)
        is_owner = owner is not None and user.id == owner.id
        rows.append(UserRow(user, len(keys.sessions), len(keys.tokens), is_owner))
    content = render(
        "settings.html",
        preferences=doors.preferences(castabout),
        fixed={"reading": doors.reading is not None, "pictures": doors.pictures is not None},
        owner=owner,
        rows=rows,
        environment=doors.environment,
        least=users.LEAST_CHARACTERS,
        name=name[: users.NAME_CHARACTERS],
        done=done,
        trouble=trouble,
    )
    answer = html(content, HTTPStatus.CONFLICT if trouble else HTTPStatus.OK)
    answer.headers.update(UNSTORED)
    return answer

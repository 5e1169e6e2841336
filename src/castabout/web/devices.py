"""Browsers in which a user has logged in before: what others try elsewhere does not make them wait.

https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256

from litestar.datastructures import Cookie

from castabout.engine.castabout import Castabout
from castabout.engine.preferences import secret
from castabout.engine.users import user_named
from castabout.errors import NoSuchUser
from castabout.model.users import User
from castabout.web.answers import AnyRequest
from castabout.web.throttle import home_of
from castabout.web.who import client_address, cookie_name, is_secure

_NAME = "castabout-known"
_SECONDS = 2 * 365 * 86_400
_NONCE_BYTES = 16


def from_where(request: AnyRequest, castabout: Castabout, name: str) -> str:
    """Whose tries to log in as ``name`` these are: those of a browser that is known to, else of an address."""
    try:
        user = user_named(castabout, name)
    except NoSuchUser:
        return home_of(client_address(request))
    return _device(request, castabout, user) or home_of(client_address(request))


def device_cookie(request: AnyRequest, castabout: Castabout, user: User) -> Cookie | None:
    """What makes this browser known for ``user``; ``None`` if it is."""
    if _device(request, castabout, user):
        return None
    nonce = secrets.token_urlsafe(_NONCE_BYTES)
    secure = is_secure(request)
    return Cookie(
        key=cookie_name(_NAME, is_secure=secure),
        value=f"{nonce}.{_mark(castabout, user, nonce)}",
        max_age=_SECONDS,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def _device(request: AnyRequest, castabout: Castabout, user: User) -> str | None:
    cookie = request.cookies.get(cookie_name(_NAME, is_secure=is_secure(request)), "")
    nonce, _, mark = cookie.partition(".")
    is_known = hmac.compare_digest(_mark(castabout, user, nonce).encode(), mark.encode(errors="replace"))
    return f"the device {nonce}" if is_known else None


def _mark(castabout: Castabout, user: User, nonce: str) -> str:
    words = f"device {user.id} {nonce}".encode(errors="replace")
    return hmac.new(secret(castabout), words, sha256).hexdigest()

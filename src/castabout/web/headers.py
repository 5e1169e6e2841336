"""Headers that every answer carries, errors included."""

from __future__ import annotations

from litestar.types import Message, Scope

_POLICY = (
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "media-src https: http:",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)
#: Only our own style, script, answers to it, forms and pictures; audio comes from the publishers.
_OUR_PICTURES = "img-src 'self'"
#: Where browsers fetch outside pictures themselves.
_ALL_PICTURES = "img-src 'self' https: http:"
#: No page of ours stands inside one of somebody else, but for the player that is made for that.
_UNFRAMED, _FRAMED = "frame-ancestors 'none'", "frame-ancestors *"
_EMBEDDED = "/embed/"
_SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    # Others learn nothing; we learn to which page a form leads back, and that it is one of ours.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
#: Set in the state of a request that only users are answered.
FOR_USERS = "castabout_for_users"
#: Whether pages may show pictures of others.
OUTSIDE_PICTURES = "castabout_outside_pictures"


async def add_security_headers(message: Message, scope: Scope) -> None:
    """Litestar's ``before_send`` hook."""
    if message["type"] == "http.response.start":
        headers = list(message["headers"])
        if scope["state"].get(FOR_USERS) and not any(_is_private(header) for header in headers):
            # No cache between us and a user may keep it for others.
            headers = [(name, value) for name, value in headers if name.lower() != b"cache-control"]
            headers.append((b"cache-control", b"private, no-cache"))
        headers.append((b"content-security-policy", _policy(scope).encode()))
        message["headers"] = [*headers, *_SECURITY_HEADERS]


def _policy(scope: Scope) -> str:
    pictures = _ALL_PICTURES if scope["state"].get(OUTSIDE_PICTURES) else _OUR_PICTURES
    frames = _FRAMED if scope["path"].startswith(_EMBEDDED) else _UNFRAMED
    return "; ".join((*_POLICY, pictures, frames))


def _is_private(header: tuple[bytes, bytes]) -> bool:
    name, value = header
    return name.lower() == b"cache-control" and value.startswith((b"private", b"no-store"))

"""Headers that every answer carries, errors included."""

from __future__ import annotations

from litestar.types import Message, Scope

_POLICY = (
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "media-src https: http:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
#: Only our own style, script, answers to it, forms and pictures; audio comes from the publishers; no frames.
CONTENT_SECURITY_POLICY = "; ".join((*_POLICY, "img-src 'self'"))
#: The same where browsers fetch outside pictures themselves.
_WITH_OUTSIDE_PICTURES = "; ".join((*_POLICY, "img-src 'self' https: http:"))
SECURITY_HEADERS = (
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
        is_outside = scope["state"].get(OUTSIDE_PICTURES)
        policy = _WITH_OUTSIDE_PICTURES if is_outside else CONTENT_SECURITY_POLICY
        message["headers"] = [*headers, (b"content-security-policy", policy.encode()), *SECURITY_HEADERS]


def _is_private(header: tuple[bytes, bytes]) -> bool:
    name, value = header
    return name.lower() == b"cache-control" and value.startswith((b"private", b"no-store"))

"""Headers that every answer carries, errors included."""

from __future__ import annotations

from litestar.types import Message, Scope

#: Only our own style, script, answers to it, and forms; pictures and audio come from the publishers.
_POLICY = (
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "img-src 'self' https: http: data:",
    "media-src https: http:",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)
#: No page of ours stands inside one of somebody else, but for the player that is made for that.
CONTENT_SECURITY_POLICY = "; ".join((*_POLICY, "frame-ancestors 'none'"))
EMBED_POLICY = "; ".join((*_POLICY, "frame-ancestors *"))
_EMBEDDED = "/embed/"
_SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    # Others learn nothing; we learn to which page a form leads back, and that it is one of ours.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
#: Set in the state of a request that only users are answered.
FOR_USERS = "castabout_for_users"


async def add_security_headers(message: Message, scope: Scope) -> None:
    """Litestar's ``before_send`` hook."""
    if message["type"] == "http.response.start":
        headers = list(message["headers"])
        if scope["state"].get(FOR_USERS):
            # No cache between us and a user may keep it for others.
            headers = [(name, value) for name, value in headers if name.lower() != b"cache-control"]
            headers.append((b"cache-control", b"private, no-cache"))
        policy = EMBED_POLICY if scope["path"].startswith(_EMBEDDED) else CONTENT_SECURITY_POLICY
        headers.append((b"content-security-policy", policy.encode()))
        message["headers"] = [*headers, *_SECURITY_HEADERS]

"""Headers that every answer carries, errors included."""

from __future__ import annotations

from litestar.types import Message, Scope

#: Only our own style, script, answers to it, and forms; pictures and audio come from the publishers; no frames.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "img-src 'self' https: http: data:",
        "media-src https: http:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
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
        message["headers"] = [*headers, *SECURITY_HEADERS]

"""What whoever asks has seen already is not sent again. https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2"""

from __future__ import annotations

import re
from hashlib import sha256
from http import HTTPStatus
from typing import Any, TypeVar

from litestar import Request, Response
from litestar.response.base import ASGIResponse

T = TypeVar("T")
#: How long an answer took is no news.
_VARIES = re.compile(rb'"elapsed_ms": ?[\d.]+|Answered in [\d.]+ ms')
#: Kept by the one who asked, and asked for again each time: what is shown is by who asks, and as it is now.
_KEPT = "private, no-cache"


class Seen(Response[T]):
    """An answer that is known by its content, so that nothing is sent to whoever has it."""

    def to_asgi_response(self, app: Any, request: Request[Any, Any, Any], **more: Any) -> ASGIResponse:
        """The answer, or that nothing has changed (304)."""
        answer = super().to_asgi_response(app, request, **more)
        if answer.status_code != HTTPStatus.OK:
            return answer
        tag = tag_of(_VARIES.sub(b"", answer.body))
        answer.headers.setdefault("cache-control", _KEPT)
        answer.headers["etag"] = tag
        if not is_known(request.headers.get("if-none-match"), tag):
            return answer
        kept = {name: answer.headers[name] for name in ("etag", "cache-control")}
        return ASGIResponse(status_code=HTTPStatus.NOT_MODIFIED, headers=kept, cookies=more.get("cookies"))


def tag_of(body: bytes) -> str:
    """What a body is known by. Weak: the same goes out compressed as well.

    https://www.rfc-editor.org/rfc/rfc9110#section-8.8.1
    """
    return f'W/"{sha256(body).hexdigest()[:20]}"'


def is_known(if_none_match: str | None, tag: str) -> bool:
    """Whether whoever asks has what ``tag`` names."""
    if if_none_match is None:
        return False
    known = {one.strip().removeprefix("W/") for one in if_none_match.split(",")}
    return "*" in known or tag.removeprefix("W/") in known

"""Where hubs call: to verify a subscription, and to bring news. https://www.w3.org/TR/websub/"""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from litestar import Response, get, post
from litestar.enums import MediaType
from litestar.exceptions import HTTPException, NotFoundException
from litestar.params import FromPath

from castabout.engine import websub
from castabout.engine.subscription import Signature
from castabout.web.answers import OPEN, AnyRequest, Library
from castabout.web.origin import FROM_ANYWHERE

#: The most that a hub may send: a feed may be as large by the settings' default.
BODY_BYTES = 50_000_000
_TOKEN = websub.PATH + "{token:str}"


# Not a `page`: Litestar 2.25 runs a synchronous handler wrongly if its path has another one.
@get(_TOKEN, include_in_schema=False, opt={OPEN: True})
async def verification(request: AnyRequest, castabout: Library, token: FromPath[str]) -> Response[str]:
    """Agrees with what was asked of the hub, by echoing its challenge, and with nothing else."""
    echo = await asyncio.to_thread(websub.verify, castabout, token, dict(request.query_params))
    if echo is None:
        raise NotFoundException
    # Plain text, and by our headers never taken for anything else: the challenge is somebody else's text.
    return Response(echo, media_type=MediaType.TEXT)


@post(
    _TOKEN,
    include_in_schema=False,
    status_code=HTTPStatus.ACCEPTED,
    request_max_body_size=BODY_BYTES,
    opt={FROM_ANYWHERE: True, OPEN: True},
)
async def news(request: AnyRequest, castabout: Library, token: FromPath[str]) -> None:
    """Takes news; what is not signed as agreed is accepted and ignored, as the specification has it."""
    subscription = await asyncio.to_thread(websub.wanted, castabout, token)
    if subscription is None:
        raise HTTPException("there is no such subscription", status_code=HTTPStatus.GONE)
    signature = Signature(subscription.secret, request.headers.get("x-hub-signature"))
    async for piece in request.stream():
        signature.update(piece)
    if signature.matches():
        await asyncio.to_thread(websub.take_news, castabout, subscription)

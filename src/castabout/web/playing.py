"""What the player of the pages asks for, and tells: episodes, what comes next, how far one heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated

import msgspec
from litestar import Response, put
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException
from litestar.params import Body, FromPath, FromQuery, QueryParameter

from castabout.engine import playing, positions
from castabout.model.playing import Playable
from castabout.render.playing import playable_json, position_json, queue_json
from castabout.web.answers import OPEN, Library, json, limited, page
from castabout.web.urls import outside_url, picture_path
from castabout.web.who import Asking, Owner, OwnerAlone

_CHARACTERS = 1_000
#: Nothing is so long; two weeks.
_MOST_SECONDS = 1_209_600


class HeardSoFar(msgspec.Struct, frozen=True):
    """How far somebody heard an episode, as a player tells it."""

    #: From the beginning of the media file.
    seconds: Annotated[float, msgspec.Meta(ge=0, le=_MOST_SECONDS)]
    #: By the clock of the device.
    when: Annotated[datetime, msgspec.Meta(tz=True)]
    #: Whether it was heard to its end.
    finished: bool = False


@page("/api/v1/player/episodes/{id:str}")
def player_episode(castabout: Library, who: Asking, id: FromPath[str]) -> Response[bytes]:
    """An episode for the player, with how far whoever asks heard it."""
    owner = who.id if isinstance(who, Owner) and who.may("lists") else None
    found = playing.playable(castabout, owner, limited(id, _CHARACTERS, "an episode"))
    return _personal(playable_json(_open(found), listener=owner and _mark(owner)))


@page("/api/v1/player/queue", is_open=True)
def player_queue(
    castabout: Library,
    owner: OwnerAlone,
    list_: Annotated[str, QueryParameter(name="list")] = "",
    after: FromQuery[str] = "",
) -> Response[bytes]:
    """What of a list is played after an episode."""
    name = limited(list_, _CHARACTERS, "the name of a list")
    found = playing.queue(castabout, owner.id, name, after=limited(after, _CHARACTERS, "an episode"))
    return _personal(queue_json(replace(found, episodes=tuple(map(_open, found.episodes)))))


@put("/api/v1/positions/{episode:str}", include_in_schema=False, sync_to_thread=True, opt={OPEN: True})
def keep_position(
    castabout: Library,
    owner: OwnerAlone,
    episode: FromPath[str],
    data: Annotated[HeardSoFar, Body(media_type=RequestEncodingType.JSON)],
) -> Response[bytes]:
    """Keep how far an episode was heard, unless something newer is kept; answers with what is kept now."""
    try:
        kept = positions.keep(
            castabout,
            owner.id,
            limited(episode, _CHARACTERS, "an episode"),
            data.seconds,
            finished=data.finished,
            when=data.when,
        )
    except OverflowError as error:
        raise ClientException("when is out of range") from error
    return _personal(position_json(kept))


def _mark(owner: str) -> str:
    """By it a browser tells that somebody else is logged in than before, and forgets what is theirs."""
    return sha256(owner.encode()).hexdigest()[:16]


def _open(episode: Playable) -> Playable:
    """With addresses of the web alone, and its cover here."""
    image = outside_url(episode.image)
    if image:
        image = picture_path(image, "large", podcast=episode.podcast_id, episode=episode.id)
    return replace(episode, url=outside_url(episode.url), image=image)


def _personal(content: bytes) -> Response[bytes]:
    answer = json(content, HTTPStatus.OK)
    answer.headers["cache-control"] = "private, no-store"
    return answer

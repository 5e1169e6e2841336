"""What somebody follows: what was new, where notices go, what became of them.

Everything works with plain forms. A script may send the same forms and ask for JSON.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Literal, TypeAlias

from litestar import Response, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery, QueryParameter
from litestar.response import Redirect

from castabout.engine import follows
from castabout.engine.castabout import Castabout
from castabout.engine.following import name_of, query_of_search
from castabout.errors import NoSuchFollow
from castabout.model.follows import PACES, FollowLine, Pace, Preview
from castabout.render.follows import delivery_json, follow_json, follows_json, preview_json
from castabout.render.json import encode
from castabout.web.answers import AnyRequest, Library, html, json, limited, page
from castabout.web.feeds import PublicUrl, base_address
from castabout.web.origin import path_on_our_pages
from castabout.web.templates import render
from castabout.web.urls import QUERY_CHARACTERS, follows_path
from castabout.web.who import Owner, OwnerAlone

Action: TypeAlias = Literal["add", "change", "pause", "resume", "remove", "test", "again"]
#: What was done last, as the page tells it; the address carries it.
Done: TypeAlias = Literal["added", "changed", "removed", "tested", ""]
_DONE: dict[Action, Done] = {"add": "added", "change": "changed", "remove": "removed", "test": "tested"}
_TARGET_CHARACTERS = 2_000
_QUERY = "a query"


@dataclass(frozen=True, slots=True)
class FollowForm:
    """What a form about a follow holds."""

    query: str
    #: An address of the Apprise library; empty: as it was.
    target: str = ""
    pace: Pace | Literal[""] = ""
    #: Send no notices any more.
    quiet: str = ""


@page("/follows")
def all_follows(
    request: AnyRequest,
    castabout: Library,
    owner: OwnerAlone,
    public_url: PublicUrl,
    done: FromQuery[Done] = "",
    q: FromQuery[str] = "",
) -> Response[str]:
    """All that somebody follows."""
    lines = follows.all_follows(castabout, owner.id)
    base = base_address(request, public_url)
    return html(render_follows(lines, base=base, done=done, query=limited(q, QUERY_CHARACTERS, _QUERY)))


def render_follows(lines: tuple[FollowLine, ...], *, base: str, done: Done = "", query: str = "") -> str:
    """The page as HTML; ``base`` is where programs elsewhere reach this installation."""
    return render(
        "follows.html",
        lines=lines,
        base=base,
        paces=PACES,
        saved=None,
        done=done,
        query=query,
        name=name_of(query),
        target_characters=_TARGET_CHARACTERS,
    )


@page("/follows/preview")
def preview(
    castabout: Library, owner: OwnerAlone, wanted: Annotated[str, QueryParameter(name="query")] = ""
) -> Response[str] | Redirect:
    """What a follow would have told of lately."""
    query = query_of_search(limited(wanted, QUERY_CHARACTERS, _QUERY))
    if not query:
        return Redirect(follows_path(), status_code=303)
    found = follows.preview(castabout, query)
    return html(render_preview(found, is_followed=follows.is_followed(castabout, owner.id, query)))


def render_preview(found: Preview, *, is_followed: bool) -> str:
    """The page as HTML."""
    return render(
        "preview.html",
        page=found,
        name=name_of(found.query),
        followed=is_followed,
        saved=None,
        days=follows.PREVIEW_DAYS,
    )


@page("/api/v1/follows", in_schema=True)
def follows_api(castabout: Library, owner: OwnerAlone) -> Response[bytes]:
    """What you follow, what was new, and what became of notices."""
    return json(follows_json(follows.all_follows(castabout, owner.id)))


@page("/api/v1/follows/preview", in_schema=True)
def preview_api(castabout: Library, owner: OwnerAlone, q: FromQuery[str] = "") -> Response[bytes]:
    """The episodes that a follow of a query would have told of in the last thirty days."""
    query = query_of_search(limited(q, QUERY_CHARACTERS, _QUERY))
    return json(preview_json(follows.preview(castabout, query)))


@post("/follows/{action:str}", include_in_schema=False, status_code=HTTPStatus.OK, sync_to_thread=True)
def change_follow(
    request: AnyRequest,
    castabout: Library,
    owner: OwnerAlone,
    action: FromPath[Action],
    data: Annotated[FollowForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[bytes] | Redirect:
    """Follow a query, change or end that; then back to where the button was."""
    query = query_of_search(limited(data.query, QUERY_CHARACTERS, _QUERY))
    target = data.target.strip()
    limited(target, _TARGET_CHARACTERS, "where notices go")
    answer = _changed(castabout, owner, action, query, data)
    if "application/json" in request.headers.get("accept", ""):
        return json(answer)
    return Redirect(_back(request, query, action), status_code=303)


def _changed(castabout: Castabout, owner: Owner, action: Action, query: str, data: FollowForm) -> bytes:
    pace = data.pace or None
    match action:
        case "add":
            line = follows.add(castabout, owner.id, query, target=data.target.strip(), pace=pace)
        case "change":
            target = "" if data.quiet else data.target.strip() or None
            line = follows.change(castabout, owner.id, query, target=target, pace=pace)
        case "pause":
            line = follows.pause(castabout, owner.id, query)
        case "resume":
            line = follows.resume(castabout, owner.id, query)
        case "again":
            line = follows.try_again(castabout, owner.id, query)
        case "test":
            return delivery_json(follows.send_test(castabout, owner.id, query))
        case "remove":
            # Perhaps it was already, by another press or in another window.
            with suppress(NoSuchFollow):
                follows.remove(castabout, owner.id, query)
            return encode({"query": query, "removed": True})
    return follow_json(line)


def _back(request: AnyRequest, query: str, action: Action) -> str:
    """The page that the button was on."""
    came_from = path_on_our_pages(request.headers.get("referer", ""), request.headers.get("host", ""))
    if came_from and not came_from.startswith("/follows"):
        return came_from
    return follows_path(done=_DONE.get(action), q=query) + ("" if action == "remove" else "#noted")

"""Listen Later and other lists: what is in them, their order, what was put away, their feeds.

Everything works with plain forms. A script may send the same forms and ask for JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Literal, TypeAlias
from urllib.parse import parse_qsl, urlencode

from litestar import Response, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery, QueryParameter
from litestar.response import Redirect

from castabout.engine import later as lists
from castabout.engine import positions
from castabout.engine.castabout import Castabout
from castabout.engine.library import named_episode
from castabout.errors import NotInLibrary
from castabout.model.lists import ListChange, ListPage, StoredList
from castabout.model.playing import Position
from castabout.render.json import encode
from castabout.web.answers import OPEN, AnyRequest, Library, html, json, limited, page
from castabout.web.feeds import Offset, PublicUrl, base_address
from castabout.web.origin import path_on_our_pages
from castabout.web.templates import render
from castabout.web.urls import later_path, list_action, list_feed_path
from castabout.web.who import OwnerAlone

Action: TypeAlias = Literal["add", "remove", "archive", "move", "up", "down"]
ListAction: TypeAlias = Literal["make", "rename", "remove", "address"]
#: What was done last, as the page tells it; the address carries it, so that it can be undone without script.
Done: TypeAlias = Literal["removed", "archived", ""]
_DONE: dict[Action, Done] = {"remove": "removed", "archive": "archived"}
_NAME = "the name of a list"
_CHARACTERS = 1_000
_LOCAL = ("localhost", "127.", "[::1]")


@dataclass(frozen=True, slots=True)
class EpisodeForm:
    """The button that was pressed."""

    episode: str


@dataclass(frozen=True, slots=True)
class ListForm:
    """What a form about a list holds."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What was done last, and how it is undone."""

    words: str
    title: str
    episode: str
    undo: str


@page("/later", is_open=True)
def later(
    request: AnyRequest,
    castabout: Library,
    owner: OwnerAlone,
    public_url: PublicUrl,
    list_: Annotated[str, QueryParameter(name="list")] = "",
    archive: FromQuery[Literal["yes", ""]] = "",
    offset: Offset = 0,
    done: FromQuery[Done] = "",
    episode: FromQuery[str] = "",
    place: FromQuery[int] = 0,
) -> Response[str]:
    """A list, Listen Later unless another is named; with ``archive`` what was put away of it."""
    found = lists.list_page(castabout, owner.id, list_, archived=bool(archive), offset=offset)
    note = _note(castabout, found, done, episode, place) if done and episode else None
    heard = positions.heard(castabout, owner.id, [entry.line.id for entry in found.episodes])
    return html(render_later(found, base=base_address(request, public_url), note=note, heard=heard))


def render_later(
    page: ListPage, *, base: str, note: Note | None = None, heard: Mapping[str, Position] | None = None
) -> str:
    """The page as HTML; ``base`` is where programs elsewhere reach this installation.

    ``heard`` is how far its episodes were heard, by id.
    """
    feed = base + list_feed_path(page.list.key) if page.list else None
    is_local = base.partition("//")[2].startswith(_LOCAL)
    return render(
        "later.html", page=page, saved=frozenset(), feed=feed, note=note, is_local=is_local, heard=heard or {}
    )


@post(
    "/later/{action:str}",
    include_in_schema=False,
    status_code=HTTPStatus.OK,
    sync_to_thread=True,
    opt={OPEN: True},
)
def change_episode(
    request: AnyRequest,
    castabout: Library,
    owner: OwnerAlone,
    action: FromPath[Action],
    data: Annotated[EpisodeForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
    list_: Annotated[str, QueryParameter(name="list")] = "",
    place: FromQuery[int | None] = None,
) -> Response[bytes] | Redirect:
    """Put an episode into a list, take it out, put it away, or move it; then back to where the button was."""
    episode = limited(data.episode, _CHARACTERS, "an episode")
    changed = _changed(castabout, owner.id, action, episode, limited(list_, _CHARACTERS, _NAME), place)
    if "application/json" in request.headers.get("accept", ""):
        return json(
            encode(
                {
                    "list": changed.list.name,
                    "episode": changed.episode.id,
                    "place": changed.place,
                    "episodes": changed.list.episodes,
                }
            )
        )
    return Redirect(_back(request, changed, _DONE.get(action, "")), status_code=303)


@post(
    "/later/lists/{action:str}",
    include_in_schema=False,
    status_code=HTTPStatus.OK,
    sync_to_thread=True,
    opt={OPEN: True},
)
def change_list(
    castabout: Library,
    owner: OwnerAlone,
    action: FromPath[ListAction],
    data: Annotated[ListForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
    list_: Annotated[str, QueryParameter(name="list")] = "",
) -> Redirect:
    """Make, rename or remove a list, or give its feed a new address."""
    name = limited(list_, _CHARACTERS, _NAME)
    shown: StoredList | None = None
    match action:
        case "make":
            shown = lists.make_list(castabout, owner.id, limited(data.name, _CHARACTERS, _NAME))
        case "rename":
            shown = lists.rename_list(castabout, owner.id, name, limited(data.name, _CHARACTERS, _NAME))
        case "address":
            shown = lists.new_address(castabout, owner.id, name)
        case "remove":
            lists.remove_list(castabout, owner.id, name)
    return Redirect(later_path(shown.name if shown else ""), status_code=303)


def _changed(
    castabout: Castabout, owner: str, action: Action, episode: str, name: str, place: int | None
) -> ListChange:
    match action:
        case "add":
            return lists.add(castabout, owner, episode, name, place=place)
        case "remove":
            return lists.remove(castabout, owner, episode, name)
        case "archive":
            return lists.archive(castabout, owner, episode, name)
        case "move":
            return lists.move(castabout, owner, episode, name, place=place)
        case "up" | "down":
            return lists.move(castabout, owner, episode, name, by=-1 if action == "up" else 1)


def _back(request: AnyRequest, changed: ListChange, done: Done) -> str:
    """The page that the button was on, at the same episode; Listen Later if that is not known."""
    came_from = path_on_our_pages(request.headers.get("referer", ""), request.headers.get("host", ""))
    path, _, query = (came_from or later_path(changed.list.name)).partition("?")
    id = changed.episode.id
    if path != "/later":
        return f"{path}?{query}#e-{id}" if query else f"{path}#e-{id}"
    kept = [(key, value) for key, value in parse_qsl(query) if key not in ("done", "episode", "place")]
    if not done:
        return (f"{path}?{urlencode(kept)}" if kept else path) + f"#e-{id}"
    return f"{path}?{urlencode([*kept, ('done', done), ('episode', id), ('place', changed.place)])}"


def _note(castabout: Castabout, shown: ListPage, done: Done, episode: str, place: int) -> Note | None:
    try:
        stored = named_episode(castabout, episode)
    except NotInLibrary:
        return None
    words = "Removed" if done == "removed" else "Put into the archive"
    undo = list_action("add", shown.name, place=place or None)
    return Note(words, stored.episode.title or "Untitled", stored.id, undo)

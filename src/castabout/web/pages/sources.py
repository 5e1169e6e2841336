"""Sources: where podcasts come from, how that goes, and what is to be added. Whoever keeps the library decides.

Everything works with plain forms; a script keeps the page of an errand up to date while it is under way.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Literal, TypeAlias

from litestar import Response, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import Body, FromPath, FromQuery, SkipValidation
from litestar.response import Redirect

from castabout.engine import removal
from castabout.engine.lines import UNTITLED
from castabout.engine.samples import sample_feeds
from castabout.engine.sources import sources_page
from castabout.model.library import StoredPodcast
from castabout.model.sources import Cursor, Order, Shown, SourcesPage
from castabout.web.answers import AnyRequest, Library, html, limited, page
from castabout.web.errands import Errands, Progress
from castabout.web.origin import path_on_our_pages
from castabout.web.templates import render
from castabout.web.urls import QUERY_CHARACTERS, errand_path, sources_path
from castabout.web.who import KeeperAlone

Giving = NamedDependency[SkipValidation[Errands]]
Action: TypeAlias = Literal["pause", "resume", "retry", "remove"]
_LIST_BYTES = 20_000_000
_CHARACTERS = 400_000
_SOURCES = 2_000
_CURSOR_CHARACTERS = 1_200


@dataclass(frozen=True, slots=True)
class AddForm:
    """What somebody wants to be read: sources, one a line, and a list of feeds."""

    sources: str = ""
    list: UploadFile | None = None


@dataclass(frozen=True, slots=True)
class OneForm:
    """The podcast that a button is about."""

    podcast: str


@page("/sources")
def sources(
    castabout: Library,
    keeper: KeeperAlone,
    errands: Giving,
    show: FromQuery[Shown] = "all",
    sort: FromQuery[Order] = "added",
    q: FromQuery[str] = "",
    after: FromQuery[str] = "",
) -> Response[str]:
    """Where podcasts are read from, fifty at a time, and a form to add more."""
    query = limited(q, QUERY_CHARACTERS, "a query")
    found = sources_page(castabout, shown=show, order=sort, query=query, after=_cursor(after, sort))
    return html(render_sources(found, errands.latest()))


def render_sources(page: SourcesPage, errands: tuple[Progress, ...] = ()) -> str:
    """The page as HTML."""
    return render("sources.html", page=page, errands=errands, has_samples=sample_feeds() is not None)


@page("/sources/errands/{id:str}")
def errand(keeper: KeeperAlone, errands: Giving, id: FromPath[str]) -> Response[str]:
    """How far an errand is."""
    found = errands.progress(id)
    if found is None:
        raise NotFoundException
    return html(render_errand(found))


def render_errand(progress: Progress) -> str:
    """The page as HTML."""
    return render("errand.html", errand=progress)


@page("/sources/removal/{id:str}")
def confirm_removal(castabout: Library, keeper: KeeperAlone, id: FromPath[str]) -> Response[str]:
    """Asks whether a podcast is really to be removed: that cannot be undone."""
    stored = removal.named_podcast(castabout, id)
    return html(
        render(
            "remove.html",
            id=stored.id,
            title=_title(stored),
            language=stored.podcast.language,
            episodes=stored.episodes,
        )
    )


@post(
    "/sources/add",
    include_in_schema=False,
    status_code=HTTPStatus.OK,
    sync_to_thread=True,
    request_max_body_size=_LIST_BYTES,
)
def add_sources(
    keeper: KeeperAlone,
    errands: Giving,
    data: Annotated[AddForm, Body(media_type=RequestEncodingType.MULTI_PART)],
) -> Redirect:
    """Read what was named, and the list that was handed over; then to the page that tells how far it is."""
    named = _lines(data.sources)
    lists = _handed_over(data.list)
    if not (named or lists):
        raise ClientException("nothing to add; name a feed, a page, a podcast or a list, or choose a file")
    return Redirect(errand_path(errands.add(named, lists=lists)), status_code=303)


@post("/sources/samples", include_in_schema=False, status_code=HTTPStatus.OK, sync_to_thread=True)
def add_samples(keeper: KeeperAlone, errands: Giving) -> Redirect:
    """Read the sample feeds."""
    folder = sample_feeds()
    if folder is None:
        raise NotFoundException
    id = errands.add([str(folder)], is_local=True, title="Adding the sample feeds")
    return Redirect(errand_path(id), status_code=303)


@post(
    "/sources/errands/{id:str}/again", include_in_schema=False, status_code=HTTPStatus.OK, sync_to_thread=True
)
def add_again(keeper: KeeperAlone, errands: Giving, id: FromPath[str]) -> Redirect:
    """Try what failed once more."""
    another = errands.again(id)
    if another is None:
        raise NotFoundException
    return Redirect(errand_path(another), status_code=303)


@post("/sources/{action:str}", include_in_schema=False, status_code=HTTPStatus.OK, sync_to_thread=True)
def change_source(
    request: AnyRequest,
    castabout: Library,
    keeper: KeeperAlone,
    errands: Giving,
    action: FromPath[Action],
    data: Annotated[OneForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect:
    """Pause a feed, go on with it, ask it now, or remove its podcast; then back to where the button was."""
    stored = removal.named_podcast(castabout, limited(data.podcast, _CURSOR_CHARACTERS, "a podcast"))
    match action:
        case "retry":
            return Redirect(
                errand_path(errands.add([stored.source], title=f"Asking {_title(stored)}")), status_code=303
            )
        case "remove":
            return Redirect(errand_path(errands.remove(stored.id, _title(stored))), status_code=303)
        case "pause":
            removal.pause(castabout, stored.id)
        case "resume":
            removal.resume(castabout, stored.id)
    came_from = path_on_our_pages(request.headers.get("referer", ""), request.headers.get("host", ""))
    return Redirect(f"{came_from or sources_path()}#p-{stored.id}", status_code=303)


def _lines(text: str) -> list[str]:
    if len(text) > _CHARACTERS:
        raise ClientException(f"sources have at most {_CHARACTERS:,} characters; choose a list as a file")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > _SOURCES:
        raise ClientException(f"at most {_SOURCES:,} sources at once; choose a list as a file")
    return lines


def _handed_over(file: UploadFile | None) -> dict[str, bytes]:
    data = file.file.read() if file else b""
    return {limited(file.filename, 200, "the name of a file"): data} if file and data else {}


def _cursor(text: str, order: Order) -> Cursor | None:
    """The place that an address names; ``None``, the beginning, if it is none."""
    row, _, value = text[:_CURSOR_CHARACTERS].partition(".")
    if not (row.isascii() and row.isdigit()) or len(row) > 18:
        return None
    if order != "due" or not value:
        return Cursor(int(row), value or None)
    return Cursor(int(row), int(value)) if value.isascii() and value.isdigit() and len(value) < 13 else None


def _title(stored: StoredPodcast) -> str:
    return stored.podcast.title or UNTITLED

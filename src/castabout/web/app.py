"""The web application, put together."""

from __future__ import annotations

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from castabout import __version__
from castabout.config import Environment, Reading
from castabout.engine.castabout import Castabout
from castabout.web import api, embed, feeds, files, for_machines, websub
from castabout.web import pictures as covers
from castabout.web.answers import AnyRequest
from castabout.web.doors import Doors, FirstRun, at_the_doors
from castabout.web.errands import Errands
from castabout.web.headers import add_security_headers
from castabout.web.origin import from_our_pages_alone
from castabout.web.pages import sources
from castabout.web.pages.account import (
    account,
    change_password,
    end_all_sessions,
    end_session,
    end_token,
    make_token,
)
from castabout.web.pages.api_docs import api_docs
from castabout.web.pages.compare import compare
from castabout.web.pages.episode import episode
from castabout.web.pages.follows import all_follows, change_follow, follows_api, preview, preview_api
from castabout.web.pages.help import search_help
from castabout.web.pages.home import home
from castabout.web.pages.later import change_episode, change_list, later
from castabout.web.pages.login import ask_to_log_out, first_user, log_in, log_out, login, setup
from castabout.web.pages.names import all_languages, people, tags
from castabout.web.pages.person import person
from castabout.web.pages.podcast import podcast
from castabout.web.pages.search import search
from castabout.web.pages.settings import (
    add_user,
    end_all,
    remove_user,
    reset_password,
    set_preferences,
    settings,
)
from castabout.web.pages.topic import find_topic, topic
from castabout.web.playing import keep_position, player_episode, player_queue
from castabout.web.reach import reach_of
from castabout.web.throttle import Pace, Throttle
from castabout.web.troubles import answer_trouble
from castabout.web.who import identify, keeper_alone, library_shown_to, owner_alone, who_is_asking

PAGES = (home, find_topic, topic, compare, search, search_help, podcast, episode, person, later, api_docs)
ALL_NAMES = (tags, people, all_languages)
SIMILAR = (api.similar_episodes, api.similar_podcasts)
NAMES = (api.rising, api.suggest, api.suggest_short)
API = (api.topic, api.person, api.search, api.compare, *SIMILAR, *NAMES, api.health)
FILES = (files.static, files.robots, files.podcast_list)
PICTURES = (covers.podcast_picture, covers.episode_picture)
LISTS = (change_episode, change_list, feeds.list_rss)
SOURCES = (
    sources.sources,
    sources.errand,
    sources.confirm_removal,
    sources.add_sources,
    sources.add_samples,
    sources.add_again,
    sources.change_source,
    files.source_list,
)
MACHINES = (
    embed.embed,
    embed.oembed,
    for_machines.search_description,
    for_machines.search_suggestions,
    for_machines.manifest,
    for_machines.sitemaps,
    for_machines.one_sitemap,
)
PLAYER = (player_episode, player_queue, keep_position)
FOLLOWS = (all_follows, preview, change_follow, follows_api, preview_api, feeds.search_rss)
USERS = (
    *(login, log_in, ask_to_log_out, log_out, setup, first_user),
    *(account, change_password, end_session, end_all_sessions, make_token, end_token),
)
SETTINGS = (settings, set_preferences, add_user, remove_user, reset_password, end_all)
HUBS = (websub.verification, websub.news)


def create_app(
    castabout: Castabout,
    *,
    public_url: str | None = None,
    reading: Reading | None = None,
    pictures: bool | None = None,
    first_run: FirstRun | None = None,
    environment: tuple[Environment, ...] = (),
) -> Litestar:
    """The application over one library, as ASGI; ``public_url`` is where everybody reaches it, if they do.

    ``reading`` and ``pictures`` say what the environment does; ``None``: what the page of settings does.
    ``first_run`` is the link by which the first user is made, ``environment`` what the owner is shown of it.
    """
    doors = Doors(
        throttle=Throttle(castabout.clock),
        pace=Pace(castabout.clock),
        reading=reading,
        pictures=pictures,
        first_run=first_run,
        environment=environment,
    )

    errands = Errands(castabout)

    def shown(request: AnyRequest) -> Castabout:
        return library_shown_to(identify(request, castabout), castabout)

    return Litestar(
        [
            *(*PAGES, *ALL_NAMES, *API, *FILES, *PICTURES, *LISTS, *FOLLOWS),
            *(*PLAYER, *USERS, *SETTINGS, *SOURCES, *MACHINES, *HUBS),
        ],
        state=State({"public_url": public_url}),
        dependencies={
            "castabout": Provide(shown, sync_to_thread=True),
            "doors": Provide(lambda: doors, sync_to_thread=False),
            "public_url": Provide(lambda: public_url, sync_to_thread=False),
            "errands": Provide(lambda: errands, sync_to_thread=False),
            "reach": Provide(reach_of, sync_to_thread=True),
            "who": Provide(who_is_asking, sync_to_thread=False),
            "owner": Provide(owner_alone, sync_to_thread=False),
            "keeper": Provide(keeper_alone, sync_to_thread=True),
        },
        on_shutdown=[errands.close],
        guards=[from_our_pages_alone, at_the_doors(castabout, doors)],
        exception_handlers={Exception: answer_trouble},
        before_send=[add_security_headers],
        compression_config=CompressionConfig(backend="gzip", gzip_compress_level=6),
        openapi_config=OpenAPIConfig(
            title="castabout",
            version=__version__,
            description="What has ever been said about a word.",
            path="/api/openapi",
            render_plugins=[JsonRenderPlugin(path="/openapi.json")],
            use_handler_docstrings=True,
        ),
        # Errors are logged by `answer_trouble`, to wherever the program logs.
        logging_config=None,
    )

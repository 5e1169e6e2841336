"""The web application, put together."""

from __future__ import annotations

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from castabout import __version__
from castabout.engine.castabout import Castabout
from castabout.web import api, feeds, files, websub
from castabout.web.answers import AnyRequest
from castabout.web.doors import Doors, FirstRun, users_alone
from castabout.web.headers import add_security_headers
from castabout.web.origin import from_our_pages_alone
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
from castabout.web.pages.topic import find_topic, topic
from castabout.web.playing import keep_position, player_episode, player_queue
from castabout.web.throttle import Throttle
from castabout.web.troubles import answer_trouble
from castabout.web.who import identify, library_shown_to, owner_alone, who_is_asking

PAGES = (home, find_topic, topic, compare, search, search_help, podcast, episode, person, later, api_docs)
ALL_NAMES = (tags, people, all_languages)
SIMILAR = (api.similar_episodes, api.similar_podcasts)
NAMES = (api.rising, api.suggest, api.suggest_short)
API = (api.topic, api.person, api.search, api.compare, *SIMILAR, *NAMES, api.health)
FILES = (files.static, files.robots, files.podcast_list)
LISTS = (change_episode, change_list, feeds.list_rss)
PLAYER = (player_episode, player_queue, keep_position)
FOLLOWS = (all_follows, preview, change_follow, follows_api, preview_api, feeds.search_rss)
USERS = (
    *(login, log_in, ask_to_log_out, log_out, setup, first_user),
    *(account, change_password, end_session, end_all_sessions, make_token, end_token),
)
HUBS = (websub.verification, websub.news)


def create_app(
    castabout: Castabout,
    *,
    public_url: str | None = None,
    is_private: bool = False,
    first_run: FirstRun | None = None,
) -> Litestar:
    """The application over one library, as ASGI; ``public_url`` is where everybody reaches it, if they do.

    Where it ``is_private`` only users may read. ``first_run`` is the link by which the first one is made.
    """
    doors = Doors(
        throttle=Throttle(castabout.clock),
        is_private=is_private,
        public_url=public_url,
        first_run=first_run,
    )

    def shown(request: AnyRequest) -> Castabout:
        return library_shown_to(identify(request, castabout), castabout)

    return Litestar(
        [*PAGES, *ALL_NAMES, *API, *FILES, *LISTS, *FOLLOWS, *PLAYER, *USERS, *HUBS],
        state=State({"public_url": public_url}),
        dependencies={
            "castabout": Provide(shown, sync_to_thread=True),
            "doors": Provide(lambda: doors, sync_to_thread=False),
            "public_url": Provide(lambda: public_url, sync_to_thread=False),
            "who": Provide(who_is_asking, sync_to_thread=False),
            "owner": Provide(owner_alone, sync_to_thread=False),
        },
        guards=[from_our_pages_alone, *([users_alone(castabout)] if is_private else [])],
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

"""The web application, put together."""

from __future__ import annotations

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from castabout import __version__
from castabout.engine.castabout import Castabout
from castabout.web import api, embed, feeds, files, for_machines, websub
from castabout.web.errands import Errands
from castabout.web.headers import add_security_headers
from castabout.web.origin import from_our_pages_alone
from castabout.web.pages import sources
from castabout.web.pages.api_docs import api_docs
from castabout.web.pages.compare import compare
from castabout.web.pages.episode import episode
from castabout.web.pages.help import search_help
from castabout.web.pages.home import home
from castabout.web.pages.later import change_episode, change_list, later
from castabout.web.pages.person import person
from castabout.web.pages.podcast import podcast
from castabout.web.pages.search import search
from castabout.web.pages.topic import find_topic, topic
from castabout.web.reach import reach_of
from castabout.web.troubles import answer_trouble
from castabout.web.who import owner_alone, who_is_asking

PAGES = (home, find_topic, topic, compare, search, search_help, podcast, episode, person, later, api_docs)
SIMILAR = (api.similar_episodes, api.similar_podcasts)
NAMES = (api.rising, api.suggest, api.suggest_short)
API = (api.topic, api.person, api.search, api.compare, *SIMILAR, *NAMES, api.health)
FILES = (files.static, files.robots, files.podcast_list)
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
HUBS = (websub.verification, websub.news)


def create_app(castabout: Castabout, *, public_url: str | None = None) -> Litestar:
    """The application over one library, as ASGI; ``public_url`` is where everybody reaches it, if they do."""
    errands = Errands(castabout)
    return Litestar(
        [*PAGES, *API, *FILES, *LISTS, *SOURCES, *MACHINES, *HUBS],
        dependencies={
            "castabout": Provide(lambda: castabout, sync_to_thread=False),
            "public_url": Provide(lambda: public_url, sync_to_thread=False),
            "errands": Provide(lambda: errands, sync_to_thread=False),
            "reach": Provide(reach_of, sync_to_thread=False),
            "who": Provide(who_is_asking, sync_to_thread=False),
            "owner": Provide(owner_alone, sync_to_thread=False),
        },
        on_shutdown=[errands.close],
        guards=[from_our_pages_alone],
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

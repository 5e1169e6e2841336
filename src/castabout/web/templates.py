"""Pages from templates: everything is escaped, nothing undefined passes."""

from __future__ import annotations

from zlib import crc32

from jinja2 import Environment, PackageLoader, StrictUndefined

from castabout.engine.following import name_of
from castabout.fetch.private import without_secrets
from castabout.model.playing import Position
from castabout.render.jsonld import episode_data, podcast_data
from castabout.text.browsers import browser_words
from castabout.text.names import language_name, runs_from_right
from castabout.text.numbers import ago_words, clock, count_words, date_words, duration_words, percent_words
from castabout.web import urls
from castabout.web.assets import asset_path
from castabout.web.narrowing import in_language
from castabout.web.notes import safe_notes

_TONES = 6


def initial(title: str) -> str:
    """The first letter or digit of a title, for where there is no picture."""
    return next((c.upper()[0] for c in title if c.isalnum()), "♪")


def tone(id: str) -> int:
    """One of a few colours, always the same for the same id."""
    return crc32(id.encode()) % _TONES


def heard_words(position: Position, duration: int | None) -> str:
    """How far an episode of so many seconds was heard: ``heard``, ``12 m left``, ``heard to 1:23``."""
    if position.is_finished:
        return "heard"
    left = (duration or 0) - round(position.seconds)
    return f"{duration_words(left)} left" if left > 0 else f"heard to {clock(position.seconds)}"


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("castabout.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        ago=ago_words,
        app=urls.app_url,
        browser=browser_words,
        clock=clock,
        count=count_words,
        date=date_words,
        duration=duration_words,
        episode_path=urls.episode_path,
        episode_data=episode_data,
        heard=heard_words,
        initial=initial,
        language=language_name,
        notes=safe_notes,
        number="{:,}".format,
        outside=urls.outside_url,
        percent=percent_words,
        secretless=without_secrets,
        seconds="{:.10g}".format,
        person_path=urls.person_path,
        followed=name_of,
        plain=urls.without_reordering,
        podcast_data=podcast_data,
        podcast_path=urls.podcast_path,
        tone=tone,
        topic_path=urls.topic_path,
    )
    environment.tests.update(from_right=runs_from_right)
    _name_globals(environment)
    return environment


def _name_globals(environment: Environment) -> None:
    environment.globals.update(
        asset_path=asset_path,
        compare_path=urls.compare_path,
        cue_path=urls.cue_path,
        errand_path=urls.errand_path,
        followed_feed_path=urls.followed_feed_path,
        followed_path=urls.followed_path,
        follows_path=urls.follows_path,
        in_language=in_language,
        in_show=urls.in_show,
        later_path=urls.later_path,
        estimate_seconds=urls.LEAD_OF_ESTIMATE,
        lead_seconds=urls.LEAD_SECONDS,
        list_action=urls.list_action,
        list_feed_path=urls.list_feed_path,
        media_url=urls.media_url,
        moment_path=urls.moment_path,
        person_path=urls.person_path,
        oembed_path=urls.oembed_path,
        picture_path=urls.picture_path,
        podcast_path=urls.podcast_path,
        preview_path=urls.preview_path,
        query_characters=urls.QUERY_CHARACTERS,
        search_feed_path=urls.search_feed_path,
        search_path=urls.search_path,
        sources_path=urls.sources_path,
        topic_characters=urls.TOPIC_CHARACTERS,
        topic_feed_path=urls.topic_feed_path,
        topic_path=urls.topic_path,
    )


ENVIRONMENT = _environment()


def render(template: str, **values: object) -> str:
    """The page that ``template`` makes of ``values``."""
    return ENVIRONMENT.get_template(template).render(values)

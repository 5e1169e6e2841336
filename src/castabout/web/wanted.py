"""Which moments an address asks for. Pure."""

from __future__ import annotations

from datetime import date

from litestar.exceptions import ClientException

from castabout.engine.moments import Wanted
from castabout.web.answers import limited

_CHARACTERS = 200


def wanted_moments(
    *, speaker: str, podcast: str, episode: str, since: str, until: str, language: str
) -> Wanted:
    """What the parameters mean; an empty one, as a form sends it, is no limit. A client's error for no day."""
    wanted = Wanted(
        speaker=limited(speaker, _CHARACTERS, "speaker") or None,
        podcast=limited(podcast, _CHARACTERS, "podcast") or None,
        episode=limited(episode, _CHARACTERS, "episode") or None,
        since=_day(since, "since"),
        until=_day(until, "until"),
        language=limited(language, _CHARACTERS, "language") or None,
    )
    if wanted.is_impossible:
        raise ClientException("until is a day before since")
    return wanted


def values(wanted: Wanted) -> dict[str, str | None]:
    """The same as parameters again."""
    return {
        "speaker": wanted.speaker,
        "podcast": wanted.podcast,
        "episode": wanted.episode,
        "since": wanted.since.isoformat() if wanted.since else None,
        "until": wanted.until.isoformat() if wanted.until else None,
        "language": wanted.language,
    }


def _day(text: str, what: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ClientException(f"{what} is a day such as 2024-09-27") from error

"""What a library can be asked about: its topics and people, most episodes first, and its languages."""

from __future__ import annotations

from castabout.engine.asked import asked
from castabout.engine.castabout import Castabout
from castabout.engine.figures import languages
from castabout.model.answers import LanguageCount
from castabout.model.names import FoundName, NameKind
from castabout.query.ast import Everything
from castabout.text.beginnings import plain

#: Nobody reads more of them; further ones are found by how they begin.
MOST_NAMES = 300
_MOST_LANGUAGES = 500


def names_page(castabout: Castabout, kind: NameKind, beginning: str = "") -> tuple[FoundName, ...]:
    """Names of ``kind`` that begin so, or have a word that does; without a beginning the commonest ones.

    Raises `SearchIndexError`.
    """
    private = castabout.shows_private
    if plain(beginning):
        return castabout.index.complete(beginning, kind, private=private, limit=MOST_NAMES)
    return castabout.index.commonest(kind, private=private, limit=MOST_NAMES)


def languages_page(castabout: Castabout) -> tuple[LanguageCount, ...]:
    """The languages of all episodes, where they are known, most episodes first. Raises `SearchIndexError`."""
    everything = asked(castabout, Everything())
    return languages(castabout.index.languages_of(everything, limit=_MOST_LANGUAGES))

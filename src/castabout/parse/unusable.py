"""What a feed says and nobody can use: said as a problem, since the value is left unknown or shortened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from castabout.model.feed import Episode
from castabout.parse.dates import why_no_date, why_no_duration
from castabout.parse.fields import KEYWORDS, LINE_CHARACTERS, one_line
from castabout.parse.notes import NOTES_CHARACTERS

_SHOWN_CHARACTERS = 60
#: Attachments of an item beyond these are left out.
ENCLOSURES = 20

MANY_ENCLOSURES = f"more than {ENCLOSURES} media files; the others are left out"
MANY_KEYWORDS = f"more than {KEYWORDS} keywords; the others are left out"
LONG_NOTES = f"its notes have more than {NOTES_CHARACTERS:,} characters; the rest is left out"
_LONG_TITLE = f"its title has more than {LINE_CHARACTERS:,} characters; the rest is left out"

#: What is said of a value that is there and cannot be read, by its name in the tables.
_VALUES = {
    "season": "its season",
    "number": "its number",
    "type": "its type",
    "language": "its language",
    "explicit": "whether it is explicit",
    "is_blocked": "whether it is blocked",
    "is_locked": "whether it is locked",
    "is_complete": "whether it is complete",
    "soundbites": "its soundbites",
}
#: With these a feed says itself that it knows none. https://www.loc.gov/standards/iso639-2/faq.html#25
_NO_LANGUAGES = ("und", "mul", "zxx", "mis")


def is_said_if_unusable(name: str) -> bool:
    """Whether `why_unusable` has something to say of the value ``name``."""
    return name in _VALUES


def why_unusable(name: str, text: str) -> str | None:
    """What to say of ``text``, of which nothing could be made; ``None`` if it means that nothing is known."""
    if name == "language" and text.lower().startswith(_NO_LANGUAGES):
        return None
    return f"{_VALUES[name]} cannot be read ({_shown(text)})"


def no_address(text: str) -> str:
    """What to say of a media file whose address is ``text``, of which nothing could be made."""
    if not text.strip():
        return "its media file has no address"
    return f"the address of its media file cannot be used ({_shown(text)})"


def unusable(episode: Episode, said: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """What is wrong with the title, the date and the duration of an item, if it has them and none could be used.

    ``said`` gives the texts at all places of a value, best first.
    """
    if is_cut(episode.title):
        yield _LONG_TITLE
    if episode.published is None:
        yield from _first("its date", why_no_date, said("published"))
    if episode.duration is None:
        yield from _first("its duration", why_no_duration, said("duration"))


def is_cut(title: str | None) -> bool:
    """Whether ``title`` was longer than titles are."""
    return title is not None and len(title) >= LINE_CHARACTERS - 1 and title.endswith("…")


def _first(name: str, why: Callable[[str], str | None], texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if what := why(text):
            yield f"{name} {what} ({_shown(text)})"
            return


def _shown(text: str) -> str:
    return one_line(text, _SHOWN_CHARACTERS) or ""

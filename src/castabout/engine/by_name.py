"""Which file of a folder is of which episode, by their names alone. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import TypeAlias, TypeVar
from urllib.parse import unquote, urlsplit

from castabout.model.library import StoredEpisode
from castabout.text.fold import fold

#: ``s1e10``, ``S01 E10``, ``1x10``.
_SEASON = re.compile(
    r"(?<![a-z\d])(?:s(?:eason)?[\s_.-]*(\d{1,3})[\s_.-]*e(?:p(?:isode)?)?[\s_.-]*|(\d{1,2})x)(\d{1,4})(?!\d)"
)
#: ``#101``, ``Ep. 101``, ``Episode 101``.
_NUMBERED = re.compile(r"(?:#|(?<![a-z])e(?:p(?:isode)?)?[\s_.-]*)(\d{1,5})(?![\d:])")
#: A name that ends, or begins, with its number.
_LAST = re.compile(r"(?:^|[\s_.-])(\d{1,5})$")
_FIRST = re.compile(r"^(\d{1,5})(?=[\s_.:|)-]|$)")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")
_OTHERS = re.compile(r"[\W_]+")
#: What separates the title of a show from more about it, or the title of an episode from its show.
_PARTS = re.compile(r"[:|/([\])!?–—]|\s-\s")
#: Words before a number that name no show.
_NO_SHOW = frozenset(
    "a an the of and show podcast episode episodes ep e transcript transcripts season s part number no nr".split()
)

T = TypeVar("T")
#: Where in a name a sign begins, and the sign.
_Sign: TypeAlias = tuple[int, Hashable]


def match(names: Sequence[str], episodes: Sequence[StoredEpisode], *, show: str) -> dict[str, StoredEpisode]:
    """The episodes that the files with these ``names`` are of, by name; those in doubt are left out.

    A name is compared with an episode's id, GUID, page, media file and title,
    then with its season and number, then with its number, then with its date.
    What two files or two episodes have in common, of those that are left, tells nothing,
    nor does a number or date behind anything but the name of the ``show``, by its title or as the files
    and pages of its episodes are named: that may be the name of another one.
    """
    found: dict[str, StoredEpisode] = {}
    stems = {name: fold(PurePosixPath(name).stem) for name in names}
    known = _shows(show, episodes)
    left = {one.row: one for one in episodes}
    for of_name, of_episode in _SIGNS:
        files = _telling(
            (sign, name)
            for name, stem in stems.items()
            if name not in found
            for at, sign in of_name(stem)
            if _show_in(stem[:at]) in known
        )
        there = _telling((sign, row) for row, one in left.items() for _, sign in of_episode(one))
        for sign, name in files.items():
            row = there.get(sign)
            if row in left and name not in found:
                found[name] = left.pop(row)
    return found


def _shows(title: str, episodes: Iterable[StoredEpisode]) -> set[str]:
    """What a show may be called before a number, as `_show_in` gives it; nothing is the first of it."""
    known = {""}
    for part in (title, *_PARTS.split(title)):
        words = [word for word in _OTHERS.split(fold(part)) if word]
        known |= {_show_in(part), "".join(word[0] for word in words) if len(words) > 1 else ""}
    for one in episodes:
        for name in _files_of(one):
            known |= {_show_in(fold(name)[:at]) for signs in _NUMBERS for at, _ in signs(fold(name))}
    return known


def _show_in(text: str) -> str:
    """The name of the show that stands at the end of ``text``, before a number: its letters, run together."""
    for part in reversed(_PARTS.split(fold(text))):
        words = [word for word in _OTHERS.split(part) if word]
        if words:
            return "".join(word for word in words if word not in _NO_SHOW)
    return ""


def _telling(signs: Iterable[tuple[Hashable, T]]) -> dict[Hashable, T]:
    """What each sign tells of; without those that tell of several things."""
    found: dict[Hashable, set[T]] = {}
    for sign, thing in signs:
        found.setdefault(sign, set()).add(thing)
    return {sign: next(iter(things)) for sign, things in found.items() if len(things) == 1}


def _names_in(text: str) -> Iterator[_Sign]:
    """``text`` as names are compared, and without the number that often stands before a title.

    A number alone is none: it is compared with numbers.
    """
    words = _OTHERS.sub(" ", fold(text)).strip()
    for name in (words, words.lstrip("0123456789 ")):
        if name.strip("0123456789 "):
            yield 0, name


def _names_of(one: StoredEpisode) -> Iterator[_Sign]:
    episode = one.episode
    yield from _names_in(one.id)
    yield from _names_in(episode.key)
    for name in _files_of(one):
        yield from _names_in(name)
    if episode.title:
        yield from _names_in(episode.title)


def _files_of(one: StoredEpisode) -> Iterator[str]:
    """How its page and its media file are named."""
    episode = one.episode
    for url in (episode.key, episode.link, *(enclosure.url for enclosure in episode.enclosures[:1])):
        if url and (name := _last_part(url)):
            yield name


def _last_part(url: str) -> str | None:
    try:
        path = PurePosixPath(unquote(urlsplit(url).path))
    except ValueError:
        return None
    return path.stem or None


def _seasons_in(text: str) -> Iterator[_Sign]:
    for match in _SEASON.finditer(fold(text)):
        yield match.start(), (int(match[1] or match[2]), int(match[3]))


def _seasons_of(one: StoredEpisode) -> Iterator[_Sign]:
    episode = one.episode
    if episode.season is not None and episode.number is not None:
        yield 0, (episode.season, episode.number)
    elif episode.title:
        yield from _seasons_in(episode.title)


def _numbers_in(text: str) -> Iterator[_Sign]:
    text = fold(text)
    if _SEASON.search(text):
        return
    marked = list(_NUMBERED.finditer(text))
    if found := marked[-1] if marked else _LAST.search(text) or _FIRST.search(text):
        yield found.start(), int(found[1])


def _numbers_of(one: StoredEpisode) -> Iterator[_Sign]:
    episode = one.episode
    if episode.number is not None:
        yield 0, episode.number
        return
    for text in (episode.number_name, episode.title):
        if text and (numbers := list(_numbers_in(text))):
            yield from numbers
            return


def _dates_in(text: str) -> Iterator[_Sign]:
    for match in _DATE.finditer(text):
        yield match.start(), (int(match[1]), int(match[2]), int(match[3]))


def _dates_of(one: StoredEpisode) -> Iterator[_Sign]:
    if published := one.episode.published:
        yield 0, (published.year, published.month, published.day)


#: What finds numbers and dates in a name.
_NUMBERS = (_seasons_in, _numbers_in, _dates_in)
#: What a name tells, and what an episode does: the surest first.
_SIGNS: tuple[tuple[Callable[[str], Iterable[_Sign]], Callable[[StoredEpisode], Iterable[_Sign]]], ...] = (
    (_names_in, _names_of),
    (_seasons_in, _seasons_of),
    (_numbers_in, _numbers_of),
    (_dates_in, _dates_of),
)

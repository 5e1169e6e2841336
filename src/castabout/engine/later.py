"""Lists of episodes, Listen Later first among them: what a person may do with them.

``owner`` is always whose lists are meant; ``name`` is the list's, empty for Listen Later.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from castabout.engine.castabout import Castabout
from castabout.engine.hidden import hidden_rows
from castabout.engine.library import named_episode
from castabout.engine.lines import lines_by_row
from castabout.errors import ListRefused, NoSuchList, NotInLibrary
from castabout.model.lists import LISTEN_LATER, ListChange, ListedEpisode, ListPage, Placed, StoredList
from castabout.store import lists

NAME_CHARACTERS = 100
MOST_LISTS = 100
#: Of a list, without what was put away.
MOST_EPISODES = 5_000
LIMIT = 50
_KEY_BYTES = 32


def all_lists(castabout: Castabout, owner: str) -> tuple[StoredList, ...]:
    """The lists of somebody, Listen Later first. Raises `StoreError`."""
    found = lists.of_owner(castabout.store, owner)
    return tuple(sorted(found, key=lambda one: not one.is_first))


def list_page(
    castabout: Castabout,
    owner: str,
    name: str = "",
    *,
    archived: bool = False,
    offset: int = 0,
    limit: int = LIMIT,
) -> ListPage:
    """The episodes of a list in their order, or those that were put away. Raises `NoSuchList`."""
    every = all_lists(castabout, owner)
    found = _find(every, name)
    if found is None and clean_name(name) != LISTEN_LATER:
        raise NoSuchList(name)
    hidden = hidden_rows(castabout)
    rows: tuple[int, ...] = ()
    if found:
        rows = lists.rows(castabout.store, found.row, archived=archived, hidden=hidden)
    offset = max(offset, 0)
    shown = rows[offset : offset + limit]
    lines = lines_by_row(castabout, shown, ())
    return ListPage(
        list=found,
        name=found.name if found else LISTEN_LATER,
        lists=every,
        is_archive=archived,
        total=len(rows),
        offset=offset,
        limit=limit,
        episodes=tuple(
            ListedEpisode(place=place, line=lines[row])
            for place, row in enumerate(shown, start=offset + 1)
            if row in lines
        ),
    )


def saved(castabout: Castabout, owner: str, ids: Iterable[str]) -> frozenset[str]:
    """Those of the episodes that are in Listen Later. Raises `StoreError`."""
    return lists.with_episodes(castabout.store, owner, LISTEN_LATER, ids)


def lists_with(castabout: Castabout, owner: str, id: str) -> frozenset[str]:
    """The names of the lists that an episode is in. Raises `StoreError`."""
    return lists.names_with(castabout.store, owner, id)


def add(
    castabout: Castabout,
    owner: str,
    episode: str,
    name: str = "",
    *,
    place: int | None = None,
    make: bool = False,
) -> ListChange:
    """Put an episode at the end of a list, or at a place in it; one that was put away comes back.

    One that is there stays where it is. With ``make`` a list that is not there is made.
    Raises `NotInLibrary`, `NoSuchList` and `ListRefused`.
    """
    stored = named_episode(castabout, episode)
    found = _wanted(castabout, owner, name, make=make)
    now = castabout.clock()
    at = lists.put(castabout.store, found.row, stored.row, place=place, most=MOST_EPISODES, now=now)
    if at is None:
        raise ListRefused(found.name, f"holds {MOST_EPISODES:,} episodes, which is the most")
    return ListChange(list=_wanted(castabout, owner, name), episode=stored, place=at)


def remove(castabout: Castabout, owner: str, episode: str, name: str = "") -> ListChange:
    """Take an episode out of a list. Raises `NotInLibrary` and `NoSuchList`."""
    stored = named_episode(castabout, episode)
    found = _wanted(castabout, owner, name)
    was = lists.take(castabout.store, found.row, stored.row, now=castabout.clock())
    place = _there(was, episode, found).place
    return ListChange(list=_wanted(castabout, owner, name), episode=stored, place=place)


def archive(castabout: Castabout, owner: str, episode: str, name: str = "") -> ListChange:
    """Put an episode of a list away. Raises `NotInLibrary` and `NoSuchList`."""
    stored = named_episode(castabout, episode)
    found = _wanted(castabout, owner, name)
    was = lists.put_away(castabout.store, found.row, stored.row, now=castabout.clock())
    place = _there(was, episode, found).place
    return ListChange(list=_wanted(castabout, owner, name), episode=stored, place=place)


def move(
    castabout: Castabout, owner: str, episode: str, name: str = "", *, place: int | None = None, by: int = 0
) -> ListChange:
    """Move an episode of a list to a place, the first is 1, or so many places on.

    A place before the first is the first, one behind the last the last. Raises `NotInLibrary` and `NoSuchList`.
    """
    stored = named_episode(castabout, episode)
    found = _wanted(castabout, owner, name)
    now_at = lists.move(castabout.store, found.row, stored.row, place=place, by=by, now=castabout.clock())
    at = _there(now_at, episode, found).place
    return ListChange(list=_wanted(castabout, owner, name), episode=stored, place=at)


def make_list(castabout: Castabout, owner: str, name: str) -> StoredList:
    """A new list, or the one of this name that is there. Raises `ListRefused`."""
    return _wanted(castabout, owner, _usable(name), make=True)


def rename_list(castabout: Castabout, owner: str, name: str, to: str) -> StoredList:
    """Give a list another name. Raises `NoSuchList` and `ListRefused`."""
    found = _renamable(castabout, owner, name)
    to = _usable(to)
    other = _find(all_lists(castabout, owner), to)
    if to == LISTEN_LATER or (other and other.row != found.row):
        raise ListRefused(to, "there is a list of this name already")
    lists.rename(castabout.store, found.row, to, now=castabout.clock())
    return _wanted(castabout, owner, to)


def remove_list(castabout: Castabout, owner: str, name: str) -> StoredList:
    """Remove a list; its episodes stay in the library. Raises `NoSuchList` and `ListRefused`."""
    found = _renamable(castabout, owner, name)
    lists.remove(castabout.store, found.row)
    return found


def own(castabout: Castabout, owner: str, name: str = "") -> StoredList:
    """The list of this name. Raises `NoSuchList`."""
    return _wanted(castabout, owner, name)


def new_address(castabout: Castabout, owner: str, name: str = "") -> StoredList:
    """Give the feed of a list another address; the one that it had opens nothing any more.

    Raises `NoSuchList`.
    """
    found = _wanted(castabout, owner, name)
    lists.new_key(castabout.store, found.row, _new_key(), now=castabout.clock())
    return _wanted(castabout, owner, name)


def clean_name(name: str) -> str:
    """The name of a list as it is kept: on one line, printable; Listen Later for an empty one."""
    name = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    return LISTEN_LATER if name.casefold() in ("", LISTEN_LATER.casefold()) else name


def _usable(name: str) -> str:
    if not name.strip():
        raise ListRefused("a list", "needs a name")
    if len(name := clean_name(name)) > NAME_CHARACTERS:
        raise ListRefused(name, f"the name of a list has at most {NAME_CHARACTERS} characters")
    return name


def _wanted(castabout: Castabout, owner: str, name: str, *, make: bool = False) -> StoredList:
    """The list of this name; Listen Later is made where it is missing, others only with ``make``."""
    every = lists.of_owner(castabout.store, owner)
    found = _find(every, name)
    if found:
        return found
    name = clean_name(name)
    if name != LISTEN_LATER:
        if not make:
            raise NoSuchList(name)
        name = _usable(name)
        if len(every) >= MOST_LISTS:
            raise ListRefused(name, f"there are {MOST_LISTS} lists, which is the most")
    lists.create(castabout.store, owner, name, key=_new_key(), now=castabout.clock())
    return _wanted(castabout, owner, name)


def _renamable(castabout: Castabout, owner: str, name: str) -> StoredList:
    if clean_name(name) == LISTEN_LATER:
        raise ListRefused(LISTEN_LATER, "is the list that everybody has; it keeps its name and stays")
    return _wanted(castabout, owner, name)


def _find(every: Iterable[StoredList], name: str) -> StoredList | None:
    wanted = clean_name(name).casefold()
    return next((one for one in every if one.name.casefold() == wanted), None)


def _there(placed: Placed | None, episode: str, found: StoredList) -> Placed:
    if placed is None:
        raise NotInLibrary(episode, f"not in the list {found.name}")
    return placed


def _new_key() -> str:
    return secrets.token_urlsafe(_KEY_BYTES)

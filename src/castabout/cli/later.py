"""``castabout later``."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Literal, TypeAlias

from cyclopts import Parameter
from cyclopts.validators import Number

from castabout.cli.app import WrongUsage, complain
from castabout.cli.library import opened
from castabout.cli.started import as_started, started_as
from castabout.cli.terminal import print_list
from castabout.config import load_settings
from castabout.engine import later as lists
from castabout.engine.castabout import Castabout
from castabout.engine.users import owner_at_the_machine
from castabout.errors import CastaboutError, one_line
from castabout.model.lists import ListChange
from castabout.render.json import list_json
from castabout.text.numbers import count_words
from castabout.web.urls import list_feed_path

Action: TypeAlias = Literal["add", "remove", "list", "move", "archive", "lists", "feed"]
Place: TypeAlias = Annotated[int, Parameter(validator=Number(gte=1))]
_CHANGES = ("add", "remove", "move", "archive")
_SHOWN = 1_000
_LOCAL = "http://127.0.0.1:8321"


def later(
    action: Action,
    /,
    *episodes: str,
    list_: Annotated[str, Parameter(name="--list")] = "",
    to: Place | None = None,
    archived: bool = False,
    new: bool = False,
    user: str | None = None,
    json: bool = False,
) -> int:
    """Keep episodes for later: in Listen Later, or in a list of another name.

    add: put episodes at the end of the list; a list that is not there is made.
    remove: take them out. archive: put them away; add brings them back.
    move: give one another place. list: show what is in it. lists: show all lists.
    feed: print the address under which a podcast app reads the list; whoever has it can read the list.

    Examples: `castabout later add 3d41df59-1d5b-5a3c-b2ae-8f0ac2f1d3c1`,
    `castabout later move 3d41df59-1d5b-5a3c-b2ae-8f0ac2f1d3c1 --to 1`,
    `castabout later list --list "For the train"`.

    Parameters
    ----------
    action
        What to do.
    episodes
        Each by its id or the address of its page.
    list_
        The list; Listen Later without it.
    to
        The place to move to; the first is 1.
    archived
        Show what was put away.
    new
        Give the feed a new address; the old one then opens nothing any more.
    user
        Whose lists; without it those of the first user, or as long as there are none those of this machine.
    json
        One JSON document instead of text.
    """
    _check(action, episodes, to)
    with opened() as castabout:
        owner = owner_at_the_machine(castabout, user)
        if action in _CHANGES:
            return _change(castabout, owner, action, episodes, list_, to)
        if action == "lists":
            for one in lists.all_lists(castabout, owner):
                sys.stdout.write(f"{one_line(one.name)}: {_counts(one.episodes, one.archived)}\n")
        elif action == "feed":
            sys.stdout.write(f"{_address(castabout, owner, list_, is_new=new)}\n")
        else:
            page = lists.list_page(castabout, owner, list_, archived=archived, limit=_SHOWN)
            if json:
                sys.stdout.write(list_json(page).decode() + "\n")
            else:
                print_list(page, again=started_as())
    return 0


def _check(action: Action, episodes: tuple[str, ...], to: int | None) -> None:
    if action in _CHANGES and not episodes:
        raise WrongUsage("name the episode, by its id or the address of its page")
    if action not in _CHANGES and episodes:
        raise WrongUsage(f"{action} takes no episodes; name the list with --list")
    if action == "move" and (to is None or len(episodes) != 1):
        raise WrongUsage("move takes one episode and its place: --to 1")


def _change(
    castabout: Castabout, owner: str, action: Action, episodes: tuple[str, ...], name: str, to: int | None
) -> int:
    status = 0
    for episode in episodes:
        try:
            sys.stdout.write(_changed(castabout, owner, action, episode, name, to) + "\n")
        except CastaboutError as error:
            complain(as_started(error.for_people))
            status = 1
    return status


def _changed(
    castabout: Castabout, owner: str, action: Action, episode: str, name: str, to: int | None
) -> str:
    match action:
        case "add":
            done = lists.add(castabout, owner, episode, name, make=True)
            return f"{_title(done)} is number {done.place} of {one_line(done.list.name)}."
        case "move":
            done = lists.move(castabout, owner, episode, name, place=to)
            return f"{_title(done)} is number {done.place} of {one_line(done.list.name)}."
        case "archive":
            done = lists.archive(castabout, owner, episode, name)
            return f"{_title(done)} is in the archive of {one_line(done.list.name)}."
        case _:
            done = lists.remove(castabout, owner, episode, name)
            return f"{_title(done)} is out of {one_line(done.list.name)}."


def _title(done: ListChange) -> str:
    return one_line(done.episode.episode.title or "An untitled episode")


def _counts(episodes: int, archived: int) -> str:
    return count_words(episodes, "episode") + (f", {archived:,} put away" if archived else "")


def _address(castabout: Castabout, owner: str, name: str, *, is_new: bool) -> str:
    found = lists.new_address(castabout, owner, name) if is_new else lists.own(castabout, owner, name)
    base = load_settings(None, os.environ).public_url or _LOCAL
    return base + list_feed_path(found.key)

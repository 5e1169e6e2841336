"""``castabout user``."""

from __future__ import annotations

import getpass
import sys
from typing import Literal, TypeAlias

from castabout.cli.app import WrongUsage
from castabout.cli.library import opened
from castabout.engine import users
from castabout.engine.castabout import Castabout
from castabout.errors import UserRefused, one_line

Action: TypeAlias = Literal["add", "list", "remove", "password"]


def user(action: Action, name: str | None = None, /) -> int:
    """Who may log in to the web application.

    add: make a user; the first one gets the lists that there are. From then on one has to log in.
    password: give a user another password; all sessions end. list: show who there is.
    remove: remove a user, with all lists; those of the last one stay with whoever is at the machine.

    The password is asked for; where there is no terminal it is the first line of the input.

    Examples: `castabout user add Ana`, `castabout user password Ana`, `castabout user list`.

    Parameters
    ----------
    action
        What to do.
    name
        The name of the user.
    """
    if (name is None) is not (action == "list"):
        raise WrongUsage("list takes no name" if name else f"{action} needs the name of a user")
    with opened() as castabout:
        sys.stdout.write(_list(castabout) if name is None else _done(castabout, action, name))
    return 0


def _list(castabout: Castabout) -> str:
    found = users.all_users(castabout)
    if not found:
        return "There are no users: whoever is at this machine is asked for nothing.\n"
    return "".join(f"{one_line(one.name)}, since {one.created:%Y-%m-%d}\n" for one in found)


def _done(castabout: Castabout, action: Action, name: str) -> str:
    match action:
        case "add":
            made = users.add_user(castabout, name, _password())
            return f"{one_line(made.name)} may log in.\n"
        case "remove":
            removed = users.remove_user(castabout, name)
            return f"{one_line(removed.name)} is removed.\n"
        case _:
            found = users.user_named(castabout, name)
            users.set_password(castabout, found, _password())
            return f"{one_line(found.name)} has another password; all sessions have ended.\n"


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise UserRefused("a password", "the two are not the same")
    return password

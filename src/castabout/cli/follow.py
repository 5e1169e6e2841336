"""``castabout follow``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from getpass import getpass
from typing import Literal, TypeAlias

from castabout.cli.app import WrongUsage, complain
from castabout.cli.library import opened, stopped_by_signals, up_to_date
from castabout.cli.notices import tell_of_news, told_json, told_words
from castabout.cli.started import as_started
from castabout.cli.terminal import PACES, print_follows, print_preview
from castabout.engine import follows
from castabout.engine.castabout import Castabout
from castabout.engine.following import name_of, query_of_topic
from castabout.engine.users import owner_at_the_machine
from castabout.errors import NoSuchFollow, one_line
from castabout.model.follows import Delivery, FollowLine, Pace
from castabout.render.follows import delivery_json, follow_json, follows_json, preview_json
from castabout.render.json import encode

Action: TypeAlias = Literal[
    "add", "list", "change", "pause", "resume", "remove", "preview", "test", "again", "deliver"
]
_OF_ALL = ("list", "deliver")


def follow(
    action: Action,
    /,
    *topic: str,
    notify: str | None = None,
    pace: Pace | None = None,
    user: str | None = None,
    json: bool = False,
) -> int:
    """Follow a topic: hear of its new episodes.

    add: follow a topic, or any query (see `castabout search`), from now on.
    list: show what is followed, what was new, and what became of notices.
    change: send notices elsewhere, or at another pace. pause, resume, remove: as they say.
    preview: show what would have been told in the last thirty days.
    test: send a notice now, to see whether it arrives.
    again: try notices once more that could not be delivered.
    deliver: look for what is new and send the notices that are due; `castabout update` and
    `castabout serve` do so as well.

    Told is what was published, and came into the library, after you followed; copies once.

    Examples: `castabout follow add electric car --notify ntfy://my-topic --pace daily`,
    `castabout follow add "podcast:rye interview" --notify ask`, `castabout follow list`.

    Parameters
    ----------
    action
        What to do.
    topic
        The topic; several words are one phrase.
    notify
        Where notices go: an address of the Apprise library (https://appriseit.com/services/), such
        as `mailtos://user:password@example.org`, `ntfy://my-topic` or `jsons://example.org/hook`;
        `ask` asks for it, or reads it from standard input, so that it stands in no history; `none`
        sends no notices.
    pace
        When notices go out: `now`, or all of a day or a week together (`daily`, `weekly`).
    user
        Who follows; without it the first user, or as long as there are none whoever is at this machine.
    json
        One JSON document instead of text.
    """
    wanted = " ".join(topic)
    _check(action, wanted, notify, pace)
    match action:
        case "deliver":
            return _deliver(json=json)
        case "preview":
            return _preview(wanted, user, json=json)
    target = _target(notify)
    with opened() as castabout:
        owner = owner_at_the_machine(castabout, user)
        if action == "list":
            return _list(follows.all_follows(castabout, owner), json=json)
        if action == "test":
            return _test(follows.send_test(castabout, owner, wanted), json=json)
        line = _changed(castabout, owner, action, wanted, target, pace)
        sys.stdout.write(follow_json(line).decode() + "\n" if json else f"{_words(line, action)}\n")
    return 0


def _check(action: Action, wanted: str, notify: str | None, pace: Pace | None) -> None:
    if bool(wanted) == (action in _OF_ALL):
        raise WrongUsage(f"{action} takes no topic" if wanted else "name the topic, or the query")
    if (notify is not None or pace) and action not in ("add", "change"):
        raise WrongUsage("--notify and --pace go with add and change")
    if action == "change" and notify is None and pace is None:
        raise WrongUsage("change what? Say --notify or --pace")


def _list(lines: Sequence[FollowLine], *, json: bool) -> int:
    if json:
        sys.stdout.write(follows_json(lines).decode() + "\n")
    else:
        print_follows(lines, again=as_started("castabout follow add TOPIC"))
    return 0


def _target(notify: str | None) -> str | None:
    """Where notices go; asked for it is typed without being shown, or comes from a file or another program."""
    if notify == "ask":
        return (getpass("Where notices go: ") if sys.stdin.isatty() else sys.stdin.readline()).strip()
    return "" if notify == "none" else notify


def _changed(
    castabout: Castabout, owner: str, action: Action, wanted: str, target: str | None, pace: Pace | None
) -> FollowLine:
    match action:
        case "add":
            query = query_of_topic(wanted)
            return follows.add(castabout, owner, query, target=target or "", pace=pace)
        case "change":
            return follows.change(castabout, owner, wanted, target=target, pace=pace)
        case "pause":
            return follows.pause(castabout, owner, wanted)
        case "resume":
            return follows.resume(castabout, owner, wanted)
        case "again":
            return follows.try_again(castabout, owner, wanted)
        case _:
            line = follows.line_of(castabout, owner, wanted)
            follows.remove(castabout, owner, line.follow.query)
            return line


def _words(line: FollowLine, action: Action) -> str:
    name = one_line(name_of(line.follow.query))
    if action == "remove":
        return f"{name} is not followed any more."
    if line.follow.is_paused:
        return f"{name} is paused."
    if line.follow.service is None:
        return f"{name} is followed; no notices are sent."
    return f"{name} is followed; notices go to {one_line(line.follow.service)}, {PACES[line.follow.pace]}."


def _test(delivery: Delivery, *, json: bool) -> int:
    if json:
        sys.stdout.write(delivery_json(delivery).decode() + "\n")
    elif delivery.error is None:
        sys.stdout.write("The notice was sent.\n")
    if delivery.error:
        complain(f"the notice was not delivered: {one_line(delivery.error)}")
    return 1 if delivery.error else 0


def _preview(wanted: str, user: str | None, *, json: bool) -> int:
    with up_to_date() as castabout:
        query = query_of_topic(wanted)
        with suppress(NoSuchFollow):
            # As it is followed, if it is: that may be a search.
            query = follows.follow(castabout, owner_at_the_machine(castabout, user), wanted).query
        found = follows.preview(castabout, query)
    if json:
        sys.stdout.write(preview_json(found).decode() + "\n")
    else:
        print_preview(found)
    return 0


def _deliver(*, json: bool) -> int:
    with stopped_by_signals(), up_to_date() as castabout:
        told = tell_of_news(castabout)
    if json:
        sys.stdout.write(encode(told_json(told)).decode() + "\n")
    else:
        sys.stdout.write(f"{told_words(told)}.\n")
    return 1 if told.troubles else 0

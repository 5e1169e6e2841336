"""Sends notices, from a process of its own.

Apprise takes a third of a second and 30 MB to be loaded, writes addresses with their secrets into logs, and
resolves names without a limit of time. A process can be ended, and all that it says but what we ask for is dropped.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence

import msgspec

from castabout.errors import FollowRefused, one_line
from castabout.notify import Outgoing

#: For all notices of one call; those that are not sent by then count as not delivered.
SECONDS = 60.0
TARGET_CHARACTERS = 2_000
_COMMAND = (sys.executable, "-P", "-m", "castabout.notify.process")
_TOO_LONG = "no answer in time"


class Answer(msgspec.Struct):
    """A line that the process writes."""

    #: Which of the things that were asked of it.
    number: int
    #: What a target is called; ``None`` if Apprise does not know it.
    service: str | None = None
    #: Why a notice could not be delivered.
    error: str | None = None


_DECODER = msgspec.json.Decoder(Answer)


def service_of(target: str) -> str:
    """What notices to ``target`` go to, without its secrets: “ntfy, ntfy.sh”. Raises `FollowRefused`."""
    what = "where notices go"
    if len(target) > TARGET_CHARACTERS:
        raise FollowRefused(what, f"has at most {TARGET_CHARACTERS:,} characters")
    if "://" not in target:
        raise FollowRefused(what, "must be an address as of the Apprise library, such as ntfy://my-topic")
    answer = _ask([{"describe": target}]).get(0)
    if answer is None or answer.service is None:
        raise FollowRefused(what, "is no address that the Apprise library knows, or lacks a part")
    return answer.service


def send(notices: Sequence[Outgoing], *, seconds: float = SECONDS) -> tuple[str | None, ...]:
    """Send all of ``notices``; of each ``None`` once its service has taken it, else why it did not."""
    if not notices:
        return ()
    asked = [{"target": one.target, "title": one.title, "body": one.body} for one in notices]
    answers = _ask(asked, seconds=seconds)
    return tuple(answers[n].error if n in answers else _TOO_LONG for n in range(len(notices)))


def _ask(asked: Sequence[Mapping[str, str]], *, seconds: float = SECONDS) -> dict[int, Answer]:
    """What the process answered until its time was up."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and nothing from outside is among its arguments
            _COMMAND,
            input=msgspec.json.encode(asked),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            # Ctrl-C is for this process: what is being sent is recorded.
            start_new_session=True,
        )
        said = done.stdout
    except subprocess.TimeoutExpired as error:
        said = error.stdout or b""
    answers: dict[int, Answer] = {}
    for line in said.splitlines():
        try:
            answer = _DECODER.decode(line)
        except msgspec.DecodeError:
            # The last one, cut off.
            continue
        answers[answer.number] = Answer(answer.number, _clean(answer.service), _clean(answer.error))
    return answers


def _clean(said: str | None) -> str | None:
    return None if said is None else one_line(said)

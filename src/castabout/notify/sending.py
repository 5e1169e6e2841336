"""Sends notices, from a process of its own.

Apprise takes a third of a second and 30 MB to be loaded, writes addresses with their secrets into logs, and
resolves names without a limit of time. A process can be ended, and all that it says but what we ask for is dropped.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

import msgspec

from castabout.errors import FollowRefused, one_line
from castabout.notify import Outgoing

#: For all notices of one call; those that are not sent by then count as not delivered.
SECONDS = 60.0
#: From one look at whether it is over to the next.
_LOOK_S = 0.5
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


def send(
    notices: Sequence[Outgoing], *, seconds: float = SECONDS, is_over: Callable[[], bool] = lambda: False
) -> tuple[str | None, ...]:
    """Send all of ``notices``; of each ``None`` once its service has taken it, else why it did not.

    As soon as ``is_over`` those that hang are given up.
    """
    if not notices:
        return ()
    asked = [{"target": one.target, "title": one.title, "body": one.body} for one in notices]
    answers = _ask(asked, seconds=seconds, is_over=is_over)
    return tuple(answers[n].error if n in answers else _TOO_LONG for n in range(len(notices)))


def _ask(
    asked: Sequence[Mapping[str, str]],
    *,
    seconds: float = SECONDS,
    is_over: Callable[[], bool] = lambda: False,
) -> dict[int, Answer]:
    """What the process answered until its time was up."""
    answers: dict[int, Answer] = {}
    for line in _run(msgspec.json.encode(asked), seconds, is_over).splitlines():
        try:
            answer = _DECODER.decode(line)
        except msgspec.DecodeError:
            # The last one, cut off.
            continue
        answers[answer.number] = Answer(answer.number, _clean(answer.service), _clean(answer.error))
    return answers


def _run(asked: bytes, seconds: float, is_over: Callable[[], bool]) -> bytes:
    with subprocess.Popen(  # noqa: S603 - our own module, and nothing from outside is among its arguments
        _COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Ctrl-C is for this process: what is being sent is recorded.
        start_new_session=True,
    ) as process:
        given: bytes | None = asked
        left = seconds
        while left > 0 and not is_over():
            try:
                return process.communicate(given, timeout=min(left, _LOOK_S))[0]
            except subprocess.TimeoutExpired:
                # What was given and what it said are kept: https://docs.python.org/3/library/subprocess.html
                given = None
                left -= _LOOK_S
        process.kill()
        return process.communicate()[0]


def _clean(said: str | None) -> str | None:
    return None if said is None else one_line(said)

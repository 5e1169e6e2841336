"""How this program was started: what a person types to start it again."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from contextvars import ContextVar
from pathlib import Path

#: A script that starts the program says here what the person typed.
STARTED_AS = "CASTABOUT_STARTED_AS"
#: The library that was named on the command line.
NAMED_HOME: ContextVar[str | None] = ContextVar("named_home", default=None)
_NAME = "castabout"


def started_as() -> str:
    """The words that start the program as this time, with the library that was named, if one was."""
    words = os.environ.get(STARTED_AS) or _typed()
    home = NAMED_HOME.get()
    return f"{words} --home {shlex.quote(home)}" if home else words


def as_started(text: str) -> str:
    """``text`` with the commands in it as they have to be typed here."""
    return text.replace(f"`{_NAME} ", f"`{started_as()} ")


def _typed() -> str:
    program = Path(sys.argv[0])
    if program.name == "__main__.py":
        return f"{Path(sys.executable).name} -m {_NAME}"
    if program.name == _NAME and shutil.which(_NAME) != str(program):
        return shlex.quote(str(program))
    return _NAME

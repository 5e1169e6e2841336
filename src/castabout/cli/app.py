"""The program ``castabout``: which commands there are, and what becomes of errors."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError, Parameter

from castabout import __version__
from castabout.cli.started import NAMED_HOME, as_started, started_as
from castabout.errors import CastaboutError, one_line
from castabout.fetch.private import without_secrets

HELP = """castabout: what has ever been said about a word.

Give it podcast feeds; ask it about anything. Begin with

  castabout add FEED...      feed files, folders, OPML lists, addresses
  castabout topic WORD       everything known about a word or phrase
  castabout serve            the same in a browser

Every command takes --home DIR: where the library lives; else it is
$CASTABOUT_HOME, else the platform's data folder.

Exit status: 0 done, 1 some of it failed, 2 wrong usage.
"""

#: Name, where it is, what it does. Given by name, so that only the one that runs is loaded.
COMMANDS = (
    ("add", "Read feeds into the library."),
    ("update", "Fetch what is new in the feeds."),
    ("topic", "Everything known about a word or phrase."),
    ("search", "Find episodes."),
    ("get", "Print a page or an answer of the API, without a server."),
    ("serve", "The web application."),
    ("user", "Who may log in to the web application."),
    ("later", "Keep episodes for later, in lists."),
    ("follow", "Hear of new episodes about a topic."),
    ("export", "Write the list of your feeds."),
    ("check", "Tell whether the library is sound, and which feeds fail."),
    ("reindex", "Build the index anew."),
    ("transcript", "Take transcripts that you have into the library."),
)
_HOME = "--home"


class WrongUsage(Exception):
    """The command cannot be carried out as it was given; the text says why."""


def program(named: str | None = None) -> App:
    """The program with all its commands; the one that is ``named`` tells of itself at length."""
    app = App(
        name="castabout",
        help=HELP,
        # Plain help: the decorated one loads a library that takes as long as all the rest.
        help_format="plaintext",
        help_formatter="plain",
        version=__version__,
        suppress_keyboard_interrupt=False,
        default_parameter=Parameter(negative=()),
    )
    for name, short in COMMANDS:
        # Without a short help a command is loaded for its own, which takes long for all of them.
        app.command(f"castabout.cli.{name}:{name}", name=name, help=None if name == named else short)
    return app


def main() -> None:
    """Run the command line and leave with its exit status."""
    _prepare_streams()
    if os.environ.get("CASTABOUT_DEBUG"):
        logging.basicConfig()
        logging.getLogger("castabout").setLevel(logging.DEBUG)
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the command that ``arguments`` name; the exit status. Errors are said on standard error."""
    try:
        rest, home = _take_home(arguments)
        NAMED_HOME.set(home)
        names = {name for name, _ in COMMANDS}
        app = program(named=next((argument for argument in rest if argument in names), None))
        result = app(rest, exit_on_error=False, print_error=False, result_action="return_value")
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except (CycloptsError, WrongUsage) as error:
        complain(f"{one_line(str(error))} ({started_as()} --help tells more)")
        return 2
    except CastaboutError as error:
        complain(as_started(error.for_people))
        return 1
    except KeyboardInterrupt:
        complain("stopped; what was done is kept, run it again to go on")
        return 130
    except BrokenPipeError:
        # Whoever read the output has seen enough; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if os.environ.get("CASTABOUT_DEBUG"):
            raise
        if isinstance(error, OSError) and error.filename is None and error.strerror:
            complain(f"cannot go on ({error.strerror.lower()})")
            return 1
        fault = f"{type(error).__name__}: {error}"
        complain(f"a fault in castabout itself: {one_line(fault)}; CASTABOUT_DEBUG=1 shows where")
        return 1


def complain(line: str) -> None:
    """One line on standard error, which may end in a log: without secrets in addresses."""
    sys.stderr.write(f"castabout: {without_secrets(line)}\n")


def _take_home(arguments: Sequence[str]) -> tuple[list[str], str | None]:
    """``arguments`` without ``--home DIR``, wherever it stood, and DIR; it is $CASTABOUT_HOME from now on."""
    rest: list[str] = []
    named: str | None = None
    words = iter(arguments)
    for word in words:
        if word == "--":
            return [*rest, word, *words], named
        if word != _HOME and not word.startswith(f"{_HOME}="):
            rest.append(word)
            continue
        home = word.removeprefix(f"{_HOME}=") if "=" in word else next(words, "")
        if not home:
            raise WrongUsage(f"{_HOME} needs the name of a folder")
        os.environ["CASTABOUT_HOME"] = named = home
    return rest, named


def _prepare_streams() -> None:
    """Letters that the terminal cannot show become question marks; streams that are closed swallow all."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115 - it stays open
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")

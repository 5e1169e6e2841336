"""The program ``castabout``: which commands there are, and what becomes of errors."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, CycloptsError, Parameter

from castabout import __version__
from castabout.errors import CastaboutError, one_line

HELP = """castabout: what has ever been said about a word.

Give it podcast feeds; ask it about anything. Begin with

  castabout add FEED...      a feed file, a folder of them, an OPML list, an address
  castabout topic WORD       everything known about a word or phrase
  castabout serve            the same in a browser

Exit status: 0 done, 1 some of it failed, 2 wrong usage.
"""

#: Name, where it is, what it does. Given by name, so that only the one that runs is loaded.
COMMANDS = (
    ("add", "Read feeds into the library."),
    ("topic", "Everything known about a word or phrase."),
    ("search", "Find episodes."),
    ("get", "Print a page or an answer of the API, without a server."),
    ("serve", "The web application."),
    ("check", "Tell whether the library is sound."),
    ("reindex", "Build the index anew."),
)


def program(named: str | None = None) -> App:
    """The program with all its commands; the one that is ``named`` tells of itself at length."""
    # Plain help: the decorated one loads a library that takes as long as all the rest.
    app = App(
        name="castabout",
        help=HELP,
        help_format="plaintext",
        help_formatter="plain",
        version=__version__,
        default_parameter=Parameter(negative=()),
    )
    for name, short in COMMANDS:
        # Without a short help a command is loaded for its own, which takes long for all of them.
        app.command(f"castabout.cli.{name}:{name}", name=name, help=None if name == named else short)

    @app.meta.default
    def launch(
        *tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)], home: Path | None = None
    ) -> object:
        """Run a command.

        Parameters
        ----------
        home
            Where the library lives; else $CASTABOUT_HOME, else the platform's data folder.
        """
        if home is not None:
            os.environ["CASTABOUT_HOME"] = str(home)
        return app(tokens, exit_on_error=False, result_action="return_value")

    return app


def main() -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the command that ``arguments`` name; the exit status. Errors are said on standard error."""
    try:
        names = {name for name, _ in COMMANDS}
        app = program(named=next((argument for argument in arguments if argument in names), None))
        result = app.meta(arguments, exit_on_error=False, result_action="return_value")
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except CycloptsError:
        return 2
    except CastaboutError as error:
        complain(error.for_people)
        return 1
    except KeyboardInterrupt:
        complain("stopped")
        return 130
    except BrokenPipeError:
        # Whoever read the output has seen enough; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if os.environ.get("CASTABOUT_DEBUG"):
            raise
        fault = f"{type(error).__name__}: {error}"
        complain(f"a fault in castabout itself: {one_line(fault)}; CASTABOUT_DEBUG=1 shows where")
        return 1


def complain(line: str) -> None:
    """One line on standard error."""
    sys.stderr.write(f"castabout: {line}\n")

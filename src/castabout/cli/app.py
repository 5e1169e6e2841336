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

# Plain help: the decorated one loads a library that takes as long as all the rest.
app = App(name="castabout", help=HELP, help_format="plaintext", help_formatter="plain", version=__version__)
for _name, _help in COMMANDS:
    app.command(f"castabout.cli.{_name}:{_name}", name=_name, help=_help)


@app.meta.default
def _launch(
    *tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
    home: Path | None = None,
) -> int:
    """Run a command.

    Parameters
    ----------
    home
        Where the library lives; else $CASTABOUT_HOME, else the platform's data folder.
    """
    if home is not None:
        os.environ["CASTABOUT_HOME"] = str(home)
    result = app(tokens, exit_on_error=False, result_action="return_value")
    return result if isinstance(result, int) else 0


def main() -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the command that ``arguments`` name; the exit status. Errors are said on standard error."""
    try:
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

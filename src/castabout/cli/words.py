"""The words of a query on the command line, where ``-word`` is no option but leaves a word out."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from cyclopts import Parameter

from castabout.cli.app import complain

Words: TypeAlias = Annotated[str, Parameter(allow_leading_hyphen=True)]


def query_of(words: tuple[str, ...]) -> str | None:
    """The query that ``words`` make; ``None``, after saying why, if they are none."""
    wrong = next((word for word in words if word.startswith("--")), None)
    if wrong:
        complain(f"{wrong}: unknown option; --help shows which there are")
    elif not words:
        complain("nothing was asked; name a word or phrase")
    else:
        return " ".join(words)
    return None

"""The words of a query on the command line, where ``-word`` is no option but leaves a word out."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from cyclopts import Parameter

from castabout.cli.app import WrongUsage

Words: TypeAlias = Annotated[str, Parameter(allow_leading_hyphen=True)]


def query_of(words: tuple[str, ...]) -> str:
    """The query that ``words`` make. Raises `WrongUsage` if they are none."""
    wrong = next((word for word in words if word.startswith("--")), None)
    if wrong:
        raise WrongUsage(f"{wrong}: unknown option, or one behind a bare --, where nothing is an option")
    if not any(word.strip() for word in words):
        raise WrongUsage("nothing was asked; name a word or phrase")
    return " ".join(words)

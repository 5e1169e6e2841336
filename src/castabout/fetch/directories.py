"""Directories of podcasts that can be asked for a show by its name or its number there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

import msgspec

from castabout.errors import SourceError, Unreachable
from castabout.fetch import Fetched
from castabout.model.directory import FoundFeed

T = TypeVar("T")
#: Fetches an address with headers that go to its origin only. Raises `SourceError`.
Get = Callable[[str, Mapping[str, str]], Fetched]
#: Shows that are asked for by name: more than a screen full nobody reads.
SHOWS = 10


class Directory(Protocol):
    """One directory."""

    @property
    def name(self) -> str:
        """What people call it: the subject of errors that are not about a show."""

    def search(self, name: str) -> tuple[FoundFeed, ...]:
        """Shows of that name, the likeliest first. Raises `SourceError`."""

    def show(self, id: int, country: str | None = None) -> FoundFeed:
        """The show with that number there. Raises `SourceError`."""


@dataclass(frozen=True, slots=True)
class Directories:
    """Those that this installation may ask."""

    apple: Directory
    podcastindex: Directory

    @property
    def searched(self) -> tuple[Directory, ...]:
        """Those that are asked for a name, the first one's answers first."""
        return self.apple, self.podcastindex


def decoded(fetched: Fetched, type: type[T], directory: str) -> T:
    """The JSON of an answer as ``type``. Raises `SourceError`, about ``directory``."""
    try:
        return msgspec.json.decode(fetched.data, type=type)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise Unreachable(directory, "its answer is not what it is documented to be") from error


def about(error: SourceError, directory: str) -> SourceError:
    """``error`` said of a directory: the addresses of its API are nobody's concern."""
    return type(error)(directory, error.cause)

"""Asking which of several feeds was meant."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from castabout.cli.app import complain
from castabout.engine.results import FeedResult
from castabout.errors import one_line
from castabout.fetch.private import without_secrets
from castabout.model.directory import FoundFeed
from castabout.text.numbers import count_words


def can_ask() -> bool:
    """Whether somebody sits before it."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def chosen(results: Iterable[FeedResult]) -> list[str]:
    """The addresses of the feeds that the person before the terminal chose."""
    return [url for result in results for url in _ask(result)]


def tell(results: Sequence[FeedResult], *, only_complain: bool = False) -> None:
    """Print what can be chosen from, and on standard error how."""
    for result in results:
        if not only_complain:
            sys.stdout.writelines(_lines(result.choices))
        complain(
            f"{one_line(result.source)}: {_several(result.choices)}; "
            "name the address of the one you mean, or take the first with --first"
        )


def _several(feeds: Sequence[FoundFeed]) -> str:
    return f"{count_words(len(feeds), 'feed')} to choose from"


def _lines(feeds: Sequence[FoundFeed]) -> Iterable[str]:
    for place, feed in enumerate(feeds, start=1):
        known = [one_line(feed.author)] if feed.author else []
        known += [count_words(feed.episodes, "episode")] if feed.episodes is not None else []
        known.append(one_line(feed.told_by))
        yield f"{place:3}. {one_line(feed.title or 'Untitled')} ({', '.join(known)})\n"
        yield f"     {without_secrets(one_line(feed.url))}\n"


def _ask(result: FeedResult) -> list[str]:
    sys.stderr.write(f"{without_secrets(one_line(result.source))}: {_several(result.choices)}\n")
    sys.stderr.writelines(_lines(result.choices))
    while True:
        sys.stderr.write(f"Which one? 1 to {len(result.choices)}, several with blanks; Enter for none: ")
        sys.stderr.flush()
        words = sys.stdin.readline().replace(",", " ").split()
        places = [int(word) for word in words if word.isascii() and word.isdecimal() and len(word) < 4]
        if len(places) == len(words) and all(1 <= place <= len(result.choices) for place in places):
            return [result.choices[place - 1].url for place in places]

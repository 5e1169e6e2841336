"""What became of sources, in words: the same in the terminal and on the page."""

from __future__ import annotations

from dataclasses import dataclass

from castabout.engine.results import FeedResult
from castabout.errors import (
    Gone,
    HostBusy,
    NoFeeds,
    NotAFeed,
    NotFound,
    SourceError,
    TooLarge,
    Unreachable,
    one_line,
)
from castabout.fetch import is_web
from castabout.fetch.private import without_secrets
from castabout.text.numbers import count_words


@dataclass(slots=True)
class Told:
    """What became of many sources together."""

    #: Feeds that were read or are as before, each once.
    read: int = 0
    not_asked: int = 0
    failed: int = 0
    #: Sources that may mean several feeds.
    open: int = 0
    added: int = 0
    changed: int = 0
    #: Anything new was written.
    has_news: bool = False

    def count(self, result: FeedResult) -> None:
        """Take one result into account."""
        self.failed += result.error is not None
        self.open += bool(result.choices)
        if result.not_asked:
            self.not_asked += 1
        elif result.podcast:
            self.read += not result.is_more
            self.added += result.added
            self.changed += result.changed
            self.has_news = self.has_news or result.has_news

    def __str__(self) -> str:
        parts = []
        if self.read or self.has_news:
            nothing = "nothing new, the library holds all of it already"
            parts.append(f"{count_words(self.read, 'feed')} read: {self._news if self.has_news else nothing}")
        if self.not_asked:
            parts.append(f"{count_words(self.not_asked, 'feed')} already here, not asked again")
        if self.failed:
            parts.append(f"{count_words(self.failed, 'source')} failed")
        return "; ".join(parts) + "." if parts else "Nothing was read."

    @property
    def _news(self) -> str:
        changed = f", {self.changed:,} changed" if self.changed else ""
        return f"{count_words(self.added, 'episode')} added{changed}"


def name_of(result: FeedResult) -> str:
    """What a result is about: its title, else its source without what is secret in it."""
    return one_line(result.title or without_secrets(result.source))


def outcome_of(result: FeedResult) -> str:
    """What became of a source that did not fail: “12 new, 3 as before”, “already here; not asked again: …”."""
    if result.not_asked:
        return f"already here; not asked again: {result.not_asked}"
    if result.choices:
        return f"{count_words(len(result.choices), 'feed')} to choose from"
    news = [f"already here as {without_secrets(one_line(result.known_as))}"] if result.known_as else []
    news += [
        f"{number:,} {what}"
        for number, what in (
            (result.added, "new"),
            (result.changed, "changed"),
            (result.unchanged, "as before"),
        )
        if number
    ]
    return ", ".join(news)


#: What a person can do about an answer of a host, by its status.
_BY_STATUS = {
    401: "if you have a password for it, add it as https://name:password@…",
    403: "its host turns programs away; try again later, or look for another address of the show",
    404: "look on the site of the show for the address that its feed has now",
    429: "try again later",
}
#: What a person can do about an error: where an address was named, and where something else was.
_BY_KIND: tuple[tuple[type[SourceError], str, str], ...] = (
    (Unreachable, "check the address, or try again later", "add the address of its feed, or try again later"),
    (Gone, "the show may have moved: look for it by its name", ""),
    (HostBusy, "try again later", "try again later"),
    (TooLarge, "CASTABOUT_FEED_LIMIT_MB allows more", "CASTABOUT_FEED_LIMIT_MB allows more"),
    (NoFeeds, "add a list that names feeds", "choose a list that names feeds"),
    (
        NotAFeed,
        "add the address of a feed, or of a page that links one",
        "choose the list of feeds that a podcast app exports",
    ),
    (NotFound, "", "try other words, or the address of the feed"),
)


def remedy(error: SourceError) -> str:
    """What a person can do about ``error``; empty where there is nothing to do."""
    if error.advice:
        return error.advice
    if isinstance(error, Unreachable) and error.status in _BY_STATUS:
        return _BY_STATUS[error.status]
    for kind, about_address, about_other in _BY_KIND:
        if isinstance(error, kind):
            return about_address if is_web(error.subject) else about_other
    return ""

"""What a person gets as an answer: one value per page.

Their JSON (see `castabout.render.json`) is the public shape of the API, of
``/topics/….json`` and of ``--json``: change it and you change a promise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from castabout.model.feed import Enclosure
from castabout.model.labels import NamedPerson
from castabout.model.passage import Kind
from castabout.model.spoken import SpokenCounts
from castabout.model.transcript import StoredSpoken


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text, in characters: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Highlighted:
    """Text with the places that matched. Never HTML: whoever shows it escapes it."""

    text: str
    spans: tuple[Span, ...] = ()
    #: Text was cut off before the first or after the last character.
    cut_before: bool = False
    cut_after: bool = False

    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """The text in order, as (piece, whether it matched)."""
        out: list[tuple[str, bool]] = []
        at = 0
        for span in self.spans:
            if span.start > at:
                out.append((self.text[at : span.start], False))
            out.append((self.text[span.start : span.end], True))
            at = span.end
        if at < len(self.text):
            out.append((self.text[at:], False))
        return tuple(out)


@dataclass(frozen=True, slots=True)
class YearCount:
    """How many matching episodes were published in a year."""

    year: int
    episodes: int
    #: Their part of all dated episodes that the library has of that year, 0 to 1.
    share: float


@dataclass(frozen=True, slots=True)
class LanguageCount:
    """How many matching episodes are in a language (BCP 47, without region)."""

    language: str
    episodes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PodcastLine:
    """A podcast in a list."""

    id: str
    title: str
    author: str | None
    link: str | None
    image: str | None
    language: str | None
    episodes_total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLine:
    """A feed in a list of feeds that others may read."""

    title: str
    #: Without user name and password.
    url: str
    link: str | None
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """How fetching a feed goes."""

    #: When it was last read, or found to be as before.
    last_good: datetime | None
    #: Why it could not be read the last time, in words, or not in full if it ``is_part``; ``None`` if it could.
    last_error: str | None
    is_part: bool = False
    #: ``None``: never again.
    next_try: datetime | None
    #: Its host says that it was taken away for good.
    is_gone: bool
    #: The time that the rest is seen from.
    now: datetime


@dataclass(frozen=True, slots=True)
class FailingFeed:
    """A feed that could not be read the last time."""

    title: str
    #: Without user name and password; ``None`` where the address itself is a secret.
    url: str | None
    health: FeedHealth


@dataclass(frozen=True, slots=True)
class FeedCounts:
    """The feeds of the web that the library knows."""

    feeds: int
    #: Those that could not be read the last time, but may be again.
    failing: int
    #: Those that were taken away for good.
    gone: int
    #: Podcasts whose address is a secret, or that their publishers want in no directory.
    private: int
    #: Of those that fail or were taken away: how many are of such podcasts.
    failing_private: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BestPodcast:
    """A podcast among the best about a topic."""

    podcast: PodcastLine
    #: How many of its episodes match, and of these: in the last 365 days, by what is written of them and not
    #: only said in them, by their titles; and when the latest came out.
    episodes_about: int
    last_year: int
    written: int
    in_titles: int
    latest: date | None
    #: Its own title, or its description, people or categories.
    is_named: bool
    is_described: bool
    #: As a directory counts it, 0 to 10 or so; ``None`` if none does.
    popularity: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time in an episode at which something is said, or that has a title."""

    kind: Kind
    #: Seconds, when the words are said that were asked for: the beginning of what is said in one piece.
    #: ``None`` if that is not known.
    start: float | None
    end: float | None
    speaker: str | None
    #: What is said around it.
    text: Highlighted


@dataclass(frozen=True, slots=True)
class Moments:
    """The moments of one episode."""

    #: The best, the best first.
    best: tuple[Moment, ...]
    #: How many there are.
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeLine:
    """An episode in a list."""

    id: str
    title: str
    podcast: PodcastLine
    #: BCP 47; not always that of the podcast.
    language: str | None
    published: datetime | None
    duration: int | None
    #: An extract of the notes around the first match.
    summary: Highlighted
    #: More of the notes, on demand; ``None`` when the summary is all there is.
    more: Highlighted | None
    tags: tuple[str, ...]
    enclosure: Enclosure | None
    link: str | None
    #: Who is known to be in it.
    people: tuple[NamedPerson, ...] = ()
    #: Where what was asked for is said; ``None`` where nobody looked.
    moments: Moments | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPage:
    """Everything known about a topic."""

    topic: str
    podcasts: int
    episodes: int
    #: Seconds, the mean of the ``episodes_with_duration``; ``None`` when none is known.
    average_duration: int | None
    episodes_with_duration: int
    episodes_with_date: int
    #: ``daily``, ``weekly``, ``monthly`` or ``infrequent``; ``None`` when no date is known.
    frequency: str | None
    latest: date | None
    #: From the first year with a match to the last, years without one included.
    popularity: tuple[YearCount, ...]
    best_podcasts: tuple[BestPodcast, ...]
    latest_episodes: tuple[EpisodeLine, ...]
    related_topics: tuple[str, ...]
    languages: tuple[LanguageCount, ...]
    elapsed_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """The episodes that a query finds."""

    query: str
    #: ``relevance`` or ``date``.
    sort: str
    #: Podcasts that are called as the query says, on the first page.
    called: tuple[PodcastLine, ...]
    episodes: int
    #: Episodes that come after these, since few have all of the words: they have some.
    with_some: int
    offset: int
    limit: int
    hits: tuple[EpisodeLine, ...]
    elapsed_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentsPage:
    """The moments that a query finds, by episode."""

    query: str
    #: Few have all of the words, so that those with some of them are here too, after them.
    is_loose: bool
    moments: int
    #: ``None`` where there are too many moments to count them by episode.
    episodes: int | None
    #: Counts episodes, as does ``limit``.
    offset: int
    limit: int
    #: All with moments.
    hits: tuple[EpisodeLine, ...]
    elapsed_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPodcasts:
    """The podcasts that a query finds by what is said of them, not by their episodes."""

    query: str
    podcasts: int
    offset: int
    limit: int
    hits: tuple[PodcastLine, ...]
    elapsed_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PodcastPage:
    """A podcast and its newest episodes."""

    podcast: PodcastLine
    #: Safe HTML.
    description: str | None
    categories: tuple[str, ...]
    #: ``None`` where the address itself is a secret.
    source: str | None
    added: datetime
    is_private: bool
    #: ``None`` for one that was read from a file.
    health: FeedHealth | None
    offset: int
    limit: int
    episodes: tuple[EpisodeLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodePage:
    """An episode with its whole notes and everything that is known to be said in it."""

    line: EpisodeLine
    #: What the notes do not say.
    subtitle: str | None
    #: Safe HTML.
    notes: str | None
    author: str | None
    image: str | None
    season: int | None
    #: As it is to be shown, e.g. ``14`` or ``3.5``.
    number: str | None
    #: Transcript, chapters, soundbites.
    spoken: StoredSpoken | None = None


@dataclass(frozen=True, slots=True)
class PersonPodcast:
    """A podcast that somebody is in."""

    podcast: PodcastLine
    #: Those with that person.
    episodes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """The episodes that somebody is in."""

    name: str
    episodes: int
    #: Most episodes with that person first.
    podcasts: tuple[PersonPodcast, ...]
    #: As of a topic.
    popularity: tuple[YearCount, ...]
    offset: int
    limit: int
    #: Newest first.
    hits: tuple[EpisodeLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """What the library holds, at a glance."""

    podcasts: int
    episodes: int
    newest: tuple[EpisodeLine, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Whether store and index agree."""

    podcasts: int
    episodes: int
    indexed_podcasts: int
    indexed_episodes: int
    #: Changes that the index has not seen yet.
    waiting: int
    #: One line per thing that is wrong.
    faults: tuple[str, ...]
    feeds: FeedCounts
    spoken: SpokenCounts

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

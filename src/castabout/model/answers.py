"""What a person gets as an answer: one value per page.

Their JSON (see `castabout.render.json`) is the public shape of the API, of
``/topics/….json`` and of ``--json``: change it and you change a promise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from castabout.model.feed import Enclosure
from castabout.model.health import FeedHealth
from castabout.model.labels import NamedPerson
from castabout.model.names import RisingTopic
from castabout.model.passage import Kind
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


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody says without another one speaking, as far as it is shown."""

    speaker: str | None
    #: Of what is shown, seconds; ``None`` if not known.
    start: float | None
    end: float | None
    #: As of a cue.
    is_estimated: bool
    text: Highlighted


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time in an episode at which something is said, or that has a title."""

    kind: Kind
    #: Seconds, when the words are said that were asked for: the beginning of what is said in one piece.
    #: ``None`` if that is not known.
    start: float | None
    #: Nobody tells ``start``; it is worked out of other times.
    is_estimated: bool = False
    #: First the one with the words, then what is said after that; at least one.
    turns: tuple[Turn, ...]
    #: The number of the cue with the words, and the character at which they stand in it; ``None`` for a title.
    cue: int | None = None
    at: int = 0

    @property
    def end(self) -> float | None:
        """Seconds, when what is shown ends."""
        return self.turns[-1].end

    @property
    def speaker(self) -> str | None:
        """Who says the words."""
        return self.turns[0].speaker

    @property
    def text(self) -> Highlighted:
        """What that one says, without the others."""
        return self.turns[0].text


@dataclass(frozen=True, slots=True)
class Moments:
    """The moments of one episode."""

    #: The best, the best first.
    best: tuple[Moment, ...]
    #: How many there are.
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLine:
    """Where else an episode was published."""

    #: Of the copy.
    id: str
    title: str
    podcast: PodcastLine
    published: datetime | None
    enclosure: Enclosure | None


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
    #: The earliest first.
    also_in: tuple[CopyLine, ...] = ()
    #: The last of its podcast before others that were held back, for one show not to fill the list.
    has_more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPage:
    """Everything known about a topic."""

    topic: str
    podcasts: int
    episodes: int
    #: How many of these are copies of others of them.
    copies: int
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
    #: ``date`` or ``best``: which of the two lists is here, the other one is empty. Copies are in it once.
    sort: str
    latest_episodes: tuple[EpisodeLine, ...]
    #: Of the first ten at most two of one show, if there are others.
    best_episodes: tuple[EpisodeLine, ...]
    related_topics: tuple[str, ...]
    languages: tuple[LanguageCount, ...]
    elapsed_ms: float
    #: What was probably meant, where there is little of the topic.
    did_you_mean: str | None = None
    #: Where no episode speaks of it: podcasts that do, of themselves or in the notes of many episodes.
    said_by_podcasts: int = 0


@dataclass(frozen=True, slots=True)
class Unnarrowed:
    """What a wider query finds: without days, names and the like, or with words that may go on."""

    query: str
    #: Episodes, or moments.
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """The episodes that a query finds."""

    query: str
    #: ``relevance``, ``varied`` (but of the first ten at most two of one show) or ``date``.
    sort: str
    #: Podcasts that are called as the query says, on the first page.
    called: tuple[PodcastLine, ...]
    episodes: int
    #: How many of these are copies of others of them, which are not among the hits.
    copies: int
    #: Episodes that come after these, since few have all of the words: the best ones with some, a hundred at most.
    #: Copies are not counted.
    with_some: int
    offset: int
    limit: int
    #: Where only what is said in an episode matches, with a moment at which it is.
    hits: tuple[EpisodeLine, ...]
    elapsed_ms: float
    #: Nothing was found within what it was narrowed to; what there is without that.
    unnarrowed: Unnarrowed | None = None
    #: What was probably meant, where little is found.
    did_you_mean: str | None = None
    #: How many match in each language, whichever the query is narrowed to.
    languages: tuple[LanguageCount, ...] = ()
    #: What looks like a filter but was read as words, in a sentence each.
    misread: tuple[str, ...] = ()
    #: The same, where no episode has all of the words.
    said_by_podcasts: int = 0
    #: Nothing was found; but there are longer words that begin as these do.
    beginnings: Unnarrowed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentsPage:
    """The moments that a query finds, by episode."""

    query: str
    #: ``relevance`` or ``date``, of the episodes.
    sort: str = "relevance"
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
    #: As of episodes.
    unnarrowed: Unnarrowed | None = None


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
    #: On the first page.
    similar: tuple[PodcastLine, ...] = ()


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
    #: The publisher's page about it.
    own_link: str | None = None
    #: Where the feed of its podcast is; ``None`` where that is a secret, or a file.
    feed: str | None = None
    is_private: bool = False
    #: Transcript, chapters, soundbites.
    spoken: StoredSpoken | None = None
    similar: tuple[EpisodeLine, ...] = ()


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
    #: The one that rises most first.
    rising: tuple[RisingTopic, ...] = ()

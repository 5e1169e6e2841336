"""The one mapping from what the store holds to what an index searches.

Texts are prepared here (see `castabout.text.prepare`), so that every engine
gets the same; dates are days, since that is what pages count in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from castabout.model.feed import Episode, Podcast
from castabout.model.library import StoredEpisode, StoredPodcast
from castabout.model.names import CountedName, NameKind
from castabout.model.passage import Passage, Place
from castabout.model.transcript import Cue, Spoken
from castabout.text.html import html_to_text
from castabout.text.joined import joined
from castabout.text.joining import joined_words, pairs, without_signs
from castabout.text.language import primary_language
from castabout.text.prepare import prepare
from castabout.text.titles import name_keys, title_key

#: A part of a document beyond this is not searched.
TEXT_CHARACTERS = 2_000_000
#: ``https://a.example/b``, ``www.a.example`` and names such as ``freudd.dk``, which a stemmer takes for “freud”.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?<![^\s(<])[a-z0-9-]++(?:\.[a-z0-9-]+)*\.[a-z]{2,6}(?![a-z])(?:/\S*)?", re.ASCII
)

#: The trait of all copies but the first. Nobody types it.
LATER = "copy:later"
NOTHING_SAID = Spoken()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What an episode's feed says of it, without what its show says in many of its episodes."""

    #: Text.
    notes: str
    keywords: tuple[str, ...]
    #: Who is named in the notes.
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeDocument:
    """An episode as an index sees it; texts are prepared."""

    row: int
    podcast_row: int
    title: str
    #: The title as one word: see `castabout.text.titles`.
    called: str | None
    notes: str
    #: Searched as a part of the notes; what it says is not in them.
    subtitle: str
    #: Each by itself: a phrase never runs from one into the next.
    keywords: tuple[str, ...]
    people: tuple[str, ...]
    #: Names of those who speak, as its transcript has them.
    speakers: tuple[str, ...]
    #: Titles of chapters and soundbites.
    chapters: tuple[str, ...]
    transcript: str
    #: Words of all these with signs inside, without them: of the title, of what else is written, of what is said.
    title_joined: tuple[str, ...]
    joined: tuple[str, ...]
    transcript_joined: tuple[str, ...]
    #: BCP 47 without region, e.g. ``pt``; decides which stems are made.
    language: str | None
    #: Seconds since 1970.
    published: int | None
    #: The publisher's own day, as a number (see `datetime.date.toordinal`), and its year.
    day: int | None
    year: int | None
    duration: int | None
    #: The row of the first of its copies, which may be itself; ``None`` if it has none.
    first_copy: int | None
    #: As a query names them, e.g. ``type:full``, ``has:transcript``.
    traits: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What is written in it, part by part, for the forms of its words; addresses have none.

        Those of a transcript are searched in its passages: a word of ten thousand is like many others.
        """
        notes = _ADDRESS.sub(" ", self.notes)
        lists = (*self.keywords, *self.people, *self.chapters)
        return tuple(part for part in (self.title, self.subtitle, notes, *lists) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class PodcastDocument:
    """A podcast as an index sees it; texts are prepared."""

    row: int
    title: str
    #: All that it is called, each as one word: see `castabout.text.titles`.
    called: tuple[str, ...]
    description: str
    #: As of an episode: of the title, of what else it says of itself.
    title_joined: tuple[str, ...]
    joined: tuple[str, ...]
    #: What the notes of many of its episodes say, which is not searched in these.
    repeated: tuple[str, ...]
    people: tuple[str, ...]
    categories: tuple[str, ...]
    #: BCP 47 without region.
    language: str | None
    #: As of an episode.
    traits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassageText:
    """A passage as an index sees it; texts are prepared."""

    place: Place
    text: str
    #: As of an episode.
    joined: tuple[str, ...]
    speakers: tuple[str, ...]
    #: Several speak; what each of them says is a passage too, for where it matters who says the words.
    is_mixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenDocument:
    """All passages of an episode."""

    #: Of the episode.
    row: int
    podcast_row: int
    #: As in `EpisodeDocument`, but of what is said.
    language: str | None
    published: int | None
    day: int | None
    duration: int | None
    traits: tuple[str, ...]
    #: None, if there are no more.
    passages: tuple[PassageText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameDocument:
    """A name as an index completes it; not prepared."""

    kind: NameKind
    #: What tells it from others of its kind: of a podcast its id.
    key: str
    name: str
    #: Episodes that have it, or of a podcast all; ``None`` if it is gone, or hidden from all but its owner.
    episodes: int | None
    public: int | None


@dataclass(frozen=True, slots=True)
class GoneDocument:
    """An episode, or a podcast, that is no more in the library."""

    row: int
    is_episode: bool


Document = EpisodeDocument | PodcastDocument | SpokenDocument | NameDocument | GoneDocument


def name_document(of: CountedName) -> NameDocument:
    """What is completed of a person or a topic."""
    public = of.episodes - of.private
    return NameDocument(
        kind=of.kind, key=of.key, name=of.name, episodes=of.episodes or None, public=public or None
    )


def title_document(stored: StoredPodcast) -> NameDocument:
    """What is completed of a podcast; nothing of one that is not read yet, as millions of a directory's are."""
    episodes = (stored.episodes or None) if stored.podcast.title else None
    public = None if stored.is_private else episodes
    return NameDocument(
        kind="podcast", key=stored.id, name=stored.podcast.title or "", episodes=episodes, public=public
    )


def episode_document(
    stored: StoredEpisode,
    podcast: StoredPodcast,
    spoken: Spoken = NOTHING_SAID,
    cleaned: Cleaned | None = None,
    *,
    first_copy: int | None = None,
) -> EpisodeDocument:
    """What is searched of an episode; all of its notes unless they are ``cleaned``."""
    episode = stored.episode
    published = episode.published
    is_later = first_copy not in (None, stored.row)
    people = (person.name for person in episode.people or podcast.podcast.people)
    cleaned = cleaned or Cleaned(html_to_text(episode.notes) if episode.notes else "", episode.keywords)
    title = _prepared(episode.title)
    notes, subtitle = _prepared(cleaned.notes), _prepared(episode.subtitle)
    keywords = _each_prepared(cleaned.keywords)
    chapters = _each_prepared((*(c.title for c in spoken.chapters), *(b.title for b in spoken.soundbites)))
    transcript = _prepared(joined(cue.text for cue in _cues(spoken)))
    return EpisodeDocument(
        row=stored.row,
        podcast_row=stored.podcast_row,
        title=title,
        called=title_key(episode.title) if episode.title else None,
        notes=notes,
        subtitle=subtitle,
        keywords=keywords,
        people=_names(dict.fromkeys((episode.author, *people, *cleaned.people))),
        speakers=_names(dict.fromkeys(cue.speaker for cue in _cues(spoken))),
        chapters=chapters,
        transcript=transcript,
        title_joined=(*joined_words(title), *pairs(title)),
        joined=_joined_words(notes, subtitle, *keywords, *chapters),
        transcript_joined=joined_words(transcript),
        language=primary_language(language_of(stored, podcast)),
        published=None if published is None else int(published.timestamp()),
        day=None if published is None else published.toordinal(),
        year=None if published is None else published.year,
        duration=episode.duration,
        first_copy=first_copy,
        traits=(*_traits(episode, podcast.podcast, spoken), *((LATER,) if is_later else ())),
    )


def spoken_document(
    stored: StoredEpisode,
    podcast: StoredPodcast,
    passages: Iterable[Passage],
    language: str | None,
    spoken: Spoken = NOTHING_SAID,
) -> SpokenDocument:
    """What is searched of the ``passages`` of an episode; ``language`` is that of its transcript, if it tells."""
    published = stored.episode.published
    return SpokenDocument(
        row=stored.row,
        podcast_row=stored.podcast_row,
        language=primary_language(language or language_of(stored, podcast)),
        published=None if published is None else int(published.timestamp()),
        day=None if published is None else published.toordinal(),
        duration=stored.episode.duration,
        traits=_traits(stored.episode, podcast.podcast, spoken),
        passages=tuple(text for passage in passages for text in passage_texts(passage)),
    )


def passage_texts(passage: Passage) -> Iterator[PassageText]:
    """What is searched of a passage, and if several speak in it, of what each of them says."""
    voices = passage.voices()
    yield replace(passage_text(passage), is_mixed=bool(voices))
    yield from map(passage_text, voices)


def passage_text(passage: Passage) -> PassageText:
    """What is searched of a passage."""
    speakers = dict.fromkeys(cue.speaker for cue in passage.own if cue.speaker)
    text = _prepared(joined(cue.text for cue in passage.own))
    return PassageText(passage.place, text, joined_words(text), _names(speakers))


def podcast_document(stored: StoredPodcast, repeated: Iterable[str] = ()) -> PodcastDocument:
    """What is searched of a podcast; ``repeated`` are sentences of its episodes that are in many of them."""
    podcast = stored.podcast
    title = _prepared(podcast.title)
    description = _prepared(html_to_text(podcast.description) if podcast.description else None)
    categories = _each_prepared((*podcast.categories, *podcast.keywords))
    again = _each_prepared(repeated)
    return PodcastDocument(
        row=stored.row,
        title=title,
        called=name_keys(podcast.title) if podcast.title else (),
        description=description,
        title_joined=(*joined_words(title), *pairs(title)),
        joined=_joined_words(description, *categories, *again),
        repeated=again,
        people=_names((podcast.author, *(person.name for person in podcast.people))),
        categories=categories,
        language=primary_language(podcast.language),
        traits=_explicit(podcast.explicit),
    )


def language_of(stored: StoredEpisode, podcast: StoredPodcast) -> str | None:
    """The language of an episode, BCP 47: as its text tells, else as declared of it, else of its show."""
    declared = stored.episode.language or podcast.podcast.language
    detected = stored.episode.detected_language
    # What is declared may name the region too.
    return declared if detected in (None, primary_language(declared)) else detected


def _traits(episode: Episode, podcast: Podcast, spoken: Spoken) -> tuple[str, ...]:
    is_explicit = podcast.explicit if episode.explicit is None else episode.explicit
    has = (("has:transcript", spoken.transcript), ("has:chapters", spoken.chapters))
    # Without a type it is a whole one: https://podcasters.apple.com/support/1691-apple-podcasts-rss-tags
    return (
        f"type:{episode.type or 'full'}",
        *_explicit(is_explicit),
        *(trait for trait, value in has if value),
    )


def _explicit(is_explicit: bool | None) -> tuple[str, ...]:
    return () if is_explicit is None else ("explicit:yes" if is_explicit else "explicit:no",)


def _cues(spoken: Spoken) -> tuple[Cue, ...]:
    return spoken.transcript.cues if spoken.transcript else ()


def _each_prepared(texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(prepare(text) for text in texts if text)


def _joined_words(*texts: str) -> tuple[str, ...]:
    return tuple(chain(*map(joined_words, texts)))


def _names(names: Iterable[str | None]) -> tuple[str, ...]:
    """Each name, and as those write it who leave its signs out."""
    told = [name for name in names if name]
    return _each_prepared((*told, *map(without_signs, told)))


def _prepared(text: str | None) -> str:
    return prepare(text[:TEXT_CHARACTERS]) if text else ""

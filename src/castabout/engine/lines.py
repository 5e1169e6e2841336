"""Stored values as the lines of a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from castabout.engine.castabout import Castabout
from castabout.fetch import without_credentials
from castabout.fetch.private import open_link
from castabout.index.document import language_of
from castabout.model.answers import CopyLine, EpisodeLine, PodcastLine, Span
from castabout.model.feed import Episode
from castabout.model.labels import NO_LABELS, Labels
from castabout.model.library import StoredEpisode, StoredPodcast
from castabout.store import copies, episodes, labels, podcasts, statistics
from castabout.text.extract import more, summary
from castabout.text.html import html_to_text
from castabout.text.language import primary_language
from castabout.text.matching import Needle, find
from castabout.text.repeats import NOTHING_REPEATED, Repeats, repeated_among, sentences

UNTITLED = "Untitled"


def podcast_line(stored: StoredPodcast) -> PodcastLine:
    """A podcast as a line."""
    podcast = stored.podcast
    return PodcastLine(
        id=stored.id,
        title=podcast.title or UNTITLED,
        author=podcast.author,
        link=open_link(podcast.link),
        image=podcast.image and without_credentials(podcast.image),
        language=podcast.language,
        episodes_total=stored.episodes,
    )


def episode_line(
    stored: StoredEpisode,
    podcast: StoredPodcast,
    needles: Iterable[Needle] = (),
    labels: Labels = NO_LABELS,
    repeats: Repeats = NOTHING_REPEATED,
) -> EpisodeLine:
    """An episode as a line, with ``needles`` marked in the extract of its notes.

    The extract is not of what its show ``repeats`` in every episode, if there is another match.
    """
    episode = stored.episode
    language = language_of(stored, podcast)
    text, spans = _found(episode, tuple(needles), primary_language(language))
    best = _first_of_its_own(episode, text, spans, repeats) if spans and repeats.counts else None
    return EpisodeLine(
        id=stored.id,
        title=episode.title or UNTITLED,
        podcast=podcast_line(podcast),
        language=language,
        published=episode.published,
        duration=episode.duration,
        summary=summary(text, spans, best=best),
        more=more(text, spans),
        tags=labels.tags,
        people=labels.people,
        enclosure=episode.enclosures[0] if episode.enclosures else None,
        link=open_link(episode.link) or open_link(podcast.podcast.link),
    )


def _found(episode: Episode, needles: Sequence[Needle], language: str | None) -> tuple[str, tuple[Span, ...]]:
    """The text to show and where ``needles`` are in it: the notes, unless the subtitle alone has them."""
    notes = " ".join(html_to_text(episode.notes).split()) if episode.notes else ""
    spans = find(notes, needles, language)
    if not spans and episode.subtitle and (in_subtitle := find(episode.subtitle, needles, language)):
        return episode.subtitle, in_subtitle
    return notes, spans


def _first_of_its_own(episode: Episode, text: str, spans: Sequence[Span], repeats: Repeats) -> Span | None:
    """The first of ``spans`` that is in no sentence which the show repeats."""
    there = sentences(html_to_text(episode.notes or ""))
    covered: list[Span] = []
    at = 0
    for sentence in repeated_among(there, repeats):
        plain = " ".join(sentence.split())
        if (begin := text.find(plain, at)) >= 0:
            at = begin + len(plain)
            covered.append(Span(begin, at))
    own = (span for span in spans if not any(one.start <= span.start < one.end for one in covered))
    return next(own, None)


def lines_of(castabout: Castabout, rows: Sequence[int], needles: Sequence[Needle]) -> tuple[EpisodeLine, ...]:
    """The episodes with these rows, in this order; those that are gone meanwhile are left out."""
    lines = lines_by_row(castabout, rows, needles)
    return tuple(lines[row] for row in rows if row in lines)


def lines_by_row(
    castabout: Castabout, rows: Sequence[int], needles: Sequence[Needle]
) -> dict[int, EpisodeLine]:
    """The same by row."""
    stored = episodes.by_rows(castabout.store, rows)
    owners = podcasts.by_rows(castabout.store, {episode.podcast_row for episode in stored.values()})
    of = labels.of_episodes(castabout.store, stored)
    shows = statistics.of_shows(castabout.store, owners) if needles else {}
    lines = {
        row: episode_line(
            episode,
            owners[episode.podcast_row],
            needles,
            of[row],
            shows[episode.podcast_row].repeats if shows else NOTHING_REPEATED,
        )
        for row, episode in stored.items()
    }
    return lines | {row: replace(lines[row], also_in=also) for row, also in also_in(castabout, rows).items()}


def also_in(castabout: Castabout, rows: Sequence[int]) -> dict[int, tuple[CopyLine, ...]]:
    """The copies of these episodes, of each that has some; private ones only where they are shown."""
    found = copies.of_episodes(castabout.store, rows)
    owners = podcasts.by_rows(castabout.store, {one.podcast_row for one in chain(*found.values())})
    return {
        row: tuple(
            _copy_line(one, owners[one.podcast_row])
            for one in some
            if castabout.shows_private or not owners[one.podcast_row].is_private
        )
        for row, some in found.items()
    }


def _copy_line(stored: StoredEpisode, podcast: StoredPodcast) -> CopyLine:
    episode = stored.episode
    return CopyLine(
        id=stored.id,
        title=episode.title or UNTITLED,
        podcast=podcast_line(podcast),
        published=episode.published,
        enclosure=episode.enclosures[0] if episode.enclosures else None,
    )

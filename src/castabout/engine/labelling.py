"""Labels of episodes as they are indexed: what their shows repeat taken out, tags and people found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby

from castabout.engine.castabout import Castabout
from castabout.engine.tags import Known, tags
from castabout.index.document import Cleaned, language_of
from castabout.model.labels import Labels, NamedPerson, WordCounts
from castabout.model.library import StoredEpisode, StoredPodcast
from castabout.model.transcript import Spoken
from castabout.store import episodes, labels, podcasts, statistics
from castabout.store.labels import name_key
from castabout.store.statistics import ShowRepeats
from castabout.text.fold import fold
from castabout.text.html import html_to_text
from castabout.text.joined import joined
from castabout.text.language import primary_language
from castabout.text.people import MOST, named_people
from castabout.text.repeats import Kind, Repeats, alike, counted, is_long, sentences
from castabout.text.stopwords import stop_words
from castabout.text.terms import MOST_CHARACTERS, Terms, terms, words
from castabout.text.written import counted_words

#: Of a smaller library all episodes are looked at for how common words are, of a larger one so many and some.
SAMPLE = 1_000
_SAMPLED_CHARACTERS = 1_500
#: Of the notes so many characters are looked at for people.
_NOTES_CHARACTERS = 20_000
#: So many sentences of an episode are counted.
_COUNTED = 2_000
#: Sentences of the notes in which terms are looked for.
_SENTENCES = 200
#: What is said in passing counts less than what is written.
_SAID = 0.15
_SAID_LEAST = 3 * _SAID
#: When a show begins to repeat something, so many of its last episodes may have it too.
_AGAIN = 20
#: With so many episodes a show is known so well that few more tell little.
_KNOWN_WELL = 20
#: Longer keywords are lists whose words stand for themselves.
_KEYWORD_WORDS = 5


_SUBTITLE = re.compile(r" [-–—|] |: ")
#: How titles number episodes.
_NUMBERED = re.compile(r"(?:^#?|[Ee]p(?:isode|\.)? ?#?|#|[Ff]olge |[Nn]r\.? ?)(\d{1,5})\b")


@dataclass(slots=True)
class Draft:
    """An episode on its way to its labels."""

    stored: StoredEpisode
    podcast: StoredPodcast
    language: str | None
    text: str
    sentences: Sequence[str]
    #: The same as they are compared.
    alike: Sequence[str]
    #: Each keyword, or its words, as they are compared.
    keywords: Mapping[str, Sequence[str]]
    #: Without what the show repeats.
    notes: str = ""
    kept_keywords: tuple[str, ...] = ()
    #: Terms that its show repeats.
    unwanted: frozenset[str] = frozenset()
    terms: Terms = field(default_factory=lambda: Terms({}, {}))

    def searched(self, found: Labels) -> Cleaned:
        """What is searched of it."""
        return Cleaned(self.notes, self.kept_keywords, tuple(person.name for person in found.people))


class Labelling:
    """One run of the indexer: what is known of words and shows is read once, and kept up as episodes come."""

    def __init__(self, castabout: Castabout) -> None:
        self._store = castabout.store
        self._words: dict[str, WordCounts] = {}
        #: Rows of podcasts that repeat other things than before.
        self.repeating: set[int] = set()

    def sample(self, rows: Iterable[int]) -> None:
        """Count the words of some of the episodes with these rows, of those that are new."""
        last = statistics.last_sampled(self._store)
        new = sorted(row for row in rows if row > last)
        if not new:
            return
        chosen = new[:: max(1, new[-1] // SAMPLE)]
        found: dict[str, list[set[str]]] = {}
        stored = episodes.by_rows(self._store, chosen)
        owners = podcasts.by_rows(self._store, {one.podcast_row for one in stored.values()})
        for one in stored.values():
            language = _language(one, owners[one.podcast_row])
            text = html_to_text((one.episode.notes or "")[:_SAMPLED_CHARACTERS])
            of_episode = counted_words(one.episode.title or "", text, language)
            found.setdefault(language or "", []).append(of_episode)
        self._words = {language: self._counted(language, sets) for language, sets in found.items()}
        statistics.write_words(self._store, self._words, last_row=new[-1])

    def _counted(self, language: str, sets: Sequence[set[str]]) -> WordCounts:
        before = statistics.word_counts(self._store, language)
        counts = Counter(before.counts or {})
        for one in sets:
            counts.update(one)
        return WordCounts(before.episodes + len(sets), dict(counts))

    def _word_counts(self, language: str | None) -> WordCounts:
        name = language or ""
        if name not in self._words:
            self._words[name] = statistics.word_counts(self._store, name)
        return self._words[name]

    def drafts(
        self, stored: Mapping[int, StoredEpisode], owners: Mapping[int, StoredPodcast]
    ) -> dict[int, Draft]:
        """Episodes without what their shows repeat; what is new in them is counted."""
        drafts = {row: _draft(one, owners[one.podcast_row]) for row, one in stored.items()}
        shows = statistics.of_shows(self._store, owners)
        written: dict[int, ShowRepeats] = {}
        again: list[tuple[int, int]] = []
        for podcast_row, group in groupby(
            sorted(drafts.values(), key=lambda draft: (draft.stored.podcast_row, draft.stored.row)),
            key=lambda draft: draft.stored.podcast_row,
        ):
            of_show = list(group)
            before = shows[podcast_row]
            new = [draft for draft in of_show if draft.stored.row > before.last_row]
            old = of_show[: len(of_show) - len(new)]
            repeats = _counted(before.repeats, new, old)
            if new:
                after, count = _after(before, repeats, new[-1].stored.row)
                written[podcast_row] = after
                if count:
                    again.append((podcast_row, count))
                if count or not before.labelled:
                    self.repeating.add(podcast_row)
        statistics.write_shows(self._store, written, again=again)
        return drafts

    def labels(self, draft: Draft, spoken: Spoken) -> Labels:
        """Tags and people of an episode."""
        found = draft.terms
        if spoken.transcript or spoken.chapters:
            found = Terms(dict(found.names), found.words)
            for term, weight in _said(spoken, draft.language).without(draft.unwanted).names.items():
                found.names[term] = found.names.get(term, 0) + weight
        people = people_of(draft.stored, draft.podcast, draft.text, draft.language)
        known = Known(
            draft.language,
            self._word_counts(draft.language),
            _show_words(draft),
            people=_name_words(people, spoken),
            number=_number(draft),
        )
        keywords = draft.kept_keywords
        if draft.unwanted and keywords:
            both = zip(keywords, alike(list(map(fold, keywords))), strict=True)
            keywords = tuple(keyword for keyword, plain in both if plain not in draft.unwanted)
        chosen = tags(found, keywords, known)
        return Labels(chosen, people)

    def write(self, found: Mapping[int, Labels]) -> None:
        """Keep these labels."""
        labels.write(self._store, found)


def people_of(
    stored: StoredEpisode, podcast: StoredPodcast, text: str, language: str | None
) -> tuple[NamedPerson, ...]:
    """Who is in an episode: as its feed says, and as its title and its notes do."""
    told = stored.episode.people or podcast.podcast.people
    found: dict[str, NamedPerson] = {}
    for person in told:
        found.setdefault(name_key(person.name), NamedPerson(person.name, person.role or "host"))
    for named in named_people(stored.episode.title or "", text[:_NOTES_CHARACTERS], language):
        found.setdefault(name_key(named.name), named)
    found.pop("", None)
    return tuple(found.values())[:MOST]


def _name_words(people: Iterable[NamedPerson], spoken: Spoken) -> frozenset[str]:
    names = {person.name for person in people}
    if spoken.transcript:
        names.update(cue.speaker for cue in spoken.transcript.cues if cue.speaker)
    return frozenset(word for name in names for word in name.lower().split())


def _language(stored: StoredEpisode, podcast: StoredPodcast) -> str | None:
    return primary_language(language_of(stored, podcast))


def _draft(stored: StoredEpisode, podcast: StoredPodcast) -> Draft:
    episode = stored.episode
    text = html_to_text(episode.notes) if episode.notes else ""
    parts = sentences(text) if text else []
    keywords = {keyword: _keyword_parts(keyword) for keyword in episode.keywords}
    return Draft(stored, podcast, _language(stored, podcast), text, parts, alike(parts), keywords)


@lru_cache(maxsize=4_096)
def _keyword_parts(keyword: str) -> Sequence[str]:
    plain = alike([fold(keyword)])[0].split()
    return plain if len(plain) >= _KEYWORD_WORDS else [" ".join(plain)]


def _counted(before: Repeats, new: Sequence[Draft], old: Sequence[Draft]) -> Repeats:
    """What a show repeats, now that there are ``new`` episodes; it is taken out of them and of the ``old`` ones."""
    every = [*new, *old]
    episodes = before.episodes + len(new)

    def repeated(kind: Kind, of: Callable[[Draft], Collection[str]]) -> frozenset[str]:
        nonlocal before
        both = ([found for draft in drafts if (found := of(draft))] for drafts in (new, old))
        before, strings = counted(before, kind, *both, episodes=episodes)
        return strings

    sentences = repeated(Kind.SENTENCE, _long_ones)
    taken_out: dict[str, str] = {}
    for draft in every:
        _take_out(draft, sentences, taken_out)
    keywords = repeated(Kind.KEYWORD, _keyword_strings)
    for draft in every:
        _without_keywords(draft, keywords)
    # Names of sponsors are no tags where they stand by themselves either.
    unwanted = keywords.union(alike(list(terms("", list(taken_out.values()), every[0].language).names)))
    unwanted |= repeated(Kind.TERM, _term_strings)
    if unwanted:
        for draft in every:
            draft.terms = draft.terms.without(unwanted)
            draft.unwanted = unwanted
    return before


def _long_ones(draft: Draft) -> Collection[str]:
    return set(filter(is_long, draft.alike[:_COUNTED]))


def _keyword_strings(draft: Draft) -> Collection[str]:
    return frozenset().union(*draft.keywords.values()) if draft.keywords else ()


def _term_strings(draft: Draft) -> Collection[str]:
    return set(alike([*draft.terms.names, *draft.terms.words]))


def _take_out(draft: Draft, repeated: frozenset[str], taken_out: dict[str, str]) -> None:
    """Take what is repeated out of the notes, into ``taken_out``, and find the terms of what is left."""
    kept = draft.sentences
    draft.notes = draft.text
    if not repeated.isdisjoint(draft.alike):
        kept = []
        for sentence, plain in zip(draft.sentences, draft.alike, strict=True):
            if plain in repeated:
                taken_out.setdefault(plain, sentence)
            else:
                kept.append(sentence)
        draft.notes = "\n".join(kept)
    title = (draft.stored.episode.title or "").replace(_short(draft.podcast.podcast.title), "")
    draft.terms = terms(title, kept[:_SENTENCES], draft.language)


def _without_keywords(draft: Draft, repeated: frozenset[str]) -> None:
    if repeated:
        kept = (_kept(keyword, parts, repeated) for keyword, parts in draft.keywords.items())
        draft.kept_keywords = tuple(keyword for keyword in kept if keyword)
    else:
        draft.kept_keywords = tuple(draft.keywords)


def _kept(keyword: str, parts: Sequence[str], repeated: frozenset[str]) -> str:
    if len(parts) == 1:
        return "" if parts[0] in repeated else keyword
    return " ".join(part for part in parts if part not in repeated)


def _after(before: ShowRepeats, repeats: Repeats, last_row: int) -> tuple[ShowRepeats, int]:
    """What is known of a show afterwards, and how many of its episodes before are to be labelled again."""
    after = ShowRepeats(repeats, last_row, before.labelled)
    growth = 2 if before.labelled < _KNOWN_WELL else 4
    if repeats.episodes >= growth * before.labelled:
        return replace(after, labelled=repeats.episodes), before.repeats.episodes
    return after, _AGAIN if _repeats_more(before.repeats, repeats) else 0


def _repeats_more(before: Repeats, after: Repeats) -> bool:
    """Whether anything is repeated that was not."""
    least = after.least(Kind.SENTENCE)
    known = before.least(Kind.SENTENCE)
    return any(count >= least and before.counts.get(key, 0) < known for key, count in after.counts.items())


@lru_cache(maxsize=256)
def _words_of(title: str, language: str | None) -> frozenset[str]:
    return frozenset(words(fold(title))) - stop_words(language)


@lru_cache(maxsize=256)
def _short(title: str | None) -> str:
    """What episodes call their show, which is no news in their titles; a blank for one without a name."""
    return _SUBTITLE.split(title or "", maxsplit=1)[0].strip() or " "


def _number(draft: Draft) -> str | None:
    episode = draft.stored.episode
    if episode.number is not None:
        return f"{episode.number:g}"
    match = _NUMBERED.search(episode.title or "")
    return match[1] if match else None


def _show_words(draft: Draft) -> frozenset[str]:
    return _words_of(draft.podcast.podcast.title or "", draft.language)


def _said(spoken: Spoken, language: str | None) -> Terms:
    """Terms of what is said, and of the titles of chapters."""
    found: dict[str, float] = {}
    if spoken.transcript:
        text = joined(cue.text for cue in spoken.transcript.cues)[:MOST_CHARACTERS]
        for term, weight in terms("", sentences(text), language).names.items():
            if weight * _SAID >= _SAID_LEAST:
                found[term] = min(weight * _SAID, 2.0)
    if spoken.chapters:
        titles = [chapter.title for chapter in spoken.chapters]
        for term, weight in terms("", titles, language).names.items():
            found[term] = found.get(term, 0) + weight
    return Terms(found, {})

"""The fields and how text is cut into words.

An episode is a document with the field ``episode``, a podcast one with
``podcast_itself``; they share no searched field, so that no query needs to
say which of them it means.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tantivy import (
    Document,
    Filter,
    Index,
    Query,
    Schema,
    SchemaBuilder,
    TextAnalyzer,
    TextAnalyzerBuilder,
    Tokenizer,
)

from castabout.index.document import EpisodeDocument, PodcastDocument, SpokenDocument
from castabout.model.passage import Kind, Place
from castabout.text.beginnings import LONGEST
from castabout.text.matching import STEMMED_LANGUAGES

#: Raise it when anything here changes: the index is then built anew from the store.
VERSION = 12

#: What a word without its signs is worth in fields of these: little, since the words beside it are there too.
JOINED_FIELD = 0.02
#: Searched fields of an episode and what a match in each is worth; weighed on the judged queries of
#: `bench/relevance`. Titles count for more than that: see below.
EPISODE_FIELDS = {
    "title": 2.0,
    "notes": 1.0,
    "keywords": 1.0,
    "people": 2.0,
    "speakers": 1.0,
    "chapters": 2.0,
    "transcript": 1.0,
    "title_joined": JOINED_FIELD,
    "joined": JOINED_FIELD,
    "transcript_joined": JOINED_FIELD,
}
#: Those of them that tell what is said.
SPOKEN = ("transcript", "transcript_joined")
#: What it is worth that a word has none of the signs that were typed in it.
JOINED_WEIGHT = 0.5
#: What a match of another form of the word is worth, in all of the text.
STEM_WEIGHT = 0.15
PODCAST_FIELDS = {
    "podcast_title": 4.0,
    "podcast_people": 2.0,
    "podcast_categories": 1.5,
    "podcast_description": 1.0,
    "podcast_title_joined": JOINED_FIELD,
    "podcast_joined": JOINED_FIELD,
    "podcast_repeated": 0.1,
}

#: What it is worth to be called just as was asked, to have the words in the title in a row, to have all of them
#: there: each more than all that is worth less together.
CALLED_WEIGHT, IN_A_ROW_WEIGHT, IN_TITLE_WEIGHT = 2_000.0, 1_000.0, 500.0
#: To have just these words there, without or with the signs that were typed: on top of that.
JUST_IN_TITLE_WEIGHT = 50.0

SAID = {"said": 1.0}
SAID_JOINED = {"said_joined": JOINED_FIELD}
SAID_STEM_WEIGHT = 0.15
#: Where words are looked for too that need not all be said.
SPEAKERS = {"speakers": 2.0}

#: Fields with the names of persons, looked at when a person is asked for.
PERSONS = {"people": 2.0, "speakers": 1.0}
#: Fields whose values are taken as they are.
_RAW = ("called", "traits", "podcast_called", "podcast_language", "podcast_traits")
#: The columns of a `Place`.
PLACE = ("kind", "first", "count", "at", "length", "by")
#: Passages of several speakers, and what each of these says: one or the other is left out of each search.
MIXED, VOICE = "mixed", "voice"
_KINDS = tuple(Kind)

EXACT = "exact"
#: The analyzer of names: all that they begin with, behind the mark.
BEGINNINGS = "beginnings"
MARK = 3
#: Words longer than this are noise (encoded data), not words.
_WORD_BYTES = 200
#: Shorter words are taken as they are; up to this length one letter may be wrong, beyond it two.
_SHORT, _ONE_WRONG = 3, 5
#: Room for the row below the seconds in the sort key `newness`.
_ROW_BITS = 31
_LAST_ROW = (1 << _ROW_BITS) - 1


def stem_field(language: str) -> str:
    """The field of the stems of one language, which is also the name of its analyzer."""
    return f"stems_{language}"


@cache
def analyzer(name: str) -> TextAnalyzer:
    """Words in lower case without accents; of a stem field, stemmed before the accents go; or `BEGINNINGS`."""
    if name == BEGINNINGS:
        return TextAnalyzerBuilder(Tokenizer.ngram(MARK + 1, MARK + LONGEST, prefix_only=True)).build()
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    builder = builder.filter(Filter.remove_long(_WORD_BYTES)).filter(Filter.lowercase())
    if name != EXACT:
        builder = builder.filter(Filter.stemmer(STEMMED_LANGUAGES[name.removeprefix("stems_")]))
    return builder.filter(Filter.ascii_fold()).build()


@cache
def schema() -> Schema:
    """All fields. Fast ones are columns, read by aggregations and sorting."""
    builder = SchemaBuilder()
    # Signed, since tantivy-py makes a signed term of a number: it would delete nothing of an unsigned field.
    builder.add_integer_field("episode", indexed=True, fast=True)
    builder.add_integer_field("podcast_itself", indexed=True, fast=True)
    builder.add_integer_field("podcast", indexed=True, fast=True)
    builder.add_unsigned_field("newness", fast=True)
    builder.add_integer_field("day", fast=True)
    builder.add_integer_field("year", fast=True)
    builder.add_integer_field("duration", fast=True)
    builder.add_integer_field("first_copy", indexed=True, fast=True)
    builder.add_text_field("language", fast=True, tokenizer_name="raw", index_option="basic")
    for name in _RAW:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in (*EPISODE_FIELDS, *PODCAST_FIELDS):
        builder.add_text_field(name, tokenizer_name=EXACT)
    for language in STEMMED_LANGUAGES:
        builder.add_text_field(stem_field(language), tokenizer_name=stem_field(language))
    return builder.build()


@cache
def moments_schema() -> Schema:
    """All fields of passages, which are in an index of their own."""
    builder = SchemaBuilder()
    builder.add_integer_field("episode", indexed=True, fast=True)
    builder.add_integer_field("podcast", indexed=True, fast=True)
    for name in PLACE:
        builder.add_integer_field(name, fast=True)
    builder.add_unsigned_field("newness", fast=True)
    builder.add_integer_field("day", fast=True)
    builder.add_integer_field("duration", fast=True)
    builder.add_text_field("language", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("traits", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("share", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("speakers", tokenizer_name=EXACT)
    for name in (*SAID, *SAID_JOINED):
        builder.add_text_field(name, tokenizer_name=EXACT)
    for language in STEMMED_LANGUAGES:
        builder.add_text_field(stem_field(language), tokenizer_name=stem_field(language))
    return builder.build()


def nearly(schema: Schema, field: str, word: str, letters: int) -> Query:
    """What has ``word``, analysed, in ``field``, but for ``letters``; of short words fewer may be wrong."""
    if len(word) <= _SHORT:
        return Query.term_query(schema, field, word, "basic")
    return Query.fuzzy_term_query(
        schema, field, word, distance=min(letters, 1 if len(word) <= _ONE_WRONG else 2)
    )


def register_analyzers(index: Index) -> None:
    """An index opened from disk knows its analyzers by name only."""
    for name in (EXACT, BEGINNINGS, *map(stem_field, STEMMED_LANGUAGES)):
        index.register_tokenizer(name, analyzer(name))


def newness(published: int | None, row: int) -> int:
    """A sort key that is the same in every build of the index.

    Newest first; of equal dates, and among the undated at the end, the one
    that the store met first.
    """
    return (max(published or 0, 0) << _ROW_BITS) | (_LAST_ROW - row)


def published_in(newness: int) -> int:
    """The time in a sort key, seconds since 1970; 0 for the undated."""
    return newness >> _ROW_BITS


def episode_fields(episode: EpisodeDocument) -> Document:
    """An episode as Tantivy takes it. Unknown values are left out."""
    document = Document()
    document.add_integer("episode", episode.row)
    document.add_integer("podcast", episode.podcast_row)
    document.add_unsigned("newness", newness(episode.published, episode.row))
    if episode.day is not None and episode.year is not None:
        document.add_integer("day", episode.day)
        document.add_integer("year", episode.year)
    if episode.duration is not None:
        document.add_integer("duration", episode.duration)
    if episode.first_copy is not None:
        document.add_integer("first_copy", episode.first_copy)
    document.add_text("title", episode.title)
    if episode.called:
        document.add_text("called", episode.called)
    _add_each(document, "notes", (episode.notes, episode.subtitle) if episode.subtitle else (episode.notes,))
    _add_each(document, "keywords", episode.keywords)
    _add_each(document, "people", episode.people)
    _add_each(document, "speakers", episode.speakers)
    _add_each(document, "traits", episode.traits)
    _add_each(document, "chapters", episode.chapters)
    if episode.transcript:
        document.add_text("transcript", episode.transcript)
    _add_each(document, "title_joined", episode.title_joined)
    _add_each(document, "joined", episode.joined)
    _add_each(document, "transcript_joined", episode.transcript_joined)
    if episode.language:
        document.add_text("language", episode.language)
        if episode.language in STEMMED_LANGUAGES:
            _add_each(document, stem_field(episode.language), episode.texts)
    return document


def passage_fields(spoken: SpokenDocument) -> Iterator[Document]:
    """The passages of an episode as Tantivy takes them."""
    stems = stem_field(spoken.language) if spoken.language in STEMMED_LANGUAGES else None
    for passage in spoken.passages:
        document = Document()
        document.add_integer("episode", spoken.row)
        document.add_integer("podcast", spoken.podcast_row)
        place = passage.place
        document.add_integer("kind", _KINDS.index(place.kind))
        document.add_integer("first", place.first)
        document.add_integer("count", place.count)
        if place.length is not None:
            document.add_integer("at", place.at)
            document.add_integer("length", place.length)
        if place.by is not None:
            document.add_integer("by", place.by)
            document.add_text("share", VOICE)
        elif passage.is_mixed:
            document.add_text("share", MIXED)
        document.add_unsigned("newness", newness(spoken.published, spoken.row))
        if spoken.day is not None:
            document.add_integer("day", spoken.day)
        if spoken.duration is not None:
            document.add_integer("duration", spoken.duration)
        if spoken.language:
            document.add_text("language", spoken.language)
        _add_each(document, "traits", spoken.traits)
        _add_each(document, "speakers", passage.speakers)
        document.add_text("said", passage.text)
        _add_each(document, "said_joined", passage.joined)
        if stems:
            document.add_text(stems, passage.text)
        yield document


def place_of(kind: int, first: int, count: int, at: int | None, length: int | None, by: int | None) -> Place:
    """The place that columns tell, in the order of `PLACE`."""
    return Place(_KINDS[kind], first, count, at or 0, length, by)


def podcast_fields(podcast: PodcastDocument) -> Document:
    """A podcast as Tantivy takes it."""
    document = Document()
    document.add_integer("podcast_itself", podcast.row)
    document.add_text("podcast_title", podcast.title)
    _add_each(document, "podcast_called", podcast.called)
    document.add_text("podcast_description", podcast.description)
    _add_each(document, "podcast_title_joined", podcast.title_joined)
    _add_each(document, "podcast_joined", podcast.joined)
    _add_each(document, "podcast_repeated", podcast.repeated)
    _add_each(document, "podcast_people", podcast.people)
    _add_each(document, "podcast_categories", podcast.categories)
    _add_each(document, "podcast_traits", podcast.traits)
    if podcast.language:
        document.add_text("podcast_language", podcast.language)
    return document


def _add_each(document: Document, field: str, texts: tuple[str, ...]) -> None:
    for text in texts:
        document.add_text(field, text)

"""Moments over generated passages: a two-word query by episode against bare Tantivy, indexing, the topic page.

    ./run bench moments [--passages 5000000] [--rounds 15]

Query: `Index.moments`, that is the first twenty episodes, the best three passages of each and all counts. Tantivy:
the same two words, both in the exact words or in their other forms, its best twenty and their number, nothing
else. Three pairs of words, by the part of all passages that has each of them.

Indexing: whole episodes, that is passages and the transcript for topics; megabytes of spoken text for each second
of processor time, of all threads, preparing included. FTS5: the same passages and speakers, once. The talk is that
of the real transcripts beside the project, else generated. Storing: the same, with the files that it was read in.

Topic page: as HTML and as JSON, of two libraries with the same episodes, with what is said in them and without.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tantivy import Occur, Query, Searcher

from bench.generated import EPISODES_PER_PODCAST, KEPT, NOW, ROOT, fill, vocabulary
from castabout.assemble import assemble
from castabout.config import load_settings
from castabout.engine.castabout import Castabout
from castabout.engine.indexing import catch_up
from castabout.engine.passages import passages
from castabout.engine.spoken_file import read_transcript
from castabout.engine.topic import LATEST_EPISODES, topic_page
from castabout.index.document import (
    Document,
    PassageText,
    SpokenDocument,
    episode_document,
    passage_text,
    spoken_document,
)
from castabout.index.tantivy import TantivyIndex
from castabout.index.tantivy.schema import analyzer, moments_schema, stem_field
from castabout.model.answers import TopicPage
from castabout.model.feed import Episode, Podcast
from castabout.model.library import StoredEpisode, StoredPodcast
from castabout.model.passage import Kind, Place
from castabout.model.transcript import Cue, Spoken, Transcript
from castabout.query.parser import parse, parse_topic
from castabout.render.json import topic_json
from castabout.store import spoken
from castabout.store.packing import pack, pack_raw
from castabout.text.joined import joined
from castabout.web.pages.topic import render_topic

#: Of an episode, which has as many passages.
_MINUTES = 50
#: People say twice as many in that time. How long a search takes depends on how many passages have a word.
_CUE_WORDS = 6
_CUE_SECONDS = 5.0
_CUES_A_MINUTE = 12
_POOL = 100_000
_FIRST_PUBLISHED = 1_000_000_000
#: Parts of all passages that have a word; two such words are asked for.
_PAIRS = (0.002, 0.02, 0.2)
_TOPIC_EPISODES = (400, 20_000)
#: Of them, these first and those on the topic page have a transcript.
_TALKS = 400


def main() -> None:
    """Build what is missing, measure in turn, print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    KEPT.mkdir(exist_ok=True)
    kept = _real_talk()
    if not kept:
        sys.stderr.write("bench: no transcripts beside the project; the talk is generated\n")
        talk = Talk(random.Random(1))
        kept = [(b"", talk.spoken()) for _ in range(300)]
    _measure_storing(kept)
    _measure_indexing([spoken for _, spoken in kept], rounds=3)
    _measure_queries(Talk(random.Random(1)), options.passages, options.rounds)
    for episodes in _TOPIC_EPISODES:
        _measure_topic(Talk(random.Random(1)), episodes, options.rounds)


class Talk:
    """Generated speech: cues of a pool of real words, as unevenly distributed as in real speech."""

    def __init__(self, chance: random.Random) -> None:
        """``chance`` decides everything."""
        self._chance = chance
        vocab = vocabulary()
        # Nobody speaks all languages at once.
        self.words = tuple(filter(str.isascii, vocab.words))
        weights = vocab.weights[: len(self.words)]
        pool = (chance.choices(self.words, cum_weights=weights, k=_CUE_WORDS) for _ in range(_POOL))
        self._pool = list(map(" ".join, pool))

    def spoken(self) -> Spoken:
        """What is said in an episode by two people in turn."""
        texts = self._chance.choices(self._pool, k=_MINUTES * _CUES_A_MINUTE)
        cues = (
            Cue(text, at * _CUE_SECONDS, (at + 1) * _CUE_SECONDS, ("Ada", "Bo")[at // 24 % 2])
            for at, text in enumerate(texts)
        )
        return Spoken(Transcript(tuple(cues)))

    def passage(self, number: int) -> PassageText:
        """A minute of that, as an index sees it, without the way there."""
        text = " ".join(self._chance.choices(self._pool, k=_CUES_A_MINUTE))
        place = Place(Kind.SPEECH, number * _CUES_A_MINUTE, _CUES_A_MINUTE)
        return PassageText(place, text, (), (("Ada", "Bo")[number // 2 % 2],))


def _spoken_documents(talk: Talk, episodes: int) -> Iterator[SpokenDocument]:
    for row in range(1, episodes + 1):
        published = _FIRST_PUBLISHED + row * 3600
        yield SpokenDocument(
            row=row,
            podcast_row=row // EPISODES_PER_PODCAST + 1,
            language="en",
            published=published,
            day=datetime.fromtimestamp(published, UTC).toordinal(),
            duration=None,
            traits=(),
            passages=tuple(map(talk.passage, range(_MINUTES))),
        )


def _documents(said: Iterable[Spoken]) -> Iterator[tuple[Document, Document]]:
    show = Podcast(title="A show", language="en")
    podcast = StoredPodcast(row=1, id="1", source="", podcast=show, added=NOW, episodes=1)
    for row, one in enumerate(said, start=1):
        published = datetime.fromtimestamp(_FIRST_PUBLISHED + row * 3600, UTC)
        episode = StoredEpisode(
            row=row,
            id=str(row),
            podcast_row=row // EPISODES_PER_PODCAST + 1,
            episode=Episode(key=str(row), title=f"Episode {row}", published=published),
        )
        yield (
            episode_document(episode, podcast, one),
            spoken_document(episode, podcast, passages(one), "en"),
        )


def _real_talk() -> list[tuple[bytes, Spoken]]:
    files = sorted((ROOT.parent / "shared" / "data" / "transcripts").glob("practicalai/*.md"))
    read = ((raw := path.read_bytes(), read_transcript(raw, name=path.name)[0]) for path in files)
    return [(raw, spoken) for raw, spoken in read if spoken]


def _measure_indexing(said: Sequence[Spoken], rounds: int) -> None:
    size = sum(len(_text(one).encode()) for one in said) / 1e6
    ours, theirs = _in_turn(rounds, partial(_index, said), partial(_fts, said), clock=time.process_time)
    print(
        f"indexing {size:.1f} MB of talk: {size / ours * 1000:.1f} MB a second of one processor, "
        f"FTS5 {size / theirs * 1000:.1f} MB, {theirs / ours:.2f} times"
    )


def _index(said: Sequence[Spoken]) -> None:
    with TemporaryDirectory(dir=KEPT) as folder:
        index = TantivyIndex(Path(folder))
        with index.adding() as add:
            add(document for both in _documents(said) for document in both)
        index.close()


def _fts(said: Sequence[Spoken]) -> None:
    with TemporaryDirectory(dir=KEPT) as folder, sqlite3.connect(Path(folder, "fts.db")) as table:
        table.execute("CREATE VIRTUAL TABLE said USING fts5(text, speakers, content='', tokenize='porter')")
        rows = (passage_text(one) for spoken in said for one in passages(spoken))
        table.executemany(
            "INSERT INTO said(text, speakers) VALUES (?, ?)",
            ((one.text, " ".join(one.speakers)) for one in rows),
        )


def _measure_storing(kept: Sequence[tuple[bytes, Spoken]]) -> None:
    packed = [pack(spoken) for _, spoken in kept]
    raw = sum(len(pack_raw(raw, value)) for (raw, _), value in zip(kept, packed, strict=True))
    size = sum(len(_text(spoken).encode()) for _, spoken in kept)
    print(
        f"stored: {sum(map(len, packed)) / size:.1%} of the text, {raw / size:.1%} more for the files as they were"
    )


def _text(spoken: Spoken) -> str:
    return joined(cue.text for cue in spoken.transcript.cues) if spoken.transcript else ""


def _measure_queries(talk: Talk, count: int, rounds: int) -> None:
    folder = KEPT / f"moments-{count}"
    index = TantivyIndex(folder, memory_mb=400)
    if index._moments.searcher().num_docs < count:
        index.clear()
        sys.stderr.write(f"bench: indexing {count:,} passages\n")
        with index.adding() as add:
            add(_spoken_documents(talk, count // _MINUTES))
    searcher = index._moments.searcher()
    print(f"{searcher.num_docs:,} passages in {searcher.num_segments} segments")
    for part in _PAIRS:
        pair = _words_in(searcher, talk, part)
        query, bare = parse(" ".join(pair)), _bare(pair)
        hits = index.moments(query).moments
        ours, theirs = _in_turn(rounds, partial(index.moments, query), partial(searcher.search, bare, 20))
        held = " and ".join(f"{searcher.doc_freq('said', word) / searcher.num_docs:.1%}" for word in pair)
        label = f"“{' '.join(pair)}” (in {held}, {hits:,} passages)"
        print(f"{label}: castabout {ours:.1f} ms, Tantivy {theirs:.1f} ms, {ours / theirs:.2f} times")
    index.close()


def _words_in(searcher: Searcher, talk: Talk, part: float) -> Sequence[str]:
    """The two words that are nearest to being in this part of all passages."""
    wanted = searcher.num_docs * part
    return sorted(talk.words[:20_000:3], key=lambda word: abs(searcher.doc_freq("said", word) - wanted))[:2]


def _bare(pair: Sequence[str]) -> Query:
    schema = moments_schema()
    both = []
    for word in pair:
        (stem,) = analyzer(stem_field("en")).analyze(word)
        either = [Query.term_query(schema, "said", word), Query.term_query(schema, stem_field("en"), stem)]
        both.append((Occur.Must, Query.boolean_query([(Occur.Should, query) for query in either])))
    return Query.boolean_query(both)


def _measure_topic(talk: Talk, episodes: int, rounds: int) -> None:
    with TemporaryDirectory(dir=KEPT) as folder:
        said, silent = (_library(Path(folder, name), episodes) for name in ("said", "silent"))
        # The topic has to be one of the notes for both to have the same episodes.
        topic = next(word for word in talk.words[300:] if topic_page(silent, word).episodes >= 20)
        shown = silent.index.newest(parse_topic(topic), limit=LATEST_EPISODES)
        for row in {*shown, *range(1, _TALKS + 1)}:
            spoken.write(said.store, row, talk.spoken(), raw=b"", url="", now=0)
        catch_up(said, progress=lambda _: None)
        lines = topic_page(said, topic).latest_episodes
        moments = sum(len(line.moments.best) for line in lines if line.moments)
        print(f"topic “{topic}” among {episodes:,} episodes, {moments} moments with the {len(lines)} shown")
        for form, give in (("HTML", render_topic), ("JSON", topic_json)):
            ours, theirs = _in_turn(rounds, *(partial(_page, one, topic, give) for one in (said, silent)))
            print(f"{form}: {ours:.1f} ms, without transcripts {theirs:.1f} ms, {ours / theirs:.2f} times")
        said.close()
        silent.close()


def _page(library: Castabout, topic: str, give: Callable[[TopicPage], object]) -> None:
    give(topic_page(library, topic))


def _library(home: Path, episodes: int) -> Castabout:
    castabout = replace(assemble(load_settings(home, {})), clock=lambda: NOW)
    fill(castabout, episodes)
    return castabout


def _in_turn(
    rounds: int, *calls: Callable[[], object], clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """The median of each in milliseconds, measured in turn."""
    took: list[list[float]] = [[] for _ in calls]
    for _ in range(rounds + 1):
        for call, times in zip(calls, took, strict=True):
            began = clock()
            call()
            times.append((clock() - began) * 1000)
    return [statistics.median(times[1:]) for times in took]


if __name__ == "__main__":
    main()

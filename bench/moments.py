"""Moments over generated passages: a two-word query by episode against bare Tantivy, indexing, the topic page.

    ./run bench moments [--passages 200000] [--rounds 15]

Query: `Index.moments`, that is the first twenty episodes, the best three passages of each and all counts. Tantivy:
the same two words, both in the exact words or in their other forms, its best twenty and their number, nothing
else. Three pairs of words, by the part of all passages that has each of them.

Indexing: whole episodes, that is passages and the transcript for topics; megabytes of spoken text for
each second of processor time, of all threads, preparing included.

Topic page: the same 400 episodes in two libraries, with what is said in them and without.
"""

from __future__ import annotations

import argparse
import random
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

from bench.generated import KEPT, NOW, feeds, vocabulary
from castabout.assemble import assemble
from castabout.config import load_settings
from castabout.engine.castabout import Castabout
from castabout.engine.decide import decide
from castabout.engine.indexing import catch_up
from castabout.engine.passages import passages
from castabout.engine.topic import topic_page
from castabout.index.document import Document, episode_document, spoken_document
from castabout.index.tantivy import TantivyIndex
from castabout.index.tantivy.schema import analyzer, moments_schema, stem_field
from castabout.model.feed import Episode, Podcast
from castabout.model.library import StoredEpisode, StoredPodcast
from castabout.model.transcript import Cue, Spoken, Transcript
from castabout.parse.identity import podcast_id
from castabout.query.parser import parse
from castabout.render.json import topic_json
from castabout.store import spoken
from castabout.store.apply import apply
from castabout.text.joined import joined

_PASSAGES_PER_EPISODE = 50
_CUE_WORDS = 12
_CUE_SECONDS = 5.0
_CUES_PER_PASSAGE = 12
_POOL = 100_000
#: Parts of all passages that have a word; two such words are asked for.
_PAIRS = (0.002, 0.02, 0.2)
_TOPIC_EPISODES = 400


def main() -> None:
    """Build what is missing, measure in turn, print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    KEPT.mkdir(exist_ok=True)
    talk = Talk(random.Random(1))
    _measure_indexing(talk)
    _measure_queries(talk, options.passages, options.rounds)
    _measure_topic(talk, options.rounds)


class Talk:
    """Generated speech: cues of a pool of real words, as unevenly distributed as in real speech."""

    def __init__(self, chance: random.Random) -> None:
        """``chance`` decides everything."""
        self._chance = chance
        vocab = vocabulary()
        draw = chance.choices
        self._pool = [
            " ".join(draw(vocab.words, cum_weights=vocab.weights, k=_CUE_WORDS)).capitalize() + "."
            for _ in range(_POOL)
        ]
        self.words = vocab.words

    def spoken(self, minutes: int) -> Spoken:
        """What is said in so many minutes by two people in turn."""
        texts = self._chance.choices(self._pool, k=minutes * _CUES_PER_PASSAGE)
        cues = (
            Cue(text, at * _CUE_SECONDS, (at + 1) * _CUE_SECONDS, ("Ada", "Bo")[at // 20 % 2])
            for at, text in enumerate(texts)
        )
        return Spoken(Transcript(tuple(cues)))


def _documents(said: Iterable[Spoken]) -> Iterator[tuple[Document, Document]]:
    show = Podcast(title="A show", language="en")
    podcast = StoredPodcast(row=1, id="1", source="", podcast=show, added=NOW, episodes=1)
    for row, one in enumerate(said, start=1):
        published = datetime.fromtimestamp(1_000_000_000 + row * 3600, UTC)
        episode = StoredEpisode(
            row=row,
            id=str(row),
            podcast_row=row // 40 + 1,
            episode=Episode(key=str(row), title=f"Episode {row}", published=published),
        )
        yield (
            episode_document(episode, podcast, one),
            spoken_document(episode, podcast, passages(one), "en"),
        )


def _measure_indexing(talk: Talk) -> None:
    said = [talk.spoken(_PASSAGES_PER_EPISODE) for _ in range(300)]
    size = sum(len(joined(cue.text for cue in one.transcript.cues)) for one in said if one.transcript) / 1e6
    with TemporaryDirectory(dir=KEPT) as folder:
        index = TantivyIndex(Path(folder))
        began, cpu = time.perf_counter(), time.process_time()
        with index.adding() as add:
            add(document for both in _documents(said) for document in both)
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
        index.close()
    print(f"indexing: {size:.0f} MB in {took:.1f} s, {size / cpu:.1f} MB a second of one processor")


def _measure_queries(talk: Talk, count: int, rounds: int) -> None:
    folder = KEPT / f"moments-{count}"
    index = TantivyIndex(folder, memory_mb=400)
    if not index.exists():
        sys.stderr.write(f"bench: indexing {count:,} passages\n")
        said = (talk.spoken(_PASSAGES_PER_EPISODE) for _ in range(count // _PASSAGES_PER_EPISODE))
        with index.adding() as add:
            add(document for _, document in _documents(said))
    searcher = index._moments.searcher()
    print(f"{searcher.num_docs:,} passages in {searcher.num_segments} segments")
    for part in _PAIRS:
        pair = _words_in(searcher, talk, part)
        query, bare = parse(" ".join(pair)), _bare(pair)
        hits = index.moments(query).moments
        ours, theirs = _in_turn(rounds, partial(index.moments, query), partial(searcher.search, bare, 20))
        label = f"“{' '.join(pair)}” ({part:.1%} each, {hits:,} passages)"
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


def _measure_topic(talk: Talk, rounds: int) -> None:
    with TemporaryDirectory(dir=KEPT) as folder:
        with_talk, without = (_library(Path(folder, name)) for name in ("with", "without"))
        for row in range(1, _TOPIC_EPISODES + 1):
            spoken.write(with_talk.store, row, talk.spoken(_PASSAGES_PER_EPISODE), raw=b"", url="", now=0)
        for library in (with_talk, without):
            catch_up(library, progress=lambda _: None)
        # The topic has to be one of the notes for both to have the same episodes.
        topic = next(word for word in talk.words[300:] if topic_page(without, word).episodes >= 20)
        page = topic_page(with_talk, topic)
        said = sum(line.moments.total for line in page.latest_episodes if line.moments)
        ours, theirs = _in_turn(
            rounds,
            lambda: topic_json(topic_page(with_talk, topic)),
            lambda: topic_json(topic_page(without, topic)),
        )
        print(
            f"topic “{topic}” ({said:,} moments in its {len(page.latest_episodes)} latest episodes): "
            f"{ours:.1f} ms, without transcripts {theirs:.1f} ms, {ours / theirs:.2f} times"
        )
        with_talk.close()
        without.close()


def _library(home: Path) -> Castabout:
    castabout = replace(assemble(load_settings(home, {})), clock=lambda: NOW)
    for number, parsed in enumerate(feeds(_TOPIC_EPISODES)):
        source = f"https://show{number}.example/feed.xml"
        apply(castabout.store, decide(None, parsed, id=podcast_id(None, source), source=source, now=NOW))
    return castabout


def _in_turn(rounds: int, *calls: Callable[[], object]) -> list[float]:
    """The median of each in milliseconds, measured in turn."""
    took: list[list[float]] = [[] for _ in calls]
    for _ in range(rounds + 1):
        for call, times in zip(calls, took, strict=True):
            began = time.perf_counter()
            call()
            times.append((time.perf_counter() - began) * 1000)
    return [statistics.median(times[1:]) for times in took]


if __name__ == "__main__":
    main()

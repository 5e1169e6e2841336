"""A library of generated episodes: real words, as unevenly distributed as in real speech (Zipf).

The words are those of the feeds beside the project where they are there, else of the sample feeds.
The same seed gives the same library, which is kept for the next run.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from castabout.engine.castabout import Castabout
from castabout.engine.decide import decide
from castabout.engine.indexing import catch_up
from castabout.model.feed import Enclosure, Episode, ParsedFeed, Podcast
from castabout.parse.identity import podcast_id
from castabout.store.apply import apply

ROOT = Path(__file__).parents[1]
#: Where generated libraries are kept between runs.
KEPT = ROOT / "bench" / ".generated"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
EPISODES_PER_PODCAST = 40
_NOTES_WORDS = 45
_TITLE_WORDS = 6
#: Sentences are drawn from a pool: choosing each word anew would take most of the time.
_POOL = 30_000
_WORD = re.compile(r"[^\W\d_]{2,}")
_LANGUAGES = ("en", "en", "en", "de", "fr", "es")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Real words, commonest first, and how likely each is to come next."""

    words: tuple[str, ...]
    weights: tuple[float, ...]


def vocabulary() -> Vocabulary:
    """The words of real feeds in the order of their frequency, with Zipf's weights."""
    folder = ROOT.parent / "shared" / "data" / "feeds"
    if not folder.is_dir():
        sys.stderr.write("bench: no real feeds beside the project; the words are those of the sample feeds\n")
        folder = ROOT / "examples" / "feeds"
    counts: Counter[str] = Counter()
    for path in sorted(folder.glob("*.xml")):
        text = re.sub(r"<[^>]*>|&\w+;|https?:\S+", " ", path.read_text(errors="ignore"))
        counts.update(word.lower() for word in _WORD.findall(text))
    words = tuple(word for word, _ in counts.most_common(60_000))
    return Vocabulary(words, tuple(accumulate(1 / (rank + 10) for rank in range(len(words)))))


def feeds(episodes: int, *, seed: int = 1) -> Iterator[ParsedFeed]:
    """Parsed feeds with ``episodes`` episodes in all."""
    rng = random.Random(seed)
    vocab = vocabulary()

    def text(words: int) -> str:
        return " ".join(rng.choices(vocab.words, cum_weights=vocab.weights, k=words))

    pool = [text(_NOTES_WORDS // 3) for _ in range(_POOL)]
    for number in range(episodes // EPISODES_PER_PODCAST):
        podcast = Podcast(
            title=text(3).title(),
            description=f"<p>{text(20)}</p>",
            language=rng.choice(_LANGUAGES),
            link=f"https://show{number}.example/",
            categories=("Technology",),
        )
        items = tuple(_episode(rng, pool, number, place, text) for place in range(EPISODES_PER_PODCAST))
        yield ParsedFeed(podcast, items)


def _episode(rng: random.Random, pool: list[str], show: int, place: int, text) -> Episode:  # type: ignore[no-untyped-def]
    # More episodes lately than long ago; one in six without a date, one in four without a duration.
    age = timedelta(seconds=int(rng.random() ** 2 * 20 * 365 * 86_400))
    address = f"https://media.example/{show}/{place}.mp3"
    return Episode(
        key=address,
        title=text(_TITLE_WORDS).title(),
        notes="<p>" + "</p><p>".join(rng.choices(pool, k=3)) + "</p>",
        published=None if rng.random() < 1 / 6 else NOW - age,
        duration=None if rng.random() < 1 / 4 else rng.randint(300, 7200),
        enclosures=(Enclosure(url=address, type="audio/mpeg"),),
        keywords=tuple(text(4).split()),
    )


def fill(castabout: Castabout, episodes: int) -> None:
    """Store and index ``episodes`` generated episodes; says how far it is on standard error."""
    done = 0
    for number, parsed in enumerate(feeds(episodes)):
        source = f"https://show{number}.example/feed.xml"
        change = decide(None, parsed, id=podcast_id(None, source), source=source, now=NOW)
        apply(castabout.store, change)
        done += len(parsed.episodes)
        if done % 100_000 == 0:
            sys.stderr.write(f"\rbench: {done:,} episodes stored")
    sys.stderr.write("\nbench: indexing\n")
    catch_up(castabout, progress=lambda _: None)

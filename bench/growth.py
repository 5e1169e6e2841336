"""How the time of a topic page grows with the library, drawn as `docs/growth.svg`.

    ./run bench growth [--episodes 10000 100000 1000000 5000000] [--rounds 15]

Each library is generated once and kept. In each, the same three kinds of topic are asked for in turn: one that
about 15 in 100 episodes mention, one that 1,000 mention, one that 100 mention. With the first the hits grow as the
library does, and the page may take as much longer; with the others only the library grows.
"""

from __future__ import annotations

import argparse
import math
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from bench.generated import KEPT, NOW, ROOT, fill, vocabulary
from castabout.assemble import assemble
from castabout.config import load_settings
from castabout.engine.castabout import Castabout
from castabout.engine.topic import topic_page
from castabout.query.ast import Word
from castabout.render.json import topic_json

#: Kinds of topic: how they are called, and how many hits are wanted in a library of so many episodes.
KINDS: Mapping[str, Callable[[int], float]] = {
    "15 in 100 episodes": lambda episodes: 0.15 * episodes,
    "1,000 episodes": lambda _: 1_000,
    "100 episodes": lambda _: 100,
}
#: Medians in milliseconds of each kind, by the number of episodes of the library.
Times = Mapping[str, Mapping[int, float]]


def main() -> None:
    """Build what is missing, measure, print a table and draw the plot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--episodes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000, 5_000_000])
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    times: dict[str, dict[int, float]] = {name: {} for name in KINDS}
    for episodes in options.episodes:
        castabout = _library(episodes)
        topics = _topics(castabout, episodes)
        for name, median in _medians(castabout, topics, options.rounds).items():
            times[name][episodes] = median
            hits = castabout.index.count(Word(topics[name]))
            print(f"{episodes:>9,} episodes  {name:20} {hits:>8,} hits  {median:8.2f} ms", flush=True)
    (ROOT / "docs" / "growth.svg").write_text(plot(times), encoding="utf-8")


def _library(episodes: int) -> Castabout:
    home = KEPT / f"episodes-{episodes}"
    is_new = not (home / "library.db").exists()
    castabout = assemble(load_settings(home, {"CASTABOUT_INDEX_MEMORY_MB": "400"}))
    if is_new:
        fill(castabout, episodes)
    return replace(castabout, clock=lambda: NOW)


def _topics(castabout: Castabout, episodes: int) -> dict[str, str]:
    """For each kind the word whose number of hits is nearest to what is wanted."""
    counts = {word: castabout.index.count(Word(word)) for word in _some(vocabulary().words)}
    wanted = {name: hits(episodes) for name, hits in KINDS.items()}
    return {
        name: min(counts, key=lambda word: abs(math.log((counts[word] + 1) / hits)))
        for name, hits in wanted.items()
    }


def _some(words: Iterable[str]) -> Iterable[str]:
    """Words of every frequency: the commonest ones all, of the rarer ones fewer and fewer."""
    place = 0.0
    for rank, word in enumerate(words):
        if rank >= place and word.isascii():
            place = rank * 1.005 + 1
            yield word


def _medians(castabout: Castabout, topics: Mapping[str, str], rounds: int) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in topics}
    for number in range(rounds + 2):
        for name, topic in topics.items():
            began = time.perf_counter()
            topic_json(topic_page(castabout, topic))
            if number > 1:  # the first rounds warm the caches
                times[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(values) for name, values in times.items()}


_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 720, 400, 64, 24, 160, 48
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #333 }
.grid { stroke: #ddd } .line { fill: none; stroke-width: 2.5 }
.k0 { stroke: #b3541e } .k1 { stroke: #1e6fb3 } .k2 { stroke: #3d8b3d }
@media (prefers-color-scheme: dark) { text { fill: #ddd } .grid { stroke: #444 } }
"""


def plot(times: Times) -> str:
    """An SVG of ``times``, both axes logarithmic: a straight line of slope one is linear growth."""
    sizes = sorted({size for by_size in times.values() for size in by_size})
    slowest = max(value for by_size in times.values() for value in by_size.values())
    powers = range(math.ceil(math.log10(max(slowest, 1.1))) + 1)
    first, last = math.log10(sizes[0]), math.log10(max(sizes[-1], sizes[0] * 10))

    def x(size: float) -> float:
        return _LEFT + (math.log10(size) - first) / (last - first) * (_WIDTH - _LEFT - _RIGHT)

    def y(milliseconds: float) -> float:
        height = _HEIGHT - _TOP - _BOTTOM
        return _HEIGHT - _BOTTOM - math.log10(max(milliseconds, 1)) / powers[-1] * height

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">']
    parts.append("<title>Milliseconds of a topic page by the number of episodes in the library</title>")
    parts.append(f"<style>{_STYLE}</style>")
    for power in powers:
        at = y(10**power)
        parts.append(f'<path class="grid" d="M{_LEFT} {at:.0f}H{_WIDTH - _RIGHT}"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{at + 4:.0f}" text-anchor="end">{10**power:,} ms</text>')
    for size in sizes:
        at = x(size)
        parts.append(f'<path class="grid" d="M{at:.0f} {_TOP}V{_HEIGHT - _BOTTOM}"/>')
        parts.append(f'<text x="{at:.0f}" y="{_HEIGHT - _BOTTOM + 20}" text-anchor="middle">{size:,}</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(
        f'<text x="{middle:.0f}" y="{_HEIGHT - 8}" text-anchor="middle">episodes in the library</text>'
    )
    for number, (name, by_size) in enumerate(times.items()):
        points = [(x(size), y(by_size[size])) for size in sizes]
        drawn = " ".join(f"{across:.1f},{down:.1f}" for across, down in points)
        parts.append(f'<polyline class="line k{number}" points="{drawn}"/>')
        parts.append(f'<text x="{points[-1][0] + 8:.0f}" y="{points[-1][1] + 4:.0f}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


if __name__ == "__main__":
    main()

"""Reading feeds: castabout against feedparser, podcastparser and a bare lxml tree.

    ./run bench parse [--rounds 7] [--each] [FOLDER]

All in turn in one process, in an order of chance; times are processor
milliseconds, medians of the rounds, feed by feed and over all feeds.
"""

from __future__ import annotations

import argparse
import io
import random
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import feedparser
import podcastparser
from lxml import etree

from bench.generated import ROOT
from castabout.parse import rss
from castabout.parse.feed import parse_feed

#: Name, contender, of which castabout's time (or which time of castabout's), at least or at most.
_RATIOS = (
    ("feedparser / castabout, both sanitising", "feedparser", "castabout", ">=", 12.0),
    ("podcastparser / castabout, notes left raw", "podcastparser", "castabout, raw notes", ">=", 2.5),
    ("castabout / bare lxml tree", "castabout", "lxml tree", "<=", 4.0),
    ("castabout, notes left raw / bare lxml tree", "castabout, raw notes", "lxml tree", "<=", 4.0),
    (
        "feedparser / castabout, ill-formed copies",
        "feedparser, ill-formed",
        "castabout, ill-formed",
        ">=",
        5.0,
    ),
)


def _castabout_raw(data: bytes) -> object:
    with _raw_notes():
        return parse_feed(data)


@contextmanager
def _raw_notes() -> Iterator[None]:
    """Leaves notes as they are: only here, to compare with what does not sanitise."""
    names = vars(rss)
    kept = names["sanitise"]
    names["sanitise"] = lambda text, *_: text
    try:
        yield
    finally:
        names["sanitise"] = kept


def _feedparser(data: bytes) -> object:
    return feedparser.parse(io.BytesIO(data))


def _podcastparser(data: bytes) -> object:
    return podcastparser.parse("https://feed.example/", io.BytesIO(data))


def _tree(data: bytes) -> object:
    return etree.fromstring(data, etree.XMLParser(recover=True, huge_tree=True))


def ill_formed(data: bytes) -> bytes:
    """A copy with what most often makes feeds ill-formed, in the title of the item in the middle."""
    ends = [at for at in range(len(data)) if data.startswith(b"</title>", at)] if b"</title>" in data else [0]
    at = ends[len(ends) // 2]
    return data[:at] + b" & &nbsp;" + data[at:]


CONTENDERS: Mapping[str, Callable[[bytes], object]] = {
    "castabout": parse_feed,
    "castabout, raw notes": _castabout_raw,
    "castabout, ill-formed": parse_feed,
    "lxml tree": _tree,
    "podcastparser": _podcastparser,
    "feedparser": _feedparser,
    "feedparser, ill-formed": _feedparser,
}


def main() -> None:
    """Measure all in turn; print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--each", action="store_true", help="print a line for each feed too")
    parser.add_argument("--only", action="append", choices=CONTENDERS, help="measure only these")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "data" / "feeds")
    options = parser.parse_args()
    if not options.folder.is_dir():
        sys.exit(f"bench: no feeds in {options.folder}; name a folder of feeds")
    warnings.simplefilter("ignore")
    feeds = {path.stem: path.read_bytes() for path in sorted(options.folder.glob("*.xml"))}
    names = options.only or list(CONTENDERS)
    medians = _measure(feeds, names, options.rounds)
    if options.each:
        print(f"{'':40}" + "".join(f"{name:>24}" for name in names))
        for feed, row in medians.items():
            print(
                f"{feed:40}"
                + "".join(f"{row[name]:24.2f}" if name in row else f"{'refused':>24}" for name in names)
            )
    megabytes = sum(map(len, feeds.values())) / 1e6
    print(f"{len(feeds)} feeds, {megabytes:.2f} MB, {options.rounds} rounds, processor milliseconds:")
    for name in names:
        read = [row[name] for row in medians.values() if name in row]
        print(f"{name:26}{sum(read):9.1f} ms  {len(read)} feeds")
    _print_ratios(medians, names)


def _measure(feeds: Mapping[str, bytes], names: list[str], rounds: int) -> dict[str, dict[str, float]]:
    """Medians by feed and contender; a contender that refuses a feed has none."""
    chance = random.Random(1)
    times: dict[str, dict[str, list[float]]] = {feed: {name: [] for name in names} for feed in feeds}
    broken = {feed: ill_formed(data) for feed, data in feeds.items()}
    for number in range(rounds):
        print(f"\rround {number + 1} of {rounds}", end="", file=sys.stderr, flush=True)
        for feed, data in feeds.items():
            for name in chance.sample(names, len(names)):
                document = broken[feed] if name.endswith("ill-formed") else data
                began = time.process_time()
                try:
                    CONTENDERS[name](document)
                except Exception as error:  # noqa: BLE001 - a contender's own way to refuse
                    print(f"\n{name} refuses {feed}: {type(error).__name__}", file=sys.stderr)
                    continue
                times[feed][name].append((time.process_time() - began) * 1000)
    print(file=sys.stderr)
    return {
        feed: {name: statistics.median(values) for name, values in row.items() if len(values) == rounds}
        for feed, row in times.items()
    }


def _print_ratios(medians: Mapping[str, Mapping[str, float]], names: list[str]) -> None:
    print(f"\n{'':46}{'over all':>9}{'median feed':>13}{'worst feed':>12}   bound")
    for title, above, below, sign, bound in _RATIOS:
        if above in names and below in names:
            rows = [row for row in medians.values() if above in row and below in row]
            whole = sum(row[above] for row in rows) / sum(row[below] for row in rows)
            each = [row[above] / row[below] for row in rows]
            worst = min(each) if sign == ">=" else max(each)
            print(f"{title:46}{whole:9.2f}{statistics.median(each):13.2f}{worst:12.2f}   {sign} {bound:g}")


if __name__ == "__main__":
    main()

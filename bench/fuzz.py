"""Damages real feeds by chance and looks for what must never happen.

    ./run bench fuzz [--documents 100000] [--first 0] [--workers 2] [FOLDER ...]

Every document is made from its number alone, so that a fault can be seen
again: `./run bench fuzz --first NUMBER --documents 1`. Nothing but `NotAFeed`
may be raised, no document may take two seconds, and the items that the
reader gives are the episodes and the problems of lost items.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from bench.generated import ROOT
from castabout.errors import NotAFeed
from castabout.parse.encoding import to_utf8
from castabout.parse.feed import parse_feed
from castabout.parse.sniff import Format, format_of
from castabout.parse.soup import SoupReader
from castabout.parse.xml import IllFormed, StrictReader

#: A document may take this long.
SECONDS = 2.0
#: After this, something hangs, and the process is ended from outside.
_HANGS_SECONDS = 60
#: Documents of one task.
_BATCH = 100
#: Items of a feed that are kept, a run of them from anywhere.
_ITEMS = 20
_MARKUP = (
    b"<", b">", b"&", b'"', b"'", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<item>", b"</item>", b"<entry>",
    b"</channel>", b"<?xml?>", b"&nbsp;", b"&#0;", b"&#xD800;", b"\0", b"\xff", b"\xed\xa0\x80", b"{", b"}", b"[",
    b'"items": [', b"<!DOCTYPE rss [", b"<title/>", b"</title>", b"xmlns:itunes='x'", b"\xef\xbb\xbf", b"\r",
    b"\\u",
)  # fmt: skip
_ELEMENT = re.compile(rb"<([\w:]+)[^<>]*>[^<>]*</\1>|<[\w:]+[^<>]*/>")
_ITEM = re.compile(rb"<(item|entry)[\s>].*?</\1>", re.S)
_ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "cp1251", "shift_jis", "latin-1", "utf-7", "gb18030")

Mutation = Callable[[bytes, random.Random], bytes]


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 5, 50))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _run(data: bytes, chance: random.Random) -> slice:
    start = chance.randrange(len(data))
    return slice(start, start + chance.choice((1, 1, 10, 100, 1_000, 10_000)))


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data) + 1)]


def _delete(data: bytes, chance: random.Random) -> bytes:
    run = _run(data, chance)
    return data[: run.start] + data[run.stop :]


def _double(data: bytes, chance: random.Random) -> bytes:
    run = _run(data, chance)
    return data[: run.start] + data[run] * chance.choice((2, 2, 3, 20)) + data[run.stop :]


def _move(data: bytes, chance: random.Random) -> bytes:
    run = _run(data, chance)
    rest = data[: run.start] + data[run.stop :]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + data[run] + rest[at:]


def _swap(data: bytes, chance: random.Random) -> bytes:
    elements = [found.span() for found in _ELEMENT.finditer(data)]
    if len(elements) < 2:
        return data
    (start, stop), (later_start, later_stop) = sorted(chance.sample(elements, 2))
    between = data[stop:later_start]
    return data[:start] + data[later_start:later_stop] + between + data[start:stop] + data[later_stop:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 3, 10))):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(_MARKUP) + data[at:]
    return data


def _encode(data: bytes, chance: random.Random) -> bytes:
    return data.decode("utf-8", "replace").encode(chance.choice(_ENCODINGS), "replace")


MUTATIONS: Sequence[Mutation] = (
    _flip,
    _flip,
    _cut,
    _delete,
    _double,
    _move,
    _swap,
    _insert,
    _insert,
    _encode,
)


def shortened(data: bytes, chance: random.Random) -> bytes:
    """A feed with a run of its items only, so that many can be tried."""
    items = [found.span() for found in _ITEM.finditer(data)]
    if len(items) <= _ITEMS:
        return data
    first = chance.randrange(len(items) - _ITEMS)
    kept = data[items[first][0] : items[first + _ITEMS - 1][1]]
    return data[: items[0][0]] + kept + data[items[-1][1] :]


def document(folders: Sequence[Sequence[bytes]], number: int) -> bytes:
    """The damaged feed of this number; each folder gives as many as another."""
    chance = random.Random(number)
    data = shortened(chance.choice(chance.choice(folders)), chance)
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(MUTATIONS)(data or b"<rss/>", chance)
    return data


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one document was read."""

    is_feed: bool
    episodes: int = 0
    #: What must never happen.
    fault: str | None = None


def read(data: bytes) -> Outcome:
    """Read ``data`` and look for a fault."""
    began = time.perf_counter()
    try:
        parsed = parse_feed(data)
    except NotAFeed:
        return Outcome(False)
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        return Outcome(True, fault=f"raises {type(error).__name__}: {error}")
    seconds = time.perf_counter() - began
    episodes = len(parsed.episodes)
    lost = sum(problem.lost_item for problem in parsed.problems)
    items = _count_items(data)
    fault = None
    if seconds > SECONDS:
        fault = f"takes {seconds:.1f} s"
    elif items is not None and items != episodes + lost:
        fault = f"{items} items, but {episodes} episodes and {lost} lost"
    elif any(not problem.what or "\n" in problem.what for problem in parsed.problems):
        fault = "a problem that is not one line"
    return Outcome(True, episodes, fault)


def _count_items(data: bytes) -> int | None:
    if format_of(data) is Format.JSON_FEED:
        return None
    utf8, _ = to_utf8(data)
    try:
        return sum(1 for _ in StrictReader(utf8).items())
    except IllFormed:
        return sum(1 for _ in SoupReader(utf8).items())


def read_folders(folders: Sequence[Path]) -> list[list[bytes]]:
    """The feeds of some folders and of those in them."""
    return [
        [path.read_bytes() for path in sorted(folder.rglob("*")) if path.suffix in (".xml", ".json")]
        for folder in folders
    ]


def _try(folders: Sequence[Path], numbers: range) -> tuple[Counter[str], list[str]]:
    """What was found among the documents of these numbers."""
    feeds = read_folders(folders)
    counts: Counter[str] = Counter()
    faults: list[str] = []
    for number in numbers:
        data = document(feeds, number)
        signal.alarm(_HANGS_SECONDS)
        outcome = read(data)
        signal.alarm(0)
        counts += Counter(documents=1, feeds=outcome.is_feed, episodes=outcome.episodes, bytes=len(data))
        if outcome.fault:
            faults.append(f"document {number}: {outcome.fault}")
    return counts, faults


def main() -> None:
    """Try many documents in processes of their own, with progress; print the faults."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    data = ROOT.parent / "shared" / "data"
    usual = [
        ROOT / "examples" / "feeds",
        *(data / name for name in ("feeds", "parser-tests", "podcasting20")),
    ]
    parser.add_argument(
        "folders", nargs="*", type=Path, default=[folder for folder in usual if folder.is_dir()]
    )
    options = parser.parse_args()
    stop = options.first + options.documents
    batches = [range(at, min(at + _BATCH, stop)) for at in range(options.first, stop, _BATCH)]
    counts: Counter[str] = Counter()
    faults, began = 0, time.perf_counter()
    with ProcessPoolExecutor(options.workers) as pool:
        for task in as_completed([pool.submit(_try, options.folders, batch) for batch in batches]):
            more, found = task.result()
            counts += more
            faults += len(found)
            for line in found:
                print(f"\r{line}", flush=True)
            print(f"\r{counts['documents']:,} of {options.documents:,}", end="", file=sys.stderr, flush=True)
    print(
        f"\r{counts['documents']:,} documents ({counts['bytes'] / 1e6:,.0f} MB), {counts['feeds']:,} still feeds,"
        f" {counts['episodes']:,} episodes, {faults} faults, {time.perf_counter() - began:.0f} s"
    )
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()

"""How much of damaged feeds comes back: castabout beside feedparser.

    ./run bench damaged [--no-feedparser] [--random-only | --hand-only] [FOLDER]

14 real feeds, damaged in 37 ways by hand and in 18 ways by chance with 3
seeds each. What comes back is the share of identities, titles, media files
and dates that a parser finds as it finds them in the feed before the damage.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import statistics
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import feedparser

from bench.generated import ROOT
from castabout.errors import NotAFeed
from castabout.parse.feed import parse_feed

FEEDS = 14
#: Items of a feed that are kept, so that small and large feeds weigh alike.
ITEMS = 40
SEEDS = 3
BOUND = 0.96

#: The feed as it should have been and as it is.
Damage = Callable[[bytes], tuple[bytes, bytes]]
Values = Mapping[str, Counter[str]]


def chosen_feeds(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Well-formed feeds with items enough, spread over the folder, cut to some items each."""
    fit = []
    for path in sorted(folder.glob("*.xml")):
        data = path.read_bytes()
        items = list(re.finditer(rb"<item[\s>].*?</item>", data, re.S))
        if len(items) < 10 or any("well-formed" in problem.what for problem in parse_feed(data).problems):
            continue
        keep = items[min(len(items), ITEMS) - 1].end()
        fit.append((path.stem, data[:keep] + data[items[-1].end() :]))
    step = max(len(fit) / FEEDS, 1)
    for number in range(min(FEEDS, len(fit))):
        yield fit[int(number * step)]


def castabout_values(data: bytes) -> Values:
    """What castabout finds."""
    try:
        episodes = parse_feed(data).episodes
    except NotAFeed:
        episodes = ()
    return {
        "guid": Counter(episode.key for episode in episodes),
        "title": Counter(episode.title for episode in episodes if episode.title),
        "enclosure": Counter(file.url for episode in episodes for file in episode.enclosures),
        "date": Counter(str(episode.published) for episode in episodes if episode.published),
    }


def feedparser_values(data: bytes) -> Values:
    """What feedparser finds."""
    try:
        entries = feedparser.parse(io.BytesIO(data), sanitize_html=False).entries
    except Exception as error:  # noqa: BLE001 - another's program, which must not end the benchmark
        print(f"feedparser raises {type(error).__name__}", file=sys.stderr)
        entries = []
    return {
        "guid": Counter(str(entry.get("id")) for entry in entries if entry.get("id")),
        "title": Counter(str(entry.get("title")) for entry in entries if entry.get("title")),
        "enclosure": Counter(
            str(file.get("href"))
            for entry in entries
            for file in entry.get("enclosures", ())
            if file.get("href")
        ),
        "date": Counter(
            str(entry.get("published_parsed")) for entry in entries if entry.get("published_parsed")
        ),
    }


def share(wanted: Values, found: Values) -> float:
    """The part of ``wanted`` that is in ``found``."""
    total = sum(counts.total() for counts in wanted.values())
    return sum((wanted[name] & found[name]).total() for name in wanted) / total if total else 1.0


def _sub(pattern: bytes, good: bytes, bad: bytes, count: int = 0) -> Damage:
    """Replaces a pattern in the items of a feed in the right way and in the wrong way."""
    compiled = re.compile(pattern, re.S)
    return lambda data: (_in_items(compiled, good, data, count), _in_items(compiled, bad, data, count))


def _in_items(pattern: re.Pattern[bytes], replacement: bytes, data: bytes, count: int) -> bytes:
    start = data.find(b"<item")
    return data[:start] + pattern.sub(replacement, data[start:], count)


def _whole(change: Callable[[bytes], bytes]) -> Damage:
    return lambda data: (data, change(data))


_SAME = rb"\g<0>"
_TITLE_END = rb"(?<!\]\]>)</title>"
_DESCRIPTION = rb"<description>(?!<!\[)"
_ENCLOSURE = rb'(<enclosure\b[^>]*?)\burl="([^"]*)"'
_WARNING = b"<br />\n<b>Warning</b>: mysql_connect() in <b>/var/www/feed.php</b> on line <b>3</b><br />\n"


def _middle(pattern: bytes, replacement: bytes) -> Damage:
    """Changes one place, in the middle of the feed."""

    def change(data: bytes) -> bytes:
        places = list(re.finditer(pattern, data, re.S))
        if not places:
            return data
        place = places[len(places) // 2]
        return data[: place.start()] + place.expand(replacement) + data[place.end() :]

    return _whole(change)


BY_HAND: Mapping[str, Damage] = {
    "bare & in titles": _sub(_TITLE_END, rb" &amp; more\g<0>", rb" & more\g<0>"),
    "bare & in addresses of media": _sub(_ENCLOSURE, rb'\1url="\2?a=1&amp;b=2"', rb'\1url="\2?a=1&b=2"'),
    "bare & in descriptions": _sub(_DESCRIPTION, rb"\g<0>Q &amp; A ", rb"\g<0>Q & A "),
    "&nbsp; in titles": _sub(_TITLE_END, rb"&#233;\g<0>", rb"&eacute;\g<0>"),
    "&nbsp; in descriptions": _sub(_DESCRIPTION, rb"\g<0>&#160;", rb"\g<0>&nbsp;"),
    "control characters in titles": _sub(_TITLE_END, _SAME, b"\x0b\\g<0>"),
    "control characters in descriptions": _sub(_DESCRIPTION, _SAME, b"\\g<0>\x1f\x08"),
    "NUL in descriptions": _sub(_DESCRIPTION, _SAME, b"\\g<0>\x00"),
    "&#0; in titles": _sub(_TITLE_END, _SAME, rb"&#0;\g<0>"),
    "&#xD800; in titles": _sub(_TITLE_END, _SAME, rb"&#xD800;\g<0>"),
    "bare < in titles": _sub(_TITLE_END, rb" 1 &lt; 2\g<0>", rb" 1 < 2\g<0>"),
    "bare < in descriptions": _sub(_DESCRIPTION, rb"\g<0>1 &lt; 2 ", rb"\g<0>1 < 2 "),
    "<br> in descriptions": _sub(_DESCRIPTION, _SAME, rb"\g<0>One<br>two <br/> three<br>"),
    "<b> left open in descriptions": _sub(_DESCRIPTION, _SAME, rb"\g<0><b>One <i>two</b>"),
    "</p> alone in descriptions": _sub(_DESCRIPTION, _SAME, rb"\g<0>One</p>"),
    "raw HTML in descriptions": _sub(
        _DESCRIPTION, _SAME, rb'\g<0><p class=x>One <a href="/a?b=1&c=2">two</a><img src=x.png>'
    ),
    "no prefix declared": _whole(lambda data: re.sub(rb'\sxmlns:\w+="[^"]*"', b"", data)),
    "itunes not declared": _whole(lambda data: re.sub(rb'\sxmlns:itunes="[^"]*"', b"", data)),
    "a prefix misspelt": _whole(lambda data: re.sub(rb"(</?)itunes:", rb"\1itune:", data)),
    "attributes without quotes": _sub(_ENCLOSURE, _SAME, rb"\1url=\2"),
    "attributes with doubled quotes": _sub(_ENCLOSURE, _SAME, rb'\1url=""\2""'),
    "a quotation mark missing": _sub(rb'(<enclosure\b[^>]*?\btype="[^"]*)"', _SAME, rb"\1"),
    "attributes twice": _sub(_ENCLOSURE, _SAME, rb'\1url="\2" url="\2"'),
    "attributes without blanks": _sub(_ENCLOSURE, _SAME, rb'\1a="b"url="\2"'),
    "blank lines before": _whole(lambda data: b"\n\n " + data),
    "a program's warning before": _whole(lambda data: _WARNING + data),
    "a page's end behind": _whole(lambda data: data + b"\n</body><script>a && b < c</script></html>\n<"),
    "CDATA left open in one item": _middle(rb"\]\]>", b""),
    "CDATA in CDATA": _middle(rb"<!\[CDATA\[(.*?)\]\]>", rb"<![CDATA[<![CDATA[\1]]>]]>"),
    "cut at 75 %": _whole(lambda data: data[: len(data) * 3 // 4]),
    "cut at 40 %": _whole(lambda data: data[: len(data) * 2 // 5]),
    "one </item> missing": _middle(rb"</item>", b""),
    "every </item> missing": _whole(lambda data: data.replace(b"</item>", b"")),
    "wrong case": _whole(lambda data: data.replace(b"<item>", b"<Item>").replace(b"</title>", b"</TITLE>")),
    "a byte of latin-1": _sub(_TITLE_END, b" caf\xc3\xa9\\g<0>", b" caf\xe9\\g<0>"),
    "no end tags of the whole": _whole(lambda data: re.sub(rb"</(?:channel|rss)>", b"", data)),
    "a DOCTYPE with entities": _whole(
        lambda data: re.sub(
            rb"(?=<rss)",
            b'<!DOCTYPE rss [<!ENTITY a "&a;&a;"><!ENTITY b SYSTEM "file:///etc/hosts">',
            data,
            count=1,
        ).replace(b"</description>", b"&a;&b;</description>")
    ),
}


def _each(
    times: int, change: Callable[[bytearray, int, random.Random], None]
) -> Callable[[bytes, random.Random], bytes]:
    def damage(data: bytes, chance: random.Random) -> bytes:
        changed = bytearray(data)
        for _ in range(times):
            change(changed, chance.randrange(len(changed) - 300), chance)
        return bytes(changed)

    return damage


def _insert(data: bytearray, at: int, chance: random.Random) -> None:
    data.insert(at, chance.randrange(256))


def _delete(data: bytearray, at: int, _: random.Random) -> None:
    del data[at]


def _flip(data: bytearray, at: int, chance: random.Random) -> None:
    data[at] ^= 1 << chance.randrange(8)


def _swap(data: bytearray, at: int, _: random.Random) -> None:
    data[at], data[at + 1] = data[at + 1], data[at]


def _delete_run(data: bytearray, at: int, chance: random.Random) -> None:
    del data[at : at + chance.randint(2, 30)]


def _double_run(data: bytearray, at: int, chance: random.Random) -> None:
    data[at:at] = data[at : at + chance.randint(20, 200)]


def _insert_markup(data: bytearray, at: int, chance: random.Random) -> None:
    data.insert(at, chance.choice(b"<>&\"'/]!"))


def _delete_markup(data: bytearray, at: int, _: random.Random) -> None:
    place = re.compile(rb"[<>&\"'/\]!]").search(data, at)
    if place:
        del data[place.start()]


BY_CHANCE: Mapping[str, Callable[[bytes, random.Random], bytes]] = {
    f"{times:2} {'time' if times == 1 else 'times'} {name}": _each(times, change)
    for name, change, some in (
        ("a byte inserted", _insert, (1, 5, 20)),
        ("a byte deleted", _delete, (1, 5, 20)),
        ("a bit flipped", _flip, (1, 5, 20)),
        ("two bytes swapped", _swap, (1, 5, 20)),
        ("a run deleted", _delete_run, (5,)),
        ("a run doubled", _double_run, (5,)),
        ("a mark of markup inserted", _insert_markup, (5, 20)),
        ("a mark of markup deleted", _delete_markup, (5, 20)),
    )
    for times in some
}


def _documents(data: bytes, kinds: str) -> Iterator[tuple[str, str, bytes, bytes]]:
    if kinds != "chance":
        for name, damage in BY_HAND.items():
            yield "by hand", name, *damage(data)
    if kinds != "hand":
        for name, harm in BY_CHANCE.items():
            for seed in range(SEEDS):
                yield "by chance", name, data, harm(data, random.Random(f"{name} {seed}"))


def main() -> None:
    """Damage, read and compare; print shares by kind of damage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-feedparser", action="store_true")
    parser.add_argument("--kinds", choices=("hand", "chance", "all"), default="all")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "data" / "feeds")
    options = parser.parse_args()
    if not options.folder.is_dir():
        sys.exit(f"bench: no feeds in {options.folder}; name a folder of feeds")
    warnings.simplefilter("ignore")
    parsers = {"castabout": castabout_values}
    if not options.no_feedparser:
        parsers["feedparser"] = feedparser_values
    shares: dict[tuple[str, str], dict[str, list[float]]] = {}
    for number, (name, data) in enumerate(chosen_feeds(options.folder), 1):
        print(f"\r{number} of {FEEDS}: {name:40}", end="", file=sys.stderr, flush=True)
        _measure(data, options.kinds, parsers, shares)
    print(file=sys.stderr)
    _report(shares, list(parsers))


def _measure(
    data: bytes,
    kinds: str,
    parsers: Mapping[str, Callable[[bytes], Values]],
    shares: dict[tuple[str, str], dict[str, list[float]]],
) -> None:
    for group, name, good, bad in _documents(data, kinds):
        for parser, values in parsers.items():
            found = shares.setdefault((group, name), {}).setdefault(parser, [])
            found.append(share(values(good), values(bad)))


def _report(shares: Mapping[tuple[str, str], Mapping[str, list[float]]], parsers: list[str]) -> None:
    print(f"{'':38}" + "".join(f"{parser:>12}" for parser in parsers))
    for group in dict.fromkeys(group for group, _ in shares):
        rows = {name: found for (of, name), found in shares.items() if of == group}
        for name, found in rows.items():
            print(f"{name:38}" + "".join(f"{statistics.mean(found[parser]):12.1%}" for parser in parsers))
        count = sum(len(found[parsers[0]]) for found in rows.values())
        means = (
            statistics.mean(value for found in rows.values() for value in found[parser]) for parser in parsers
        )
        print(f"{group + f', {count} documents':38}" + "".join(f"{mean:12.1%}" for mean in means))
    everything = [value for found in shares.values() for value in found["castabout"]]
    print(f"castabout over all: {statistics.mean(everything):.1%} (bound {BOUND:.0%})")


if __name__ == "__main__":
    main()

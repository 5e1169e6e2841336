"""Documents made to hang or to fill a parser: time and memory of each.

    ./run bench hostile [--factor 1] [NAME ...]

Each is read in a process of its own. Memory is what the process takes above
the document itself, at its peak; it is told on Linux only.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from castabout.errors import NotAFeed
from castabout.parse.feed import parse_feed

SECONDS = 1.0
MEGABYTES = 200
_ITEM = "<item><title>One</title><guid>1</guid>%s</item>"
_ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))


def _rss(inside: str, before: str = "") -> bytes:
    return f'{before}<rss version="2.0"><channel><title>Bread</title>{inside}</channel></rss>'.encode()


def _item(inside: str, before: str = "") -> bytes:
    return _rss(_ITEM % inside, before)


def _described(text: str, before: str = "") -> bytes:
    return _item(f"<description>{text}</description>", before)


#: Documents by name; ``n`` is a million, less in tests.
DOCUMENTS: Mapping[str, Callable[[int], bytes]] = {
    "entities within entities": lambda n: _described(
        "&e11;", f'<!DOCTYPE rss [<!ENTITY e0 "bread">{_ENTITIES}]>'
    ),
    "one large entity, often": lambda n: _described(
        "&a;" * (n // 10), f'<!DOCTYPE rss [<!ENTITY a "{"bread" * (n // 10)}">]>'
    ),
    "entities of files and addresses": lambda n: _described(
        "&a;&b;",
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY a SYSTEM "file:///etc/passwd">'
        '<!ENTITY b SYSTEM "http://127.0.0.1:9/">]>',
    ),
    "elements 10,000 deep": lambda n: _described("<a>" * (n // 100) + "</a>" * (n // 100)),
    "elements 10,000 deep, in the channel": lambda n: _rss("<a>" * (n // 100) + "</a>" * (n // 100)),
    "an item of 50 MB of text": lambda n: _described("bread " * (n * 50 // 6)),
    "an item of 50 MB of CDATA": lambda n: _described("<![CDATA[" + "bread " * (n * 50 // 6) + "]]>"),
    "an item of 50 MB of elements": lambda n: _item("<a/>" * (n * 50 // 4)),
    "an item of 50 MB that is never closed": lambda n: _rss(
        "<item><title>One</title>" + "<b>rye " * (n * 50 // 7)
    ),
    "50 MB of emoji, ill-formed": lambda n: _rss(
        (_ITEM % "<description>&</description>") + "🥖" * (n * 50 // 4)
    ),
    "a channel of 50 MB of elements": lambda n: _rss("<title>One</title>" * (n * 50 // 18)),
    "elements by the million in small items": lambda n: _rss((_ITEM % ("<a/>" * 900)) * (n // 900)),
    "300,000 attributes": lambda n: _item(
        "<enclosure " + " ".join(f'a{number}="b"' for number in range(n * 3 // 10)) + "/>"
    ),
    "300,000 attributes, ill-formed": lambda n: _item(
        "&<enclosure " + " ".join(f"a{number}=b" for number in range(n * 3 // 10)) + "/>"
    ),
    "300,000 declarations of prefixes": lambda n: _rss("").replace(
        b"<rss", b"<rss " + b" ".join(b'xmlns:a%d="b%d"' % (number, number) for number in range(n * 3 // 10))
    ),
    "a million unclosed elements": lambda n: _item("<a>" * n),
    "a million unclosed elements, in the channel": lambda n: _rss("<a>" * n),
    "a million unclosed elements of as many names": lambda n: _rss(
        "".join(f"<a{number}>" for number in range(n))
    ),
    "a million unclosed elements of as many prefixes": lambda n: _rss(
        "".join(f"<p{number}:a>" for number in range(n // 2))
    ),
    "200,000 unclosed titles": lambda n: _item("<title>" * (n // 5)),
    "200,000 misspelt ends": lambda n: _item("<title>a</titel>" * (n // 5)),
    "two million ampersands": lambda n: _item("<title>" + "&" * (n * 2) + "</title>"),
    "two million ampersands, escaped": lambda n: _described("&amp;" * (n * 2 // 5)),
    "a million <": lambda n: _described("<" * n),
    "a million quotation marks": lambda n: _item('<enclosure url="' + "\"'" * (n // 2) + "/>"),
    "a million blanks in a tag": lambda n: _item("<enclosure url" + " " * n + "/><a" + " " * n),
    "a million blanks in an attribute, ill-formed": lambda n: _item('&<enclosure url="a' + " " * n + 'b"/>'),
    "a million blanks in an open CDATA section": lambda n: _item("&<guid><![CDATA[a" + " " * n + "b</guid>"),
    "10,000 long names, misspelt": lambda n: _item(
        "&" + "".join(f"<{'ab' * 29}{number}></{'cdba' * 14}{number}>" for number in range(n // 100))
    ),
    "10,000 items, misspelt": lambda n: _rss(
        "&" + "<itme><titel>a</ttile><giud>1</gudi></item>" * (n // 100)
    ),
    "notes of a million elements": lambda n: _described("<![CDATA[<p>" + "<li><dd>" * (n // 8) + "]]>"),
    "notes of a million elements of lines": lambda n: _described(
        "<![CDATA[" + "".join(f"<b {number}>x" for number in range(n // 10)) + "]]>"
    ),
    "notes with a million attributes": lambda n: _described(
        "<![CDATA[<b " + " ".join(f"a{number}" for number in range(n // 7)) + ">x</b>]]>"
    ),
    "notes in small pieces of elements": lambda n: _rss(
        (_ITEM % ("<description><![CDATA[" + "<h1><ol>" * 99 + "]]></description>")) * (n // 900)
    ),
    "half-width letters, declared as Latin": lambda n: (
        b'<?xml version="1.0" encoding="iso-8859-1"?>' + _rss("<item>" + "ｱ" * n).decode().encode("cp932")
    ),
    "200,000 open comments": lambda n: _described("<!--" * (n // 5)),
    "200,000 open CDATA sections": lambda n: _described("<![CDATA[" * (n // 5)),
    "200,000 CDATA sections": lambda n: _item("&<guid>" + "<![CDATA[x]]>" * (n // 5)),
    "a million starts of items": lambda n: _rss("<item>" * n),
    "a million ends of items": lambda n: _rss("<a></item>" * (n // 2)),
    "a million empty items": lambda n: _rss("<item/>" * n),
    "a million control characters": lambda n: _described("\x01\x02" * (n // 2)),
    "two million bytes of noise": lambda n: b"<rss>" + random.Random(1).randbytes(2 * n),
    "a page of two million bytes": lambda n: (
        b"<!doctype html><html><body>" + b"<p class=x>rye & oat<br>" * (n // 12)
    ),
    "a document type that never ends": lambda n: b"<!DOCTYPE rss [" + b"<!ENTITY a 'b'>" * (n // 10),
    "JSON a million deep": lambda n: b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * n,
}


def main() -> None:
    """Read each in a process of its own and print what it takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--factor", type=float, default=1, help="size of the documents")
    parser.add_argument("--here", action="store_true", help="read the one document named, in this process")
    parser.add_argument("names", nargs="*", default=list(DOCUMENTS))
    options = parser.parse_args()
    if options.here:
        print(json.dumps(_read(options.names[0], options.factor)))
        return
    print(f"{'':50}{'MB':>6}{'seconds':>9}{'extra MB':>9}")
    over = 0
    for name in options.names:
        command = [sys.executable, "-m", "bench.hostile", "--here", "--factor", str(options.factor), name]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
        if done.returncode:
            over += 1
            print(f"{name:50}  ended with {done.returncode}: {done.stderr.strip().rpartition(chr(10))[2]}")
            continue
        size, seconds, extra, said = json.loads(done.stdout)
        is_over = seconds > SECONDS or extra > MEGABYTES
        over += is_over
        print(f"{name:50}{size:6.1f}{seconds:9.2f}{extra:9.0f}  {'OVER  ' if is_over else ''}{said}")
    print(f"{len(options.names)} documents, {over} over {SECONDS:.0f} s or {MEGABYTES} MB")


def _read(name: str, factor: float) -> tuple[float, float, float, str]:
    """Size, seconds, extra memory, and what the parser says."""
    data = DOCUMENTS[name](round(1_000_000 * factor))
    _forget_peak()
    before = _peak()
    began = time.perf_counter()
    try:
        parsed = parse_feed(data)
        said = f"{len(parsed.episodes)} episodes; " + "; ".join(
            f"{problem.where}: {problem.what}" for problem in parsed.problems[:3]
        )
    except NotAFeed as error:
        said = str(error)
    seconds = time.perf_counter() - began
    return len(data) / 1e6, seconds, _peak() - before, said[:150]


def _forget_peak() -> None:
    place = Path("/proc/self/clear_refs")
    if place.exists():
        place.write_text("5")


def _peak() -> float:
    """Megabytes of this process at its peak; 0 where it cannot be told."""
    place = Path("/proc/self/status")
    lines = place.read_text().splitlines() if place.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


if __name__ == "__main__":
    main()

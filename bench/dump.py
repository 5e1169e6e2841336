"""Taking in a generated dump of the Podcast Index, until its podcasts are found by search.

    ./run bench dump [--rows 200000]

The dump is made once and kept in bench/.generated: one table as the Podcast Index publishes it, texts of
real lengths in several scripts, a part of the rows dead, twice there, or damaged. Measured is the whole
command `castabout add DUMP`: wall and processor seconds, the peak memory of its processes, and the time
until a search for a podcast answers, by a process of its own.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from bench.generated import KEPT

#: As the Podcast Index publishes it.
TABLE = """
CREATE TABLE podcasts (
  id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, title TEXT NOT NULL, lastUpdate INTEGER, link TEXT NOT NULL,
  lastHttpStatus INTEGER, dead INTEGER, contentType TEXT NOT NULL, itunesId INTEGER, originalUrl TEXT NOT NULL,
  itunesAuthor TEXT NOT NULL, itunesOwnerName TEXT NOT NULL, explicit INTEGER, imageUrl TEXT NOT NULL,
  itunesType TEXT NOT NULL, generator TEXT NOT NULL, newestItemPubdate INTEGER, language TEXT NOT NULL,
  oldestItemPubdate INTEGER, episodeCount INTEGER, popularityScore INTEGER, priority INTEGER, createdOn INTEGER,
  updateFrequency INTEGER, chash TEXT NOT NULL, host TEXT NOT NULL, newestEnclosureUrl TEXT NOT NULL,
  podcastGuid TEXT NOT NULL, description TEXT NOT NULL, category1 TEXT NOT NULL, category2 TEXT NOT NULL,
  category3 TEXT NOT NULL, category4 TEXT NOT NULL, category5 TEXT NOT NULL, category6 TEXT NOT NULL,
  category7 TEXT NOT NULL, category8 TEXT NOT NULL, category9 TEXT NOT NULL, category10 TEXT NOT NULL,
  newestEnclosureDuration INTEGER
)
"""
_LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "de-DE": "abcdefghiklmnoprstuvwzäöü",
    "es": "abcdefghijlmnopqrstuvyñáé",
    "ru": "абвгдежзийклмнопрстуфхцчшщыьэюя",
    "zh-cn": "的一是不了人我在有他这中大来上国个到说们",
}
_SHARES = (70, 8, 12, 5, 5)
_CATEGORIES = (
    "news politics society culture business comedy education health fitness religion spirituality".split()
)
_HOSTS = ("anchor.example/s", "feeds.buzz.example", "feeds.host.example/show", "www.spread.example/show")


def main() -> None:
    """Make the dump if it is not there, take it in, and print what that took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    options = parser.parse_args()
    path = KEPT / f"dump-{options.rows}.db"
    if not path.exists():
        make(path, options.rows)
    with tempfile.TemporaryDirectory(dir=KEPT) as home:
        began = time.perf_counter()
        wall, said = _run("--home", home, "add", str(path))
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(said.strip())
        print(
            f"{options.rows:,} rows in {wall:.1f} s: {options.rows / wall:,.0f} a second (bound 20,000); "
            f"{used.ru_utime + used.ru_stime:.1f} s of processor"
        )
        print(
            f"both processes together at most {_peak.all_mb:.0f} MB (bound 500), "
            f"{_peak.own_mb:.0f} MB of them their own; the rest are files that the system keeps at hand"
        )
        wall, said = _run("--home", home, "search", "--in", "podcasts", "needle")
        total = time.perf_counter() - began
        print(f"found after {total:.1f} s, {wall:.2f} s of them the search: {said.split(':')[0]}")
        wall, said = _run("--home", home, "add", str(path))
        print(f"once more: {wall:.1f} s, {said.strip()}")
        sizes = {name: _size(Path(home, name)) for name in ("library.db", "index")}
        print(", ".join(f"{name} {size / 1e6:,.0f} MB" for name, size in sizes.items()))


def make(path: Path, rows: int) -> None:
    """Write a dump of so many rows, the same every time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    unfinished.unlink(missing_ok=True)
    connection = sqlite3.connect(unfinished)
    connection.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000"
    )
    connection.execute(TABLE)
    places = ", ".join("?" * 40)
    connection.executemany(f"INSERT OR IGNORE INTO podcasts VALUES ({places})", _rows(rows))
    connection.commit()
    connection.close()
    unfinished.rename(path)


def _rows(count: int) -> Iterator[tuple[object, ...]]:
    chance = random.Random(20)
    languages = list(_LETTERS)
    words = {language: _words(chance, letters) for language, letters in _LETTERS.items()}
    guid = ""
    for number in range(1, count + 1):
        language = chance.choices(languages, _SHARES)[0]
        vocabulary, blank = words[language], "" if language == "zh-cn" else " "

        def text(length: int, vocabulary: list[str] = vocabulary, blank: str = blank) -> str:
            places = (int(20_000 * chance.random() ** 3) for _ in range(length))
            return blank.join(vocabulary[place] for place in places)

        kind = chance.random()
        dead = 1 if kind < 0.05 else 0
        guid = guid if 0.05 < kind < 0.06 else str(UUID(int=chance.getrandbits(128)))
        url = f"https://{chance.choice(_HOSTS)}/{chance.getrandbits(60):x}/podcast.xml"
        url = "not an address" if 0.06 < kind < 0.061 else url
        description = text(chance.choice((5, 15, 40, 80)))
        if chance.random() < 0.15:
            description = f"<p>{description}</p><p>&copy; <a href='https://x.example'>{text(3)}</a></p>"
        title = text(chance.randint(1, 6)) + (" needle" if number % 50_000 == 7 else "")
        newest = chance.randint(1_300_000_000, 1_780_000_000)
        categories = [*chance.sample(_CATEGORIES, chance.randint(1, 4)), *[""] * 9][:10]
        yield (
            *(number, url, title, newest, "https://show.example/", 200, dead, "application/rss+xml"),
            *(chance.getrandbits(30), url, text(2), text(2), number % 2),
            *(f"https://images.example/{number:x}/cover.jpg", "episodic", "A host", newest, language),
            *(newest - 9_999, chance.randint(0, 300), chance.randint(0, 9), 3, newest, 7, f"{number:032x}"),
            *("anchor.example", f"https://media.example/{number}.mp3", guid, description, *categories, 1_800),
        )


def _words(chance: random.Random, letters: str) -> list[str]:
    longest = 3 if len(letters) == 20 else 11
    return ["".join(chance.choices(letters, k=chance.randint(1, longest))) for _ in range(20_000)]


@dataclass(slots=True)
class _Peak:
    """The most memory that the processes of one run held at a time, in megabytes."""

    all_mb: float = 0
    own_mb: float = 0

    def look(self, process: int) -> None:
        """Look at ``process`` and those that it started, as Linux tells of them."""
        resident = own = 0
        try:
            children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
            for number in (process, *map(int, children)):
                said = dict(
                    line.split(":", 1) for line in Path(f"/proc/{number}/status").read_text().splitlines()
                )
                resident += int(said["VmRSS"].split()[0])
                own += int(said["RssAnon"].split()[0])
        except (OSError, KeyError):
            return
        self.all_mb = max(self.all_mb, resident / 1024)
        self.own_mb = max(self.own_mb, own / 1024)


_peak = _Peak()


def _run(*arguments: str) -> tuple[float, str]:
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "castabout", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while process.poll() is None:
        _peak.look(process.pid)
        time.sleep(0.1)
    said, complaint = process.communicate()
    if process.returncode:
        sys.exit(
            f"bench: castabout {' '.join(arguments)} ended with {process.returncode}: {complaint[-500:]}"
        )
    return time.perf_counter() - began, said


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else sum(file.stat().st_size for file in path.rglob("*"))


if __name__ == "__main__":
    main()

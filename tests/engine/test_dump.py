"""Taking in a dump of the Podcast Index."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.dump import make
from castabout.engine import dump
from castabout.engine.castabout import Castabout
from castabout.engine.check import check
from castabout.engine.decide import decide
from castabout.engine.dump import take_in
from castabout.engine.dump_rows import BATCH
from castabout.engine.indexing import catch_up, waiting
from castabout.engine.search import find_podcasts
from castabout.errors import SourceError
from castabout.model.dump import DumpCounts, Wanted
from castabout.model.feed import Episode, ParsedFeed, Podcast
from castabout.store import feeds, podcasts
from castabout.store.apply import apply
from tests.dumps import show, write_dump
from tests.support import NOW, open_at

GUID = "00000000-0000-5000-8000-000000000001"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Castabout]:
    made = open_at(tmp_path / "home")
    yield made
    made.close()


def taken(library: Castabout, path: Path, **wanted: object) -> DumpCounts:
    waiting(library)
    return take_in(library, path, Wanted(**wanted), progress=lambda _: None)  # type: ignore[arg-type]


def titles(library: Castabout, query: str) -> list[str]:
    return [line.title for line in find_podcasts(library, query).hits]


def test_a_row_is_a_podcast_that_is_found_and_has_a_feed(library: Castabout, tmp_path: Path) -> None:
    row = show(
        1,
        title="Bread &amp; butter",
        link="https://show.example/",
        itunesAuthor="Ann",
        itunesOwnerName="Owner",
        explicit=1,
        imageUrl="https://img.example/1.jpg",
        language="EN_us",
        popularityScore=7,
        description="<p>All about <b>rye</b></p><script>x</script>",
        category1="arts",
        category2="food",
        category3="Arts",
    )
    assert taken(library, write_dump(tmp_path / "d.db", row)) == DumpCounts(added=1)
    stored = podcasts.by_id(library.store, GUID)
    assert stored is not None
    assert (stored.source, stored.episodes, stored.added) == ("https://feeds.example/1", 0, NOW)
    assert stored.podcast == Podcast(
        title="Bread & butter",
        author="Ann",
        link="https://show.example/",
        image="https://img.example/1.jpg",
        language="en-US",
        explicit=True,
        guid=GUID,
        description="<p>All about <b>rye</b></p>",
        categories=("arts", "food"),
        popularity=7,
    )
    for query in ("bread butter", "rye", "ann", "food", '"about rye"', "bread -wheat"):
        assert titles(library, query) == ["Bread & butter"], query
    assert titles(library, "owner") == titles(library, "bread -rye") == []
    assert waiting(library) == 0
    assert check(library).faults == ()
    (feed,) = feeds.lease(
        library.store, "me", now=int(NOW.timestamp()), until=int(NOW.timestamp()) + 9, limit=9
    )
    assert (feed.id, feed.url) == (GUID, "https://feeds.example/1")


WANTED: dict[str, tuple[dict[str, object], list[int]]] = {
    "language": ({"languages": ("de", "fr")}, [2, 5]),
    "category": ({"categories": ("NEWS",)}, [1, 2]),
    "popularity": ({"popularity": 5}, [2, 3]),
    "episodes": ({"episodes": 10}, [1, 3]),
    "newer": ({"newer_than": datetime(2024, 1, 1, tzinfo=UTC)}, [3]),
    "together": ({"languages": ("en",), "popularity": 5, "episodes": 10}, [3]),
    "nothing": ({"languages": ("xh",)}, []),
}


@pytest.mark.parametrize("name", WANTED)
def test_which_are_wanted(library: Castabout, tmp_path: Path, name: str) -> None:
    wanted, numbers = WANTED[name]
    path = write_dump(
        tmp_path / "d.db",
        show(1, language="en", category3="news", popularityScore=1, episodeCount=10),
        # 2023-12-31T23:59:59Z
        show(2, language="de-AT", category1="News", popularityScore=5, newestItemPubdate=1704067199),
        # 2024-01-01T00:00:00Z
        show(3, language="en-GB", popularityScore=9, episodeCount=99, newestItemPubdate=1704067200),
        show(4, language="", category1="newsreel"),
        show(5, language="Français"),
        show(6, language="fr", dead=1),
    )
    left_out = 5 - len(numbers)
    assert taken(library, path, **wanted) == DumpCounts(added=len(numbers), dead=1, unwanted=left_out)
    assert sorted(titles(library, "show")) == [f"Show {number}" for number in numbers]


#: The same columns without a type or a promise about what is in them.
LOOSE = "CREATE TABLE podcasts (id, url, title, podcastGuid, dead, description, language, link, imageUrl, \
itunesAuthor, popularityScore, explicit, category1, newestItemPubdate)".replace(
    "id,", "id INTEGER PRIMARY KEY,", 1
)


def loose_dump(path: Path, *rows: tuple[object, ...]) -> Path:
    connection = sqlite3.connect(path)
    connection.execute(LOOSE)
    connection.executemany(
        "INSERT INTO podcasts (url, title, podcastGuid, description) VALUES (?, ?, ?, ?)", rows
    )
    connection.commit()
    connection.close()
    return path


def test_hostile_rows_are_counted(library: Castabout, tmp_path: Path) -> None:
    path = loose_dump(
        tmp_path / "d.db",
        (None, "t", "", ""),
        ("file:///etc/passwd", "t", "", ""),
        ("javascript:alert(1)", "t", "", ""),
        (b"https://a.example/", "t", "", ""),
        (17, "t", "", ""),
        ("https://[bad/", "t", "", ""),
        ("https://a.example/" + "x" * 20_000, "t", "", ""),
        ("https://a.example/none", None, "", ""),
        ("https://a.example/blank", " \0 \n", "", ""),
        ("https://a.example/blob", b"\xff\xfe", "", ""),
        ("https://a.example/good", "Nul\0 and \x1b[31mcontrol", "no uuid", 3.5),
        ("https://a.example/good", "The same address", "", ""),
        ("https://a.example/other", "The same id", "no uuid", ""),
        ("https://b.example/long", "Long " + "T" * 9_000_000, None, "d" * 9_000_000),
    )
    connection = sqlite3.connect(path)
    connection.execute(
        "INSERT INTO podcasts (url, title) VALUES ('https://c.example/', CAST(x'6361ff66c3a9' AS TEXT))"
    )
    connection.execute(
        "UPDATE podcasts SET popularityScore = 'lots', explicit = 'maybe', newestItemPubdate = 'x'"
    )
    connection.commit()
    connection.close()
    assert taken(library, path) == DumpCounts(added=3, known=2, unusable=10)
    assert titles(library, "nul") == ["Nul"]
    assert titles(library, "fé") == ["ca\N{REPLACEMENT CHARACTER}fé"]
    (long,) = titles(library, "long")
    assert len(long) == 300
    assert check(library).faults == ()


def test_a_password_in_a_dump_is_not_stored(library: Castabout, tmp_path: Path) -> None:
    path = write_dump(tmp_path / "d.db", show(1, url="http://ann:HUSH@host.example/feed"), show(2))
    assert taken(library, path) == DumpCounts(added=1, unusable=1)
    assert not any(b"HUSH" in file.read_bytes() for file in (tmp_path / "home").glob("library.db*"))


def test_what_is_no_dump(library: Castabout, tmp_path: Path) -> None:
    path = tmp_path / "d.db"
    for statement in (
        "CREATE TABLE other (x)",
        "CREATE TABLE podcasts (title)",
        "CREATE VIEW podcasts AS SELECT 1 AS url, 2 AS title, 3 AS podcastGuid",
    ):
        path.unlink(missing_ok=True)
        connection = sqlite3.connect(path)
        connection.execute(statement)
        connection.close()
        with pytest.raises(SourceError, match="a SQLite database, but no dump of the Podcast Index"):
            taken(library, path)
    with pytest.raises(SourceError, match="no dump"):
        taken(library, tmp_path / "home" / "library.db")


def test_a_damaged_dump_keeps_what_was_read(library: Castabout, tmp_path: Path) -> None:
    path = write_dump(tmp_path / "d.db", *(show(number, description="d" * 500) for number in range(1, 1_000)))
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 40_960] = b"\xff" * 40_960
    path.write_bytes(data)
    with pytest.raises(SourceError, match="the file is damaged; what could be read of it was"):
        taken(library, path)
    assert 100 < find_podcasts(library, "show").podcasts < 900
    assert check(library).faults == ()


def test_by_another_process_and_again(
    library: Castabout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More rows than one batch, more batches than one commit."""
    monkeypatch.setattr(dump, "COMMIT_EVERY", 2 * BATCH)
    path = tmp_path / "d.db"
    make(path, 4 * BATCH + 10)
    told: list[int] = []
    waiting(library)
    first = take_in(library, path, Wanted(), progress=told.append)
    assert sum(told) == first.added + first.known + first.dead + first.unusable
    assert first.added > 7_000
    assert find_podcasts(library, "needle").podcasts == 1
    assert check(library).faults == ()
    assert waiting(library) == 0
    again = taken(library, path)
    assert again == replace(first, added=0, known=first.known + first.added)
    assert waiting(library) == 0


def test_the_feed_brings_the_episodes_and_popularity_stays(library: Castabout, tmp_path: Path) -> None:
    taken(library, write_dump(tmp_path / "d.db", show(1, popularityScore=7, description="From the dump")))
    parsed = ParsedFeed(Podcast(title="From the feed"), (Episode(key="a", title="Rye"),))
    source = "https://feeds.example/1"
    change = decide(podcasts.known(library.store, GUID), parsed, id=GUID, source=source, now=NOW)
    apply(library.store, change)
    catch_up(library, progress=lambda _: None)
    stored = podcasts.by_id(library.store, GUID)
    assert stored is not None
    assert stored.podcast == Podcast(title="From the feed", popularity=7)
    assert titles(library, "feed") == ["From the feed"]
    assert titles(library, "dump") == []
    again = decide(podcasts.known(library.store, GUID), parsed, id=GUID, source=source, now=NOW)
    assert again.is_empty


_RUN = """
import sys
from pathlib import Path
from castabout.engine import dump
from castabout.engine.dump_rows import BATCH
from castabout.engine.indexing import waiting
from castabout.model.dump import Wanted
from tests.support import open_at

def told(more):
    print(more, flush=True)

if __name__ == "__main__":
    dump.COMMIT_EVERY = BATCH
    castabout = open_at(Path(sys.argv[1]))
    waiting(castabout)
    dump.take_in(castabout, Path(sys.argv[2]), Wanted(), progress=told)
"""


@pytest.mark.skipif(os.name != "posix", reason="kills processes as Unix does")
@pytest.mark.parametrize("after", [1, 3])
def test_killed_in_between_and_run_again(tmp_path: Path, after: int) -> None:
    path = tmp_path / "d.db"
    make(path, 6 * BATCH)
    script = tmp_path / "run.py"
    script.write_text(_RUN)
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'src'}"}
    process = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "home"), str(path)],
        stdout=subprocess.PIPE,
        env=environment,
    )
    assert process.stdout is not None
    for _ in range(after):
        assert process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    library = open_at(tmp_path / "home")
    try:
        catch_up(library, progress=lambda _: None)
        assert check(library).faults == ()
        taken(library, path)
        assert check(library).faults == ()
        assert find_podcasts(library, "needle").podcasts == 1
        with sqlite3.connect(path) as connection:
            alive = connection.execute(
                "SELECT count(DISTINCT podcastGuid) FROM podcasts WHERE dead = 0 AND url LIKE 'http%'"
            ).fetchone()[0]
        assert check(library).podcasts == alive
    finally:
        library.close()

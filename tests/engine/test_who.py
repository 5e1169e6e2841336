"""The same show at another address: one podcast, whose episodes count once."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import event

from castabout.engine.castabout import Castabout
from castabout.engine.results import FeedResult
from castabout.engine.update import add
from castabout.errors import NotFound
from castabout.fetch import Fetched, Fetchers, Outcome, Request
from castabout.fetch.file import FileFetcher
from castabout.parse.identity import normal_address, podcast_id
from castabout.store import episodes, inventory, podcasts
from castabout.store.schema import addresses
from tests.support import NOW, open_at

GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
OLD, NEW = "http://old.example/feed", "https://new.example/show.xml"


class Web:
    """The outside network: what is at which address, and which addresses lead on to others for good."""

    def __init__(self) -> None:
        self.bodies: dict[str, str] = {}
        self.moved: dict[str, str] = {}

    def fetch(self, source: str) -> Fetched:
        url = self.moved.get(source, source)
        # One address is one place, however it is written.
        bodies = {normal_address(address): body for address, body in self.bodies.items()}
        if normal_address(url) not in bodies:
            raise NotFound(source)
        return Fetched(source, url, bodies[normal_address(url)].encode())

    def fetch_each(
        self, requests: Iterable[Request], *, workers: int, spacing_s: float, for_s: float | None = None
    ) -> Iterator[tuple[Request, Outcome]]:
        for request in requests:
            try:
                yield request, self.fetch(request.url)
            except NotFound as error:
                yield request, error

    def post(self, url: str, form: Mapping[str, str]) -> None:
        raise AssertionError(url)

    def close(self) -> None:
        pass


@pytest.fixture
def web() -> Web:
    """Nothing is there yet."""
    return Web()


@pytest.fixture
def castabout(tmp_path: Path, web: Web) -> Iterator[Castabout]:
    """An empty installation on that network, with real files."""
    castabout = open_at(tmp_path / "home")
    castabout.fetcher.close()
    # Nobody is asked twice within an hour.
    hours = count()
    yield replace(
        castabout,
        fetcher=Fetchers(http=web, file=FileFetcher(1_000_000)),
        clock=lambda: NOW + timedelta(hours=next(hours)),
    )
    castabout.close()


def item(
    number: int, *, guid: str | None = None, media: str = "https://media.example", title: str = ""
) -> str:
    return (
        f"<item><guid>{guid or f'episode-number-{number}'}</guid><title>{title or f'Number {number}'}</title>"
        f"<pubDate>Fri, {number:02} Mar 2024 06:00:00 GMT</pubDate>"
        f"<enclosure url='{media}/{number}.mp3' type='audio/mpeg'/></item>"
    )


def feed(
    *items: str, title: str = "Bread", author: str = "Ann", guid: str | None = None, self: str | None = None
) -> str:
    return (
        "<rss xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' xmlns:atom='http://www.w3.org/2005/Atom'"
        f" xmlns:podcast='https://podcastindex.org/namespace/1.0'><channel><title>{title}</title>"
        f"<itunes:author>{author}</itunes:author>"
        + (f"<podcast:guid>{guid}</podcast:guid>" if guid else "")
        + (f"<atom:link rel='self' href='{self}'/>" if self else "")
        + "".join(items)
        + "</channel></rss>"
    )


ITEMS = tuple(item(number) for number in (3, 2, 1))
#: The same episodes at another host, which gives them other GUIDs.
MOVED = tuple(item(number, guid=f"gid://{number}", media="https://cdn.example/x") for number in (3, 2, 1))
#: Nothing in common with them.
OTHERS = tuple(item(number, guid=f"another-shows-{number}", media="https://z.example") for number in (13, 12))


def read(castabout: Castabout, *sources: str | Path) -> FeedResult:
    """Add them one after the other; what became of the last."""
    results = [next(add(castabout, [str(source)], found=lambda _: None)) for source in sources]
    assert [result.error for result in results] == [None] * len(sources)
    # Reading the same again changes nothing.
    again = next(add(castabout, [str(sources[-1])], found=lambda _: None))
    assert (again.has_news, again.podcast) == (False, results[-1].podcast)
    assert again.is_as_before or again.problems == results[-1].problems
    assert inventory.faults(castabout.store) == ()
    return results[-1]


def held(castabout: Castabout) -> tuple[int, int]:
    return inventory.counts(castabout.store)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # podcast:guid, though nothing else is the same.
        (feed(*ITEMS, guid=GUID), feed(*MOVED, guid=f" {GUID.upper()} ", author="Bo")),
        (feed(*ITEMS, guid=GUID), feed(*ITEMS, guid=GUID, title="Renamed")),
        # Where the feed says it is at home, if title or episodes are the same.
        (feed(*ITEMS), feed(*MOVED, self=OLD, author="Bo")),
        (feed(*ITEMS), feed(*ITEMS, self="https://www.old.example/feed/", title="Bread (mirror)")),
        # Title, author and an episode: by its GUID, by its file, by its title and day.
        (feed(*ITEMS), feed(ITEMS[1])),
        (feed(*ITEMS), feed(item(2, guid="gid://2"))),
        (feed(*ITEMS), feed(*MOVED)),
    ],
)
def test_the_same_show(castabout: Castabout, web: Web, first: str, second: str) -> None:
    web.bodies = {OLD: first, NEW: second}
    result = read(castabout, OLD, NEW)
    assert held(castabout) == (1, 3)
    assert (result.known_as, result.added, result.changed, result.problems) == (OLD, 0, 0, ())
    with castabout.store.reading() as connection:
        known = set(connection.execute(addresses.select().with_only_columns(addresses.c.url)).scalars())
    assert known == {OLD, NEW}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Title and author alone; by hands of two people; under two titles.
        (feed(*ITEMS), feed(*OTHERS)),
        (feed(*ITEMS), feed(*ITEMS, author="Bo")),
        (feed(*ITEMS), feed(*ITEMS, title="Bread (video)")),
        # GUIDs such as 1, 2, 3 are anybody's.
        (feed(item(1, guid="1")), feed(item(9, guid="1", media="https://z.example"))),
        # It claims to be at home where a quite different show is.
        (feed(*ITEMS), feed(*OTHERS, title="Stars", self=OLD)),
    ],
)
def test_another_show(castabout: Castabout, web: Web, first: str, second: str) -> None:
    web.bodies = {OLD: first, NEW: second}
    result = read(castabout, OLD, NEW)
    assert held(castabout)[0] == 2
    assert result.known_as is None
    assert result.added > 0


@pytest.mark.parametrize(
    ("first", "second", "source"),
    [
        ("http://a.example/feed", "https://a.example/feed", "https://a.example/feed"),
        ("https://a.example/feed", "http://a.example/feed", "https://a.example/feed"),
        ("https://a.example/feed", "https://www.a.example/feed/", "https://a.example/feed"),
        ("https://a.example/feed", "https://A.example:443/feed#top", "https://a.example/feed"),
    ],
)
def test_one_address_written_in_two_ways(
    castabout: Castabout, web: Web, first: str, second: str, source: str
) -> None:
    # Nothing else is the same: at a known address it is the same show, and all of it is taken over.
    web.bodies = {first: feed(*ITEMS)}
    read(castabout, first)
    web.bodies = {second: feed(*OTHERS, title="Renamed", author="Bo")}
    result = read(castabout, second)
    assert held(castabout) == (1, 5)
    assert (result.known_as, result.podcast_changed) == (None, True)
    stored = podcasts.by_id(castabout.store, result.podcast or "")
    assert stored is not None
    assert (stored.source, stored.podcast.title) == (source, "Renamed")


def test_a_guid_that_was_copied_swallows_no_show(castabout: Castabout, web: Web) -> None:
    web.bodies = {OLD: feed(*ITEMS, guid=GUID), NEW: feed(*OTHERS, guid=GUID, title="Stars")}
    result = read(castabout, OLD, NEW)
    assert held(castabout) == (2, 5)
    assert result.podcast == podcast_id(None, NEW)
    assert [(problem.where, problem.what) for problem in result.problems] == [
        ("feed", "its podcast:guid is that of another show, “Bread”; it counts as that one's")
    ]
    assert read(castabout, OLD).problems == ()


def test_a_guid_that_comes_later_changes_no_identity(castabout: Castabout, web: Web) -> None:
    web.bodies = {OLD: feed(*ITEMS)}
    first = read(castabout, OLD)
    web.bodies = {OLD: feed(*ITEMS, guid=GUID), NEW: feed(*OTHERS, guid=GUID)}
    assert read(castabout, OLD).podcast == first.podcast
    # And by it the podcast is found.
    assert read(castabout, NEW).podcast == first.podcast
    assert held(castabout) == (1, 5)


def test_a_show_that_was_listed_twice_already_stays_where_it_is_read(castabout: Castabout, web: Web) -> None:
    web.bodies = {OLD: feed(*ITEMS), NEW: feed(*OTHERS, guid=GUID)}
    first, second = read(castabout, OLD), read(castabout, NEW)
    assert first.podcast != second.podcast
    web.bodies[OLD] = feed(*ITEMS, guid=GUID)
    result = read(castabout, OLD)
    assert (result.podcast, result.known_as, len(result.problems)) == (first.podcast, None, 1)


def test_another_show_moved_into_a_known_address(castabout: Castabout, web: Web) -> None:
    web.bodies = {OLD: feed(*ITEMS, guid=GUID)}
    first = read(castabout, OLD)
    web.bodies = {OLD: feed(*OTHERS, title="Stars", guid="9b024349-ccf0-5f69-a609-6b82873eab3c")}
    assert read(castabout, OLD).podcast != first.podcast
    assert held(castabout) == (2, 5)


def test_an_alias_only_adds(castabout: Castabout, web: Web) -> None:
    web.bodies = {
        OLD: feed(*ITEMS),
        NEW: feed(item(4), item(3, title="Number 3, mended"), item(2), title="Bread", author="Ann"),
    }
    result = read(castabout, OLD, NEW)
    assert (result.known_as, result.added, result.changed) == (OLD, 1, 0)
    titles = {found.episode.title for found in episodes.newest(castabout.store)}
    assert titles == {"Number 1", "Number 2", "Number 3", "Number 4"}
    # What its own feed says is taken over as ever.
    web.bodies[OLD] = feed(item(3, title="Number 3, mended"), *ITEMS[1:])
    assert read(castabout, OLD).changed == 1


def test_a_lasting_redirect_moves_the_podcast(castabout: Castabout, web: Web) -> None:
    web.bodies = {OLD: feed(*ITEMS)}
    first = read(castabout, OLD)
    web.bodies, web.moved = {NEW: feed(*MOVED)}, {OLD: NEW}
    result = read(castabout, OLD)
    assert (result.podcast, result.known_as, result.added, result.changed) == (first.podcast, None, 0, 3)
    stored = podcasts.by_id(castabout.store, result.podcast or "")
    assert stored is not None
    assert stored.source == NEW


def test_guids_change_in_a_stored_feed(castabout: Castabout, web: Web) -> None:
    web.bodies = {OLD: feed(*ITEMS)}
    read(castabout, OLD)
    before = {found.id: found.row for found in episodes.newest(castabout.store)}
    web.bodies = {OLD: feed(item(4), *MOVED)}
    result = read(castabout, OLD)
    assert (result.added, result.changed, result.unchanged) == (1, 3, 0)
    after = {found.id: found.row for found in episodes.newest(castabout.store)}
    assert before.items() < after.items()
    assert held(castabout) == (1, 4)


def test_one_file_by_two_paths(castabout: Castabout, tmp_path: Path) -> None:
    file, folder = tmp_path / "a.xml", tmp_path / "folder"
    file.write_text(feed(*ITEMS))
    folder.mkdir()
    (folder / "link.xml").symlink_to(file)
    shutil.copy(file, folder / "copy.xml")
    read(castabout, file, folder / ".." / "a.xml")
    for other in ("link.xml", "copy.xml"):
        assert read(castabout, folder / other).known_as == file.as_uri()
    assert held(castabout) == (1, 3)


def test_a_file_that_was_moved(castabout: Castabout, tmp_path: Path) -> None:
    file, later = tmp_path / "a.xml", tmp_path / "b.xml"
    file.write_text(feed(*ITEMS))
    first = read(castabout, file)
    file.unlink()
    later.write_text(feed(item(3, title="Mended"), *ITEMS[1:]))
    result = read(castabout, later)
    assert (result.podcast, result.known_as, result.changed) == (first.podcast, None, 1)


def test_an_address_is_better_than_a_file(castabout: Castabout, web: Web, tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text(feed(*ITEMS))
    web.bodies = {NEW: feed(*ITEMS)}
    assert read(castabout, file, NEW).known_as is None
    assert read(castabout, file).known_as == NEW
    assert held(castabout) == (1, 3)


def test_an_unchanged_feed_costs_no_look_at_its_episodes(castabout: Castabout, web: Web) -> None:
    web.bodies = {OLD: feed(*ITEMS, guid=GUID)}
    read(castabout, OLD)
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(castabout.store.engine, "before_cursor_execute", note)
    read(castabout, OLD)
    web.bodies = {OLD: feed(item(4), *ITEMS, guid=GUID)}
    next(add(castabout, [OLD], found=lambda _: None))
    event.remove(castabout.store.engine, "before_cursor_execute", note)
    looks = [statement for statement in said if statement.startswith("SELECT")]
    assert looks
    assert not any("episodes.value" in statement for statement in looks)


def test_a_mark_more_in_the_title_makes_no_other_show(castabout: Castabout, web: Web) -> None:
    web.bodies = {OLD: feed(*ITEMS, title="Bread"), NEW: feed(*ITEMS, title="“Bread”!")}
    first, second = read(castabout, OLD), read(castabout, NEW)
    assert (second.podcast, second.known_as, second.added) == (first.podcast, OLD, 0)

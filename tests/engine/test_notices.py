"""From a new episode to a webhook: found once, gathered, sent, tried again. Real store, index and Apprise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier, Thread
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from castabout.assemble import assemble
from castabout.config import load_settings
from castabout.engine import follows
from castabout.engine.castabout import Castabout
from castabout.engine.indexing import catch_up, reindex
from castabout.engine.matching import find_new
from castabout.engine.notices import MOST_TOLD, Told, tell
from castabout.engine.transcripts import fetch_files
from castabout.engine.update import add
from castabout.engine.users import add_user, remove_user
from castabout.errors import FollowRefused, NoSuchFollow
from castabout.model.follows import Follow
from castabout.store import deliveries
from castabout.store import follows as stored
from castabout.store.follow_schema import deliveries as notices
from castabout.store.follow_schema import finds, unread
from castabout.store.schema import episodes
from tests.engine.crawling import ENVIRONMENT
from tests.hook import Hook, hook
from tests.support import NOW, open_at
from tests.zoo import Answer as ZooAnswer
from tests.zoo import Asked, Zoo

ME = "local"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ITEM = (
    "<item><title>{title}</title><guid>{guid}</guid>{date}<description>{notes}</description>"
    '<enclosure url="https://media.example/{file}.mp3" length="1234567" type="audio/mpeg"/>{more}</item>'
)


@dataclass
class Library:
    """An installation whose clock a test moves, and the feeds that it reads."""

    folder: Path
    time: datetime = NOW
    items: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        settings = load_settings(self.folder / "home", ENVIRONMENT)
        self.castabout = replace(assemble(settings), clock=lambda: self.time)

    def publish(
        self,
        title: str,
        *,
        show: str = "Bread",
        age: timedelta | None = timedelta(0),
        guid: str = "",
        file: str = "",
        notes: str = "",
        more: str = "",
    ) -> None:
        """Put an episode into the feed of a show; ``age`` is how long before now, ``None`` without a date."""
        date = "" if age is None else f"<pubDate>{format_datetime(self.time - age)}</pubDate>"
        guid = guid or f"{show}-{title}"
        item = ITEM.format(
            title=escape(title),
            guid=escape(guid),
            file=file or guid.replace(" ", "-"),
            date=date,
            notes=notes,
            more=more,
        )
        self.items.setdefault(show, []).append(item)

    def read(self) -> None:
        """Read all feeds, and index what is new."""
        self.time += 2 * HOUR
        for show, items in self.items.items():
            (self.folder / f"{show}.xml").write_text(
                '<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>'
                f"<title>{show}</title><language>en</language>{''.join(items)}</channel></rss>"
            )
        sources = [str(self.folder / f"{show}.xml") for show in self.items]
        assert not [
            result.error for result in add(self.castabout, sources, found=lambda _: None) if result.error
        ]
        catch_up(self.castabout, progress=lambda _: None)

    def follow(self, query: str = "rye", target: str = "") -> Follow:
        return follows.add(self.castabout, ME, query, target=target).follow

    def found(self, query: str = "rye") -> list[str]:
        """Titles of all that was new."""
        find_new(self.castabout)
        follow = follows.follow(self.castabout, ME, query)
        _, rows = stored.latest_finds(self.castabout.store, follow.row, limit=1_000)
        with self.castabout.store.reading() as connection:
            ids = connection.execute(select(episodes.c.value).where(episodes.c.row.in_(rows))).scalars()
            return sorted(value.partition('"title":"')[2].partition('"')[0] for value in ids)

    def tell(self) -> Told:
        return tell(self.castabout, public_url=None)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path)
    yield library
    library.castabout.close()


@pytest.fixture
def web() -> Iterator[Hook]:
    with hook() as kept:
        yield kept


def test_what_is_newer_than_the_follow_is_told_once(library: Library) -> None:
    library.publish("Rye before")
    library.read()
    library.follow()
    assert library.found() == []
    library.publish("Rye today")
    library.publish("Rye of long ago, found today", age=900 * DAY)
    library.publish("Wheat today")
    library.read()
    assert library.found() == ["Rye today"]
    assert library.found() == ["Rye today"]


def test_a_reimport_an_edit_and_a_new_index_tell_nothing(library: Library) -> None:
    library.publish("Wheat", guid="edited")
    library.read()
    library.follow()
    library.publish("Rye today")
    library.publish("Spelt", guid="later")
    library.read()
    assert library.found() == ["Rye today"]
    library.items["Bread"] = []
    library.publish("Rye, as it was meant", guid="edited")
    library.publish("Rye today")
    library.publish("Rye instead of spelt", guid="later")
    library.read()
    assert library.found() == ["Rye today"]
    reindex(library.castabout, progress=lambda _: None)
    assert library.found() == ["Rye today"]


def test_a_show_that_is_added_brings_no_back_catalogue(library: Library) -> None:
    library.publish("Wheat", show="Old")
    library.read()
    library.follow()
    for number in range(30):
        library.publish(f"Rye {number}", show="New", age=(number + 1) * DAY)
    for number in range(30):
        library.publish(f"Rye undated {number}", show="Undated", age=None)
    library.publish("Rye undated", show="Old", age=None)
    library.publish("Rye fresh", show="New")
    library.read()
    assert library.found() == ["Rye fresh", "Rye undated"]


def test_copies_are_told_once(library: Library) -> None:
    """As audio and video, by another show, and again years later."""
    long = "The history of rye in the north of Europe"
    library.publish(f"{long}, part one", show="Bread", age=900 * DAY, file="part-one-of-rye")
    library.read()
    library.follow()
    library.publish(long, show="Bread", file="north-of-europe")
    library.publish(long, show="Mirror", file="north-of-europe")
    library.read()
    assert library.found() == [long]
    library.publish(long, show="Third", file="north-of-europe")
    library.publish(f"{long}, part one", show="Third", file="part-one-of-rye")
    library.read()
    assert library.found() == [long]


def test_a_transcript_that_comes_later_counts_once(library: Library) -> None:
    with Zoo(library.folder) as zoo:
        said = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nWe baked with {}.\n"
        for path, grain in (("/1.vtt", "rye"), ("/2.vtt", "wheat")):
            zoo.pages[path] = partial(_answer, said.format(grain).encode())
        named = '<podcast:transcript url="{}" type="text/vtt"/>'
        library.follow()
        library.publish("Talk one", more=named.format(zoo.url("/1.vtt")))
        library.publish("Talk two", more=named.format(zoo.url("/2.vtt")))
        library.publish("Rye talk", more=named.format(zoo.url("/1.vtt")))
        library.read()
        assert library.found() == ["Rye talk"]
        assert [result.error for result in fetch_files(library.castabout, limit=10)] == [None] * 3
        # The index has not seen them.
        assert library.found() == ["Rye talk"]
        catch_up(library.castabout, progress=lambda _: None)
        assert library.found() == ["Rye talk", "Talk one"]
    with library.castabout.store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(unread)).scalar_one() == 0


def _answer(body: bytes, _: Asked) -> ZooAnswer:
    return ZooAnswer(body)


def test_all_filters_are_followed(library: Library) -> None:
    for query in (
        "rye podcast:bread",
        "rye OR spelt",
        '"rye flour"',
        "rye -wheat",
        "rye language:en after:1d",
    ):
        library.follow(query)
    library.read()
    library.publish("Rye flour")
    library.publish("Rye and wheat", show="Other")
    library.publish("Spelt", show="Other")
    library.read()
    assert library.found("rye podcast:bread") == ["Rye flour"]
    assert library.found("rye OR spelt") == ["Rye and wheat", "Rye flour", "Spelt"]
    assert library.found('"rye flour"') == ["Rye flour"]
    assert library.found("rye -wheat") == ["Rye flour"]
    assert library.found('rye language:en after:"1 day"') == ["Rye and wheat", "Rye flour"]


def test_while_it_is_paused_nothing_is_found(library: Library) -> None:
    library.follow()
    follows.pause(library.castabout, ME, "rye")
    library.publish("Rye meanwhile")
    library.read()
    assert library.found() == []
    follows.resume(library.castabout, ME, "rye")
    library.publish("Rye after")
    library.read()
    assert library.found() == ["Rye after"]


def test_what_the_index_has_not_seen_is_found_later(library: Library) -> None:
    library.follow()
    library.publish("Rye today")
    (library.folder / "b.xml").write_text(
        f"<rss version='2.0'><channel><title>B</title>{library.items['Bread'][0]}</channel></rss>"
    )
    list(add(library.castabout, [str(library.folder / "b.xml")], found=lambda _: None))
    assert library.found() == []
    catch_up(library.castabout, progress=lambda _: None)
    assert library.found() == ["Rye today"]


def test_refused(library: Library) -> None:
    with pytest.raises(FollowRefused, match="no word"):
        library.follow("…")
    with pytest.raises(FollowRefused):
        library.follow(target="nosuch://secret")
    # What is refused is not followed without its notices.
    with pytest.raises(NoSuchFollow):
        follows.follow(library.castabout, ME, "rye")
    library.follow()
    with pytest.raises(NoSuchFollow):
        follows.remove(library.castabout, "somebody else", "rye")
    with pytest.raises(FollowRefused, match="nowhere"):
        follows.send_test(library.castabout, ME, "rye")


def test_from_an_episode_to_a_webhook_that_fails_at_first(library: Library, web: Hook) -> None:
    library.follow(target=f"{web.address}/my-secret")
    web.statuses = [500, 500, 200]
    library.publish("Rye & <b>today</b> @everyone")
    library.read()
    told = library.tell()
    assert (told.found, told.sent, len(told.troubles)) == (1, 0, 1)
    assert "500" in told.troubles[0] and "my-secret" not in told.troubles[0]
    line = follows.line_of(library.castabout, ME, "rye")
    (delivery,) = line.deliveries
    assert (delivery.state, delivery.tries, delivery.episodes) == ("waiting", 1, 1)
    assert delivery.next_try == library.time + timedelta(minutes=1)
    assert delivery.error and "500" in delivery.error
    # Not before its time.
    assert library.tell() == Told()
    library.time += timedelta(minutes=1)
    assert len(library.tell().troubles) == 1
    library.time += timedelta(minutes=5)
    assert library.tell() == Told(sent=1)
    (delivery,) = follows.line_of(library.castabout, ME, "rye").deliveries
    assert (delivery.state, delivery.tries, delivery.error) == ("sent", 3, None)
    library.time += DAY
    assert library.tell() == Told()
    assert web.titles == ["rye: Rye & today @\u200beveryone"] * 3
    assert web.got[0]["message"] == "Rye & today @\u200beveryone\nBread · 1 Nov 2026"


def test_it_is_given_up_and_tried_again_when_asked(library: Library, web: Hook) -> None:
    library.follow(target="json://127.0.0.1:1/")
    library.publish("Rye today")
    library.read()
    assert len(library.tell().troubles) == 1
    with library.castabout.store.writing() as connection:
        # As after five more of them.
        connection.execute(notices.update().values(tries=6))
    library.time += DAY
    assert "given up" in library.tell().troubles[0]
    library.time += DAY
    assert library.tell() == Told()
    (delivery,) = follows.line_of(library.castabout, ME, "rye").deliveries
    assert (delivery.state, delivery.tries) == ("failed", 7)
    follows.change(library.castabout, ME, "rye", target=web.address)
    assert library.tell() == Told()
    follows.try_again(library.castabout, ME, "rye")
    assert library.tell() == Told(sent=1)
    assert web.titles == ["rye: Rye today"]


def test_a_digest_is_one_notice_a_day(library: Library, web: Hook) -> None:
    library.follow(target=web.address)
    follows.change(library.castabout, ME, "rye", pace="daily")
    for number in range(MOST_TOLD + 5):
        library.publish(f"Rye {number}")
    library.read()
    assert library.tell() == Told(found=MOST_TOLD + 5)
    library.time += DAY
    assert library.tell() == Told(sent=1)
    assert web.titles == ["rye: 25 new episodes"]
    assert web.got[0]["message"].count("Bread ·") == MOST_TOLD
    assert web.got[0]["message"].endswith("And 5 more.")


def test_without_a_target_nothing_waits_for_one(library: Library, web: Hook) -> None:
    library.follow()
    library.publish("Rye one")
    library.read()
    assert library.tell() == Told(found=1)
    follows.change(library.castabout, ME, "rye", target=web.address)
    assert library.tell() == Told()
    library.publish("Rye two")
    library.read()
    assert library.tell() == Told(found=1, sent=1)
    follows.change(library.castabout, ME, "rye", target="")
    library.publish("Rye three")
    library.read()
    assert library.tell() == Told(found=1)
    assert web.titles == ["rye: Rye two"]


def test_a_test_is_sent_at_once_and_recorded(library: Library, web: Hook) -> None:
    library.follow(target=web.address)
    assert follows.send_test(library.castabout, ME, "rye").state == "sent"
    web.statuses = [503]
    failed = follows.send_test(library.castabout, ME, "rye")
    assert (failed.state, failed.is_test) == ("failed", True)
    assert web.titles == ["A test from castabout"] * 2
    # It is not tried again.
    library.time += DAY
    assert library.tell() == Told()


def test_preview_tells_what_a_month_would_have_brought(library: Library) -> None:
    long = "The history of rye in the north of Europe"
    library.publish("Rye yesterday", age=DAY)
    library.publish("Rye last year", age=365 * DAY)
    library.publish("Wheat yesterday", age=DAY)
    library.publish(long, age=3 * DAY, file="north-of-europe")
    library.publish(long, show="Mirror", age=2 * DAY, file="north-of-europe")
    library.publish("Rye without a date", age=None)
    library.read()
    found = follows.preview(library.castabout, "rye")
    assert (found.total, found.is_more) == (2, False)
    assert [line.title for line in found.episodes] == ["Rye yesterday", long]
    assert follows.preview(library.castabout, "spelt").total == 0
    assert follows.preview(library.castabout, "").total == 0


def test_two_processes_at_once_send_one_notice(library: Library, web: Hook) -> None:
    library.follow(target=web.address)
    library.publish("Rye today")
    library.read()
    others = [replace(open_at(library.folder / "home"), clock=lambda: library.time) for _ in range(4)]
    barrier = Barrier(len(others))

    def work(one: Castabout) -> None:
        barrier.wait()
        tell(one, public_url="https://casts.example")

    threads = [Thread(target=work, args=(one,)) for one in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in others:
        one.close()
    assert web.titles == ["rye: Rye today"]
    assert "\nhttps://casts.example/episodes/" in web.got[0]["message"]


def test_follows_are_those_of_the_first_user_and_end_with_their_own(library: Library, web: Hook) -> None:
    castabout = library.castabout
    library.follow(target=web.address)
    first = add_user(castabout, "ann", "a long pass phrase")
    other = add_user(castabout, "bob", "another pass phrase")
    follows.add(castabout, other.id, "wheat", target=web.address)
    assert [line.follow.query for line in follows.all_follows(castabout, first.id)] == ["rye"]
    library.publish("Rye and wheat")
    library.read()
    assert library.tell() == Told(found=2, sent=2)
    assert sorted(web.titles) == ["rye: Rye and wheat", "wheat: Rye and wheat"]
    remove_user(castabout, "bob")
    assert [one.query for one in stored.active(castabout.store)] == ["rye"]


def test_one_that_was_killed_while_sending_is_sent_later(library: Library, web: Hook) -> None:
    library.follow(target=web.address)
    library.publish("Rye today")
    library.read()
    find_new(library.castabout)
    store = library.castabout.store
    (follow,) = stored.active(store)
    deliveries.gather(store, follow.row, now=library.time)
    # Whoever took it is never heard of again.
    (taken,) = deliveries.take(store, now=library.time, until=library.time + HOUR, limit=5)
    assert taken.delivery.tries == 1
    assert library.tell() == Told()
    library.time += HOUR
    assert library.tell() == Told(sent=1)


_STEP = st.sampled_from(["publish", "copy", "old", "edit", "read", "look", "reindex", "pause", "resume"])


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_STEP, min_size=5, max_size=15))
def test_never_twice_whatever_happens(steps: list[str]) -> None:
    """Each title is one episode, with all its copies: none is found twice, none that is old at all."""
    with TemporaryDirectory() as name:
        library = Library(Path(name))
        library.publish("Wheat")
        library.follow()
        for number, step in enumerate(steps):
            _do(library, step, number)
        library.read()
        found = library.found()
        assert len(set(found)) == len(found)
        assert not [title for title in found if "old" in title]
        with library.castabout.store.reading() as connection:
            assert connection.execute(select(func.count()).select_from(finds)).scalar_one() == len(found)
        library.castabout.close()


def _do(library: Library, step: str, number: int) -> None:
    title = f"The making of rye bread at home, number {number} of them"
    match step:
        case "publish":
            library.publish(title, file=f"the-making-of-{number}")
        case "copy":
            library.publish(title, file=f"the-making-of-{number}")
            library.publish(title, show="Mirror", file=f"the-making-of-{number}")
        case "old":
            library.publish(f"{title}, old", age=400 * DAY)
        case "edit":
            library.items = {
                show: [item.replace("<description>", "<description>!") for item in items]
                for show, items in library.items.items()
            }
        case "read":
            library.read()
        case "look":
            find_new(library.castabout)
        case "reindex":
            reindex(library.castabout, progress=lambda _: None)
        case "pause":
            follows.pause(library.castabout, ME, "rye")
        case "resume":
            follows.resume(library.castabout, ME, "rye")

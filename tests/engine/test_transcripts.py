"""Transcripts and chapters that feeds name, fetched from hosts on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from castabout.engine.health import faulty_files
from castabout.engine.transcripts import FileResult, due, fetch_files
from castabout.model.transcript import StoredSpoken
from castabout.store import changes, episodes, podcasts, spoken
from tests.engine.crawling import DAY, HOUR, Crawler, crawler_at
from tests.zoo import Answer, Asked, Zoo

VTT = b"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Ann>Hello out there.\n"
SRT = b"1\n00:00:01,000 --> 00:00:04,000\nGood morning.\n"
CHAPTERS = (
    b'{"version": "1.2.0", "chapters": ['
    b'{"startTime": 0, "title": "Welcome"}, {"startTime": 90, "title": "News"}]}'
)


@pytest.fixture
def zoo() -> Iterator[Zoo]:
    with Zoo(Path("no-such-folder")) as zoo:
        yield zoo


@pytest.fixture
def crawler(tmp_path: Path, zoo: Zoo) -> Iterator[Crawler]:
    with crawler_at(tmp_path / "home", zoo) as crawler:
        yield crawler


def feed(item: str) -> bytes:
    """A feed whose only episode has ``item`` in it."""
    return (
        '<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>'
        f"<title>Show</title><item><title>One</title><guid>1</guid>{item}</item></channel></rss>"
    ).encode()


def named(zoo: Zoo, path: str, type: str) -> str:
    return f'<podcast:transcript url="{zoo.url(path)}" type="{type}"/>'


def serve(zoo: Zoo, path: str, body: bytes, **headers: str) -> None:
    said = {name.replace("_", "-"): value for name, value in headers.items()}

    def page(asked: Asked) -> Answer:
        is_same = "ETag" in said and asked.headers.get("if-none-match") == said["ETag"]
        return Answer(status=304, headers=said) if is_same else Answer(body, headers=said)

    zoo.pages[path] = page


def fetch(crawler: Crawler, limit: int = 100) -> list[FileResult]:
    return list(fetch_files(crawler.castabout, limit=limit))


def said(crawler: Crawler) -> StoredSpoken | None:
    return spoken.of_episodes(crawler.castabout.store, [1]).get(1)


def texts(crawler: Crawler) -> list[str]:
    found = said(crawler)
    return [cue.text for cue in found.spoken.transcript.cues] if found and found.spoken.transcript else []


def test_a_transcript_is_fetched_once(crawler: Crawler, zoo: Zoo) -> None:
    serve(zoo, "/show", feed(named(zoo, "/one.vtt", "text/vtt")))
    serve(zoo, "/one.vtt", VTT)
    crawler.add(zoo.url("/show"))
    assert due(crawler.castabout) == 1
    assert fetch(crawler) == [FileResult(url=zoo.url("/one.vtt"), is_news=True)]
    found = said(crawler)
    assert found and found.spoken.transcript
    [cue] = found.spoken.transcript.cues
    assert (cue.text, cue.start, cue.end, cue.speaker) == ("Hello out there.", 1.0, 4.0, "Ann")
    assert (found.origin, found.url, found.error) == ("feed", zoo.url("/one.vtt"), None)
    assert found.fetched == crawler.now
    [kept] = spoken.kept_files(crawler.castabout.store, after=(0, ""), limit=9)
    assert (kept.row, kept.origin, kept.raw) == (1, "feed", VTT)
    crawler.later(30 * DAY)
    crawler.update(everything=True)
    assert fetch(crawler) == []
    assert zoo.requests["/one.vtt"] == 1


def test_the_index_is_told(crawler: Crawler, zoo: Zoo) -> None:
    serve(zoo, "/show", feed(named(zoo, "/one.vtt", "text/vtt")))
    serve(zoo, "/one.vtt", VTT)
    crawler.add(zoo.url("/show"))
    last = changes.take(crawler.castabout.store, 100)[-1].sequence
    fetch(crawler)
    [change] = changes.take(crawler.castabout.store, 100, after=last)
    assert (change.kind, change.row) == ("spoken", 1)


def test_the_best_kind_is_asked_first(crawler: Crawler, zoo: Zoo) -> None:
    files = named(zoo, "/one.srt", "application/x-subrip") + named(zoo, "/one.vtt", "text/vtt")
    serve(zoo, "/show", feed(files))
    serve(zoo, "/one.vtt", VTT)
    serve(zoo, "/one.srt", SRT)
    crawler.add(zoo.url("/show"))
    fetch(crawler)
    assert texts(crawler) == ["Hello out there."]
    assert zoo.requests["/one.srt"] == 0


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7\n\x00", b"<!doctype html><body><h1>Gone</h1><p>No page."])
def test_the_next_one_is_asked_when_one_is_no_transcript(crawler: Crawler, zoo: Zoo, body: bytes) -> None:
    files = named(zoo, "/one.vtt", "text/vtt") + named(zoo, "/one.srt", "application/x-subrip")
    serve(zoo, "/show", feed(files))
    serve(zoo, "/one.vtt", body)
    serve(zoo, "/one.srt", SRT)
    crawler.add(zoo.url("/show"))
    assert fetch(crawler) == [FileResult(url=zoo.url("/one.srt"), is_news=True)]
    assert texts(crawler) == ["Good morning."]
    crawler.later(30 * DAY)
    assert fetch(crawler) == []


def test_what_cannot_be_had_is_asked_again_later_and_then_no_more(crawler: Crawler, zoo: Zoo) -> None:
    serve(zoo, "/show", feed(named(zoo, "/one.vtt", "text/vtt")))
    crawler.add(zoo.url("/show"))
    [result] = fetch(crawler)
    assert str(result.error) == f"{zoo.url('/one.vtt')}: answered 404 (not found)"
    found = said(crawler)
    assert found and found.error == str(result.error)
    assert fetch(crawler) == []
    for hours in (1, 4, 16):
        crawler.later(hours * HOUR)
        assert len(fetch(crawler)) == 1
    serve(zoo, "/one.vtt", VTT)
    crawler.later(64 * HOUR)
    fetch(crawler)
    found = said(crawler)
    assert texts(crawler) == ["Hello out there."]
    assert found and found.error is None


def test_one_that_never_comes_is_given_up(crawler: Crawler, zoo: Zoo) -> None:
    serve(zoo, "/show", feed(named(zoo, "/one.vtt", "text/vtt")))
    crawler.add(zoo.url("/show"))
    for _ in range(10):
        fetch(crawler)
        crawler.later(30 * DAY)
    assert zoo.requests["/one.vtt"] == 5


def test_what_is_no_transcript_is_not_asked_again(crawler: Crawler, zoo: Zoo) -> None:
    serve(zoo, "/show", feed(named(zoo, "/one.vtt", "text/vtt")))
    serve(zoo, "/one.vtt", b"%PDF-1.7\n\x00")
    crawler.add(zoo.url("/show"))
    fetch(crawler)
    found = said(crawler)
    assert found and found.error == f"{zoo.url('/one.vtt')}: a document (PDF), not a transcript"
    crawler.later(30 * DAY)
    assert fetch(crawler) == []


def test_a_file_beyond_the_limit_is_left(crawler: Crawler, zoo: Zoo) -> None:
    serve(zoo, "/show", feed(named(zoo, "/bomb", "text/vtt")))
    crawler.add(zoo.url("/show"))
    [result] = fetch(crawler)
    assert result.error and "larger than the limit" in str(result.error)


def test_addresses_that_are_not_public_are_refused(crawler: Crawler, zoo: Zoo) -> None:
    serve(zoo, "/show", feed(named(zoo, "/to/metadata", "text/vtt")))
    crawler.add(zoo.url("/show"))
    [result] = fetch(crawler)
    assert result.error and "is not a public address" in str(result.error)


def test_a_change_of_the_entry_has_it_fetched_again(crawler: Crawler, zoo: Zoo) -> None:
    serve(zoo, "/show", feed(named(zoo, "/one.vtt", "text/vtt")))
    serve(zoo, "/one.vtt", VTT)
    crawler.add(zoo.url("/show"))
    fetch(crawler)
    serve(zoo, "/show", feed(named(zoo, "/one.srt", "application/srt")))
    serve(zoo, "/one.srt", SRT)
    crawler.later(2 * DAY)
    crawler.update()
    assert texts(crawler) == ["Hello out there."]
    fetch(crawler)
    assert texts(crawler) == ["Good morning."]
    found = said(crawler)
    assert found and found.url == zoo.url("/one.srt")


def test_an_unchanged_file_is_not_sent_again(crawler: Crawler, zoo: Zoo) -> None:
    serve(zoo, "/show", feed(named(zoo, "/one.vtt", "text/vtt")))
    serve(zoo, "/one.vtt", VTT, ETag='"1"')
    crawler.add(zoo.url("/show"))
    fetch(crawler)
    serve(zoo, "/show", feed(named(zoo, "/one.vtt", 'text/vtt" language="en')))
    crawler.later(2 * DAY)
    crawler.update()
    assert fetch(crawler) == [FileResult(url=zoo.url("/one.vtt"))]
    assert (zoo.requests["/one.vtt"], zoo.bodies["/one.vtt"]) == (2, 1)
    assert texts(crawler) == ["Hello out there."]


def test_a_transcript_that_a_feed_no_longer_names_stays(crawler: Crawler, zoo: Zoo) -> None:
    serve(zoo, "/show", feed(named(zoo, "/one.vtt", "text/vtt")))
    serve(zoo, "/one.vtt", VTT)
    crawler.add(zoo.url("/show"))
    fetch(crawler)
    serve(zoo, "/show", feed(""))
    crawler.later(2 * DAY)
    crawler.update()
    assert fetch(crawler) == []
    assert texts(crawler) == ["Hello out there."]


def test_chapters(crawler: Crawler, zoo: Zoo) -> None:
    url = zoo.url("/one.json")
    serve(zoo, "/show", feed(f'<podcast:chapters url="{url}" type="application/json+chapters"/>'))
    serve(zoo, "/one.json", CHAPTERS)
    crawler.add(zoo.url("/show"))
    fetch(crawler)
    found = said(crawler)
    assert found and found.spoken.transcript is None
    assert [(one.start, one.end, one.title) for one in found.spoken.chapters] == [
        (0.0, 90.0, "Welcome"),
        (90.0, None, "News"),
    ]


def test_of_many_only_so_many_are_fetched(crawler: Crawler, zoo: Zoo) -> None:
    for number in range(5):
        serve(zoo, f"/show{number}", feed(named(zoo, f"/{number}.vtt", "text/vtt")))
        serve(zoo, f"/{number}.vtt", VTT)
        crawler.add(zoo.url(f"/show{number}"))
    assert len(fetch(crawler, limit=3)) == 3
    assert due(crawler.castabout) == 2
    assert len(fetch(crawler)) == 2


def test_leaving_early_loses_nothing(crawler: Crawler, zoo: Zoo) -> None:
    for number in range(4):
        serve(zoo, f"/show{number}", feed(named(zoo, f"/{number}.vtt", "text/vtt")))
        serve(zoo, f"/{number}.vtt", VTT)
        crawler.add(zoo.url(f"/show{number}"))
    run = fetch_files(crawler.castabout, limit=100)
    crawler.castabout.fetcher.close()
    assert len(list(run)) + due(crawler.castabout) == 4
    assert len(fetch(crawler)) + len(spoken.of_episodes(crawler.castabout.store, range(9))) >= 4
    assert spoken.counts(crawler.castabout.store).transcripts == 4


def test_two_runs_share_the_work(crawler: Crawler, zoo: Zoo) -> None:
    for number in range(4):
        serve(zoo, f"/show{number}", feed(named(zoo, f"/{number}.vtt", "text/vtt")))
        serve(zoo, f"/{number}.vtt", VTT)
        crawler.add(zoo.url(f"/show{number}"))
    first = fetch_files(crawler.castabout, limit=2)
    next(first)
    second = fetch(crawler)
    assert len(second) + 1 + len(list(first)) == 4
    assert all(zoo.requests[f"/{number}.vtt"] == 1 for number in range(4))


def test_a_host_that_asks_for_rest_is_left_alone(crawler: Crawler, zoo: Zoo) -> None:
    serve(zoo, "/show", feed(named(zoo, "/retry-after/120", "text/vtt")))
    crawler.add(zoo.url("/show"))
    fetch(crawler)
    assert fetch(crawler) == []
    assert zoo.requests["/retry-after/120"] == 1


def test_a_private_feeds_password_goes_to_its_own_host_only(crawler: Crawler, zoo: Zoo) -> None:
    asked: list[Asked] = []

    def page(one: Asked) -> Answer:
        asked.append(one)
        return Answer(VTT)

    zoo.pages["/one.vtt"] = zoo.pages["/two.vtt"] = page
    elsewhere = zoo.url("/two.vtt", host=2)
    two = f'</item><item><guid>2</guid><podcast:transcript url="{elsewhere}" type="text/vtt"/>'
    serve(zoo, "/show", feed(named(zoo, "/one.vtt", "text/vtt") + two))
    crawler.add(zoo.url("/show").replace("http://", "http://ann:secret@"))
    fetch(crawler)
    assert {one.path: "authorization" in one.headers for one in asked} == {
        "/one.vtt": True,
        "/two.vtt": False,
    }


def test_notes_are_parted_from_what_is_said(crawler: Crawler, zoo: Zoo) -> None:
    talk = "".join(
        f"<p>{('Ann', 'Bob')[n % 2]} [00:01:{5 * n:02}]: This turn has the number {n}, and it is as long.</p>"
        for n in range(12)
    )
    serve(zoo, "/show", feed(f"<description><![CDATA[<p>All about wool.</p>{talk}]]></description>"))
    crawler.add(zoo.url("/show"))
    store = crawler.castabout.store
    assert episodes.by_rows(store, [1])[1].episode.notes == "<p>All about wool.</p>"
    found = said(crawler)
    assert found and found.spoken.transcript and found.origin == "notes"
    assert [(cue.speaker, cue.start) for cue in found.spoken.transcript.cues] == [
        (("Ann", "Bob")[n % 2], 60.0 + 5 * n) for n in range(12)
    ]
    crawler.later(2 * DAY)
    [again] = crawler.add(zoo.url("/show"))
    assert again.is_as_before
    crawler.later(2 * DAY)
    assert [result.changed for result in crawler.update()] == [0]
    serve(zoo, "/show", feed("<description>All about wool.</description>"))
    crawler.later(2 * DAY)
    assert [result.changed for result in crawler.update()] == [1]
    assert said(crawler) is None
    assert podcasts.by_rows(store, [1])[1].episodes == 1


def guarded(zoo: Zoo, path: str, body: bytes, asked_with: list[str | None]) -> None:
    """``body`` for whoever knows the password of ann, and nobody else."""

    def page(asked: Asked) -> Answer:
        asked_with.append(asked.headers.get("authorization"))
        return Answer(body) if asked_with[-1] == "Basic YW5uOnB3" else Answer(status=401)

    zoo.pages[path] = page


def test_a_file_beside_a_feed_with_a_password_is_asked_with_it(crawler: Crawler, zoo: Zoo) -> None:
    asked_with: list[str | None] = []
    files = named(zoo, "/one.vtt", "text/vtt")
    guarded(zoo, "/show", feed(files), [])
    guarded(zoo, "/one.vtt", VTT, asked_with)
    crawler.add(zoo.url("/show").replace("://", "://ann:pw@"))
    fetch(crawler)
    assert texts(crawler) == ["Hello out there."]
    assert asked_with == ["Basic YW5uOnB3"]


def test_a_file_elsewhere_is_not_asked_with_the_password_of_the_feed(crawler: Crawler, zoo: Zoo) -> None:
    asked_with: list[str | None] = []
    elsewhere = zoo.url("/one.vtt", host=2)
    guarded(zoo, "/show", feed(f'<podcast:transcript url="{elsewhere}" type="text/vtt"/>'), [])
    guarded(zoo, "/one.vtt", VTT, asked_with)
    crawler.add(zoo.url("/show").replace("://", "://ann:pw@"))
    fetch(crawler)
    assert asked_with == [None]


def test_a_password_in_the_address_of_a_file_is_for_its_host_and_kept_nowhere(
    crawler: Crawler, zoo: Zoo
) -> None:
    asked_with: list[str | None] = []
    secret = zoo.url("/one.vtt").replace("://", "://ann:pw@")
    serve(zoo, "/show", feed(f'<podcast:transcript url="{secret}" type="text/vtt"/>'))
    guarded(zoo, "/one.vtt", VTT, asked_with)
    crawler.add(zoo.url("/show"))
    assert fetch(crawler) == [FileResult(url=zoo.url("/one.vtt"), is_news=True)]
    assert asked_with == ["Basic YW5uOnB3"]
    found = said(crawler)
    assert found and found.url == zoo.url("/one.vtt")


def test_what_is_stored_of_a_failure_shows_no_secret(crawler: Crawler, zoo: Zoo) -> None:
    chapters = zoo.url("/none.json").replace("://", "://ann:pw@")
    transcript = zoo.url("/none.vtt?token=sekrit")
    item = (
        f'<podcast:chapters url="{chapters}" type="application/json+chapters"/>'
        f'<podcast:transcript url="{transcript}" type="text/vtt"/>'
    )
    serve(zoo, "/show", feed(item))
    crawler.add(zoo.url("/show"))
    assert len(fetch(crawler)) == 2
    with crawler.castabout.store.reading() as connection:
        stored = set(connection.exec_driver_sql("SELECT error FROM spoken").scalars())
    assert {error.partition(": answered")[0] for error in stored} == {
        zoo.url("/none.json"),
        zoo.url("/none.vtt?token=…"),
    }


def test_time_ends_with_what_was_fetched(crawler: Crawler, zoo: Zoo) -> None:
    """One host says nothing: its file is due as before."""
    item = "<item><title>{n}</title><guid>{n}</guid>{file}</item>"
    silent = f'<podcast:transcript url="{zoo.url("/slow/silent", host=2)}" type="text/vtt"/>'
    items = item.format(n=1, file=silent) + item.format(n=2, file=named(zoo, "/one.vtt", "text/vtt"))
    serve(zoo, "/show", feed("").replace(b"<item><title>One</title><guid>1</guid></item>", items.encode()))
    serve(zoo, "/one.vtt", VTT)
    crawler.add(zoo.url("/show"))
    found = list(fetch_files(crawler.castabout, limit=9, for_s=0.3))
    assert found == [FileResult(url=zoo.url("/one.vtt"), is_news=True)]
    assert due(crawler.castabout) == 1


def test_files_that_were_due_before_are_left(crawler: Crawler, zoo: Zoo) -> None:
    serve(zoo, "/show", feed(named(zoo, "/one.vtt", "text/vtt")))
    serve(zoo, "/one.vtt", VTT)
    crawler.add(zoo.url("/show"))
    crawler.later(1)
    assert due(crawler.castabout, since=crawler.now) == 0
    assert list(fetch_files(crawler.castabout, limit=9, since=crawler.now)) == []
    assert due(crawler.castabout, since=crawler.now - 1) == 1


def test_what_waits_what_failed_and_what_is_faulty_are_counted_apart(crawler: Crawler, zoo: Zoo) -> None:
    item = "<item><title>{n}</title><guid>{n}</guid>{file}</item>"
    bodies = {1: b"%PDF-1.7", 2: VTT + b"\n00:00:09.000 --> nonsense\nLost.\n", 3: VTT, 4: VTT}
    for n, body in bodies.items():
        serve(zoo, f"/{n}.vtt", body)
    items = "".join(item.format(n=n, file=named(zoo, f"/{n}.vtt", "text/vtt")) for n in (*bodies, 5))
    serve(zoo, "/show", feed("").replace(b"<item><title>One</title><guid>1</guid></item>", items.encode()))
    crawler.add(zoo.url("/show"))
    fetch(crawler, limit=3)
    counted = spoken.counts(crawler.castabout.store)
    assert (counted.transcripts, counted.waiting, counted.failed, counted.retried) == (2, 2, 1, 0)
    fetch(crawler)
    counted = spoken.counts(crawler.castabout.store)
    # Nobody is at the fifth address yet.
    assert (counted.transcripts, counted.waiting, counted.failed, counted.retried) == (3, 0, 2, 1)
    files = list(faulty_files(crawler.castabout))
    assert [(file.episode, file.is_read) for file in files if not file.is_read] == [
        ("1", False),
        ("5", False),
    ]
    assert len(files) == counted.failed + counted.faulty

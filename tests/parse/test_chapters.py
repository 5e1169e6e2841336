from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.model.podcasting20 import SimpleChapter
from castabout.model.transcript import Chapter
from castabout.parse.chapters import from_feed, in_order, parse_chapters

IMAGES = "https://example.com/images/"
NAMESPACE = "https://github.com/Podcastindex-org/podcast-namespace"


def chapters_of(*chapters: Any) -> tuple[Chapter, ...]:
    return parse_chapters(json.dumps({"version": "1.2.0", "chapters": chapters}).encode()).chapters


def problems_of(data: bytes) -> list[tuple[str, str]]:
    return [(problem.where, problem.what) for problem in parse_chapters(data).problems]


def test_the_simple_example(shared_data: Path) -> None:
    path = shared_data / "podcasting20" / "docs" / "examples" / "chapters" / "example.json"
    parsed = parse_chapters(path.read_bytes())
    assert parsed.problems == ()
    assert parsed.chapters == (
        Chapter(0.0, "Intro", 168.0),
        Chapter(168.0, "Hearing Aids", 260.0, image=IMAGES + "hearing_aids.jpg"),
        Chapter(260.0, "Progress Report", 410.0),
        Chapter(410.0, "Namespace", 3990.0, NAMESPACE, IMAGES + "namepsace_example.jpg"),
        Chapter(3990.0, "Just Break Up", 4600.0, image=IMAGES + "justbreakuppod.png"),
        Chapter(4600.0, "Donations", 5510.0, "https://example.com/paypal_link"),
        Chapter(5510.0, "The Big Players", 5854.0),
        Chapter(5854.0, "Spread the Word", 6089.0),
        Chapter(6089.0, "Outro"),
    )


def test_the_complex_example(shared_data: Path) -> None:
    path = shared_data / "podcasting20" / "docs" / "examples" / "chapters" / "exampleComplex.json"
    parsed = parse_chapters(path.read_bytes())
    assert parsed.problems == ()
    # At 4826 s only the picture changes.
    assert [(chapter.start, chapter.end, chapter.title) for chapter in parsed.chapters] == [
        (0.0, 168.0, "Intro"),
        (168.0, 260.0, "Hearing Aids"),
        (260.0, 410.0, "Progress Report"),
        (410.0, 3990.0, "Namespace"),
        (3990.0, 4200.0, "Just Break Up"),
        (4200.0, 4600.0, "Played song by artist"),
        (4600.0, 5510.0, "Donations"),
        (5510.0, 5854.0, "The Big Players"),
        (5854.0, 6089.0, "Spread the Word"),
        (6089.0, None, "Outro"),
    ]
    assert parsed.chapters[4].url == "https://twitter.com/justbreakuppod"
    assert (
        parsed.chapters[5].url == "https://www.discogs.com/master/96559-Rick-Astley-Never-Gonna-Give-You-Up"
    )


def test_ends_that_are_given_stay_up_to_the_next_chapter() -> None:
    assert chapters_of(
        {"startTime": 10, "endTime": 15.5, "title": "Two &amp; a half"},
        {"startTime": "00:00:20", "endTime": 50, "title": "Three", "url": "javascript:alert(1)", "img": 5},
        {"startTime": 0, "title": "One", "location": {"name": "Paris"}, "toc": True},
        {"startTime": 30, "endTime": 40, "title": "Four"},
    ) == (
        Chapter(0.0, "One", 10.0),
        Chapter(10.0, "Two & a half", 15.5),
        Chapter(20.0, "Three", 30.0),
        Chapter(30.0, "Four", 40.0),
    )


def test_bad_chapters_are_problems_and_the_rest_is_kept() -> None:
    data = b"""{"chapters": [7, {"title": "No time"}, {"startTime": -1, "title": "Negative"}, {"startTime": 5},
        {"startTime": NaN, "title": "NaN"}, {"startTime": 5, "toc": false},
        {"startTime": 9, "endTime": 8, "title": "Good"}]}"""
    assert parse_chapters(data).chapters == (Chapter(9.0, "Good"),)
    assert problems_of(data) == [
        ("chapter 1", "cannot be read"),
        ("chapter 2", "has no time that can be read (and 2 more)"),
        ("chapter 4", "has no title"),
        ("chapter 7", "ends before it begins"),
    ]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "not well-formed JSON"),
        (b"%PDF-1.7", "not well-formed JSON"),
        (b"[" * 200_000, "not well-formed JSON"),
        (b"{}", "JSON without chapters"),
        (b'{"chapters": {}}', "JSON without chapters"),
        (b" " * 5_000_001, "larger than 5 MB"),
    ],
)
def test_what_is_no_file_of_chapters(data: bytes, what: str) -> None:
    assert parse_chapters(data).chapters == ()
    assert problems_of(data) == [("chapters", what)]


def test_chapters_of_the_feed() -> None:
    assert from_feed(
        (
            SimpleChapter(start=60.0, title="Two", image="https://a.example/2.png"),
            SimpleChapter(start=0.0, title="One", link="https://a.example/"),
        )
    ) == (
        Chapter(0.0, "One", 60.0, "https://a.example/"),
        Chapter(60.0, "Two", image="https://a.example/2.png"),
    )


def test_lists_of_the_same_chapters_are_one() -> None:
    first = (Chapter(0.0, "One"), Chapter(60.2, "Two"))
    second = (
        Chapter(60.0, "TWO", url="https://a.example/"),
        Chapter(61.5, "Two again"),
        Chapter(0.0, "Other"),
    )
    assert in_order((*first, *second), duration=100) == (
        Chapter(0.0, "One", 60.0),
        Chapter(0.0, "Other", 60.0),
        Chapter(60.0, "TWO", 61.5, "https://a.example/"),
        Chapter(61.5, "Two again", 100),
    )


def test_a_length_that_is_too_short_ends_nothing() -> None:
    assert in_order([Chapter(0.0, "One"), Chapter(50.0, "Two")], duration=40)[1].end is None


SECONDS = st.integers(0, 20).map(lambda half: half / 2)
CHAPTERS = st.lists(
    st.builds(Chapter, SECONDS, st.sampled_from(["A", "a", "B"]), st.none() | SECONDS), max_size=12
)


@given(CHAPTERS, st.none() | SECONDS)
def test_chapters_follow_one_another(chapters: list[Chapter], duration: float | None) -> None:
    found = in_order(chapters, duration)
    assert [chapter.start for chapter in found] == sorted(chapter.start for chapter in found)
    assert {chapter.title.casefold() for chapter in found} == {
        chapter.title.casefold() for chapter in chapters
    }
    for chapter in found:
        assert chapter.end is None or chapter.end > chapter.start
        assert not any(chapter.start < other.start < (chapter.end or 0) for other in found)
    assert in_order(found, duration) == found


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    parse_chapters(data)

"""The bytes of files beside episodes, whatever is in them."""

from __future__ import annotations

import pytest

from castabout.engine.spoken_file import read_chapters, read_transcript
from castabout.model.transcript import Chapter, Cue, Spoken, Transcript
from castabout.store.packing import pack, unpack


@pytest.mark.parametrize(
    ("name", "type"),
    [
        ("https://show.example/1.md?x=1", None),
        ("https://show.example/1", "text/markdown; charset=utf-8"),
        ("talks/1.Markdown", "text/plain"),
    ],
)
def test_markdown_is_known_by_its_name_or_type(name: str, type: str | None) -> None:
    said, problem = read_transcript(b"**Ann:** A *good* day.\n\n**Bob:** Yes.\n", name=name, type=type)
    assert said == Spoken(Transcript((Cue("A good day.", speaker="Ann"), Cue("Yes.", speaker="Bob"))))
    assert problem is None


def test_what_is_called_markdown_may_be_something_else() -> None:
    said, _ = read_transcript(b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n", name="a.vtt", type="text/plain")
    assert said == Spoken(Transcript((Cue("Hello.", 1.0, 2.0),)))


def test_a_label_that_lies_is_said() -> None:
    said, problem = read_transcript(b"1\n00:00:01,000 --> 00:00:02,000\nHello.\n", name="a", type="text/html")
    assert said == Spoken(Transcript((Cue("Hello.", 1.0, 2.0),)))
    assert problem == "said to be HTML, is SRT"


def test_several_problems_are_one_line() -> None:
    vtt = b"WEBVTT\n\n00:09.000 --> 00:02.000\nOne.\n\nnonsense --> 00:03.000\nTwo.\n"
    said, problem = read_transcript(vtt, name="a", type="application/json")
    assert said
    assert problem and problem.startswith("said to be JSON, is WebVTT, and ") and "\n" not in problem


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02",
        b"%PDF-1.7\n\x00",
        b"PK\x03\x04\x00",
        b"\x89PNG\r\n\x1a\n\x00",
        b"<rss><channel/></rss>",
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.srt", "a.json"])
def test_what_is_no_transcript(data: bytes, name: str) -> None:
    said, problem = read_transcript(data, name=name)
    assert said is None
    assert problem


def test_chapters_end_with_the_episode() -> None:
    said, problem = read_chapters(
        b'{"chapters": [{"startTime": 5, "title": "Two"}, {"startTime": 0, "title": "One"}]}', duration=60
    )
    assert said == Spoken(None, (Chapter(0.0, "One", 5.0), Chapter(5.0, "Two", 60.0)))
    assert problem is None


@pytest.mark.parametrize("data", [b"", b"{}", b'{"chapters": []}', b"WEBVTT", b'{"chapters": [1, {}]}'])
def test_what_has_no_chapters(data: bytes) -> None:
    said, problem = read_chapters(data, duration=None)
    assert said is None
    assert problem


def test_halves_of_characters_can_be_kept() -> None:
    said, _ = read_chapters(b'{"chapters": [{"startTime": 0, "title": "\\ud800 One"}]}', duration=None)
    assert said == Spoken(None, (Chapter(0.0, "One"),))
    assert unpack(pack(said)) == said

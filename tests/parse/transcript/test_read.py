"""What is bad, large or labelled wrongly is a problem, and the rest is kept; nothing is ever raised."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from castabout.model.transcript import Cue
from castabout.parse.transcript import limits
from castabout.parse.transcript.read import parse_transcript
from tests.parse.transcript.support import cues_of, problems_of

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nHello there\n"
SRT = "1\n00:00:01,000 --> 00:00:02,000\nHello there\n"
JSON = '{"segments": [{"startTime": 1, "endTime": 2, "body": "Hello there"}]}'
HTML = "<time>0:01</time><p>Hello there</p>"


def stamp(seconds: float, mark: str = ",") -> str:
    milliseconds = round(seconds * 1000)
    whole, milliseconds = divmod(milliseconds, 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{mark}{milliseconds:03}"


def to_srt(cues: list[Cue]) -> str:
    return "\n\n".join(
        f"{number}\n{stamp(cue.start or 0)} --> {stamp(cue.end or 0)}\n{cue.speaker}: {cue.text}"
        for number, cue in enumerate(cues, start=1)
    )


def to_vtt(cues: list[Cue]) -> str:
    return "WEBVTT\n\n" + "\n\n".join(
        f"{stamp(cue.start or 0, '.')} --> {stamp(cue.end or 0, '.')}\n<v {cue.speaker}>"
        + cue.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for cue in cues
    )


LABELS = [
    "text/vtt", "Text/VTT; charset=utf-8", "application/x-subrip", "application/srt", "text/srt", "text/html",
    "application/json", "text/plain", "application/octet-stream", "", "nonsense", None,
]  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("text", [VTT, SRT, JSON])
def test_the_text_says_more_than_its_label(text: str, label: str | None) -> None:
    assert cues_of(text, label) == (Cue("Hello there", 1.0, 2.0),)


def test_a_label_that_lies_is_a_problem() -> None:
    assert problems_of(VTT, "application/x-subrip") == [("transcript", "said to be SRT, is WebVTT")]
    assert problems_of(SRT, "TEXT/HTML") == [("transcript", "said to be HTML, is SRT")]
    assert problems_of(HTML, "application/json") == [("transcript", "said to be JSON, is HTML")]
    for honest in ("text/plain", None, "application/octet-stream"):
        assert problems_of(VTT, honest) == []


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7\n1 0 obj", "a document (PDF), not a transcript"),
        (b"{\\rtf1 hello}", "a document (RTF), not a transcript"),
        (b"ID3\x04\x00\x00\x00\x00" + bytes(9), "an audio or video file (MP3), not a transcript"),
        (b"PK\x03\x04\x14\x00\x06\x00", "an archive (ZIP), not a transcript"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture (PNG), not a transcript"),
        (b"\x01\x02\x03\x04 hello", "binary data, not a transcript"),
        (b"<?xml version='1.0'?>\n<rss version='2.0'><channel/></rss>", "a feed, not a transcript"),
    ],
)
def test_what_is_no_transcript(data: bytes, what: str) -> None:
    parsed = parse_transcript(data, type="text/vtt")
    assert parsed.transcript.cues == ()
    assert [(problem.where, problem.what) for problem in parsed.problems] == [("transcript", what)]


def test_a_page_instead_of_the_file() -> None:
    page = "<html><body><h1>Not found</h1><p>The file is gone.</p></body></html>"
    assert cues_of(page, "text/vtt") == ()
    assert problems_of(page, "text/vtt") == [
        ("transcript", "said to be WebVTT, is HTML"),
        ("transcript", "a page, not a transcript"),
    ]
    assert len(cues_of(page, "text/html")) == 2


def test_words_that_begin_like_a_picture() -> None:
    assert cues_of("BM: Hello.\n\nGIF89a: Hi.") == (Cue("Hello.", speaker="BM"), Cue("Hi.", speaker="GIF89a"))


def test_times_that_cannot_be() -> None:
    text = """1
00:00:05,000 --> 00:00:04,000
reversed

2
-00:00:06,000 --> 00:00:07,000
negative

3
100:00:00,000 --> 100:00:01,000
of the fifth day

4
00:00:08,000 --> 99:59:59,999
without end

5
00:00:08,100 --> 00:00:12,000
long enough

6
00:00:10,000 --> 00:00:13,000
overlapping it

7
00:00:02,000 --> 00:00:03,000
too late
"""
    assert cues_of(text) == (
        Cue("too late", 2.0, 3.0),
        Cue("reversed", 5.0),
        Cue("negative"),
        Cue("of the fifth day"),
        Cue("without end", 8.0),
        Cue("long enough", 8.1, 12.0),
        Cue("overlapping it", 10.0, 13.0),
    )
    assert problems_of(text) == [
        ("cue 1", "ends before it begins"),
        ("cue 2", "begins before 0"),
        ("cue 3", "begins after more than two days"),
        ("cue 4", "ends after more than two days"),
        ("cue 7", "begins before the one before it; sorted by time"),
        ("cue 7", "begins before the one before it ends"),
    ]


def test_two_speakers_at_once_are_no_problem() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:05.000\n<v Ann>Well then\n\n00:02.000 --> 00:03.000\n<v Bo>Oh yes\n"
    assert problems_of(text) == []


def test_many_problems_of_one_kind_are_one() -> None:
    text = "".join(f"00:00:09,000 --> 00:00:0{n},000\ncue {n}\n\n" for n in range(5))
    assert problems_of(text) == [("cue 1", "ends before it begins (and 4 more)")]


def test_two_hundred_thousand_words() -> None:
    words = [
        {"startTime": place / 4, "endTime": (place + 1) / 4, "body": "word" if place % 9 else "End."}
        for place in range(200_000)
    ]
    cues = cues_of(json.dumps({"segments": words}))
    assert cues[0] == Cue("End.", 0.0, 0.25)
    assert cues[1] == Cue("word " * 8 + "End.", 0.25, 2.5)
    assert len(cues) == 22_224
    assert sum(len(cue.text.split()) for cue in cues) == 200_000


def test_a_file_beyond_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BYTES", 1_000_000)
    text = "WEBVTT\n\n" + "".join(f"{stamp(n)} --> {stamp(n + 1)}\nÜberübung ä\n\n" for n in range(30_000))
    parsed = parse_transcript(text.encode(), type=None)
    *whole, last = parsed.transcript.cues
    assert len(whole) > 15_000
    assert {cue.text for cue in whole} == {"Überübung ä"}
    assert "Überübung ä".startswith(last.text)
    assert parsed.problems[0].what == "1 MB; only the first 1 MB are read"


def test_more_cues_than_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CUES", 3)
    text = "".join(f"{stamp(second)} --> {stamp(second)}\nso {second}\n\n" for second in range(5))
    assert [cue.text for cue in cues_of(text)] == ["so 0", "so 1", "so 2"]
    assert problems_of(text) == [("transcript", "more than 3 cues; the others are left out")]


def test_a_very_long_cue_becomes_several() -> None:
    sentence = "This is a sentence of forty characters. "
    cues = cues_of(f"WEBVTT\n\n00:01.000 --> 10:00.000\n{sentence * 600}")
    assert [len(cue.text) for cue in cues] == [9_999, 9_999, 3_999]
    assert {(cue.start, cue.end) for cue in cues} == {(1.0, 600.0)}
    assert " ".join(cue.text for cue in cues) == (sentence * 600).strip()
    assert "".join(cue.text for cue in cues_of("x" * 25_000)) == "x" * 25_000


WICKED = [
    "<" * 300_000,
    "<p" * 200_000,
    "<nav>" * 60_000,
    "<!--" * 100_000,
    "<p>" + "<cite>" * 60_000,
    "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v " * 200_000,
    "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "{\\" * 200_000,
    "WEBVTT\n" + "-->\n" * 100_000,
    "1\n" + "00:00:01,000 --> " * 30_000,
    "00:00:01,000 --> 00:00:02,000\n" + " " * 300_000 + "x",
    "00:00:01,000 --> 00:00:02,000\n" + "a\n" * 150_000,
    "{" * 300_000,
    '{"segments": [' + "[" * 300_000,
    '{"segments": [{"startTime": 1' + "0" * 300_000,
    '{"a' * 100_000,
    "Aa " * 100_000 + ":",
    "Aa: " * 100_000,
    "[1:11 " * 60_000,
    "1:11" * 80_000,
    "**" * 150_000,
    "A\n" * 150_000,
    "A:\n\n" * 100_000,
    ">" * 300_000,
    "&" * 300_000,
    "\\" * 300_000,
    "9" * 300_000,
    "x " * 150_000,
]


@pytest.mark.parametrize("text", WICKED, ids=lambda text: repr(text[:12]))
def test_time_grows_no_faster_than_the_text(text: str) -> None:
    began = perf_counter()
    parse_transcript(text[:100_000].encode(), type=None)
    # By the square of their length most of these would take minutes.
    assert perf_counter() - began < 5


def test_speakers_of_all_kinds_survive_json() -> None:
    for speaker in ("null", "[]", "true", '"  "', "{}", '{"name": 3.5}'):
        text = f'{{"segments": [{{"startTime": 1, "body": "Hello there", "speaker": {speaker}}}]}}'
        assert cues_of(text) == (Cue("Hello there", 1.0),)


PIECES = st.sampled_from(
    [
        "WEBVTT", "\n", "\n\n", "\r\n", "\ufeff", "00:00:01,000", "-1:0", " --> ", "->", "99:99:99.999", "<v Ann>",
        "</v>", "<p>", "</p>", "<cite>", "</cite>", "<time>", "</time>", "<script>", "<!--", "-->", "{", "}", "[",
        "]", '"segments"', '"body"', '"startTime"', ":", ",", "1", "1e999", "NaN", "Ann:", "[00:12]", "Bo 1:02",
        "**", "NOTE", "STYLE", "&amp;", "&#0;", "\\u0000", '"', "hello", "Bye.", " ", "\0", "\ud800", "東京", ">>",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map(lambda pieces: "".join(pieces).encode("utf-8", "surrogatepass"))


@given(st.one_of(st.binary(max_size=300), TEXTS), st.sampled_from(LABELS))
@example(b"\xff\xfe\n\x00", None)
@settings(max_examples=300)
def test_any_bytes_give_sane_cues(data: bytes, label: str | None) -> None:
    parsed = parse_transcript(data, type=label)
    cues = parsed.transcript.cues
    assert bool(cues) or bool(parsed.problems)
    starts = [cue.start for cue in cues if cue.start is not None]
    assert starts == sorted(starts)
    for cue in cues:
        assert cue.text == " ".join(cue.text.split()) != ""
        assert cue.speaker is None or cue.speaker == " ".join(cue.speaker.split()) != ""
        assert cue.start is None or 0 <= cue.start <= limits.LONGEST_SECONDS
        assert cue.end is None or (cue.start is not None and cue.start <= cue.end)
        (cue.text + (cue.speaker or "")).encode()
    assert parse_transcript(data, type=label) == parsed


WORDS = st.text(st.sampled_from("abcXYZäß東'&<>-., "), min_size=1, max_size=30).map(
    lambda text: " ".join(text.split())
)
#: Of two words at least, or they would be joined; what begins no tag and repeats nothing.
SAID = st.tuples(WORDS, WORDS).map(lambda words: " ".join(f"so {words[0]} it {words[1]} is".split()))


@st.composite
def transcripts(draw: st.DrawFn) -> list[Cue]:
    times = sorted(draw(st.lists(st.integers(0, 10**8), min_size=2, max_size=20, unique=True)))
    return [
        Cue(
            f"{draw(SAID)} {place}",
            start / 1000,
            end / 1000,
            draw(st.sampled_from(["Ann Lee", "Bo", "Dr. No"])),
        )
        for place, (start, end) in enumerate(pairwise(times))
    ]


@given(transcripts())
def test_what_was_written_is_read_again(cues: list[Cue]) -> None:
    for text in (to_srt(cues), to_vtt(cues), to_srt(cues).replace("\n", "\r\n")):
        if "<" not in text.replace("<v ", "") and "-->" not in "".join(cue.text for cue in cues):
            assert cues_of(text) == tuple(cues)


@given(st.lists(SAID, min_size=1, max_size=12))
def test_no_word_is_lost(said: list[str]) -> None:
    """Whatever the format: the words of the cues are the words of the file, in their order."""
    said = [text.replace("<", "").replace(">", "").replace("&", "") for text in said]
    expected = " ".join(said).split()
    starts = random.Random(len(said)).sample(range(100), len(said))
    forms = [
        "\n\n".join(said),
        "".join(f"<p>{text}</p>" for text in said),
        "".join(f"<time>0:{start:02}</time><p>{text}</p>" for start, text in zip(starts, said, strict=True)),
        json.dumps([{"startTime": place, "body": text} for place, text in enumerate(said)]),
        "\n".join(
            f"00:0{place // 10}:0{place % 10},5 --> 00:09:00,5\n{text}" for place, text in enumerate(said)
        ),
    ]
    for form in forms:
        assert " ".join(cue.text for cue in cues_of(form)).split() == expected

"""The namespace's own examples: every cue, with the times, speakers and words that stand in the files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from castabout.model.transcript import Cue, Transcript
from castabout.parse.transcript.read import parse_transcript


@pytest.fixture
def examples(shared_data: Path) -> Path:
    return shared_data / "podcasting20" / "docs" / "examples" / "transcripts"


def read(path: Path, type: str | None) -> Transcript:
    parsed = parse_transcript(path.read_bytes(), type=type)
    assert parsed.problems == ()
    return parsed.transcript


def words(transcript: Transcript) -> list[str]:
    return " ".join(cue.text for cue in transcript.cues).split()


def test_vtt(examples: Path) -> None:
    transcript = read(examples / "example.vtt", "text/vtt")
    assert transcript.cues == (
        Cue("In today's episode, you'll learn whether or not you", 0.0, 2.76, "Sarah"),
        Cue("should have a podcast trailer. And if so, what should you", 2.76, 6.09, "Sarah"),
        Cue("include in one? Welcome to Podcasting Q&A, where you learn", 6.09, 11.61, "Sarah"),
        Cue("the best tips and strategies to launch, grow and monetize your", 11.61, 15.75, "Sarah"),
        Cue("podcast. This week's question comes from Gillian.", 15.75, 18.63, "Sarah"),
        Cue("Hi Buzzsprout, Gillian here from breaking through", 19.08, 21.45, "Gillian"),
        Cue("careers podcast. My question is, do we need a podcast trailer?", 21.45, 25.35, "Gillian"),
    )
    assert transcript.is_timed


def test_json(examples: Path) -> None:
    assert read(examples / "example.json", "application/json").cues == (
        Cue("I am your father.", 0.5, 2.5, "Darth Vader"),
        Cue("Nooooo", 2.75, 3.0, "Luke"),
    )


#: Who begins with which cue.
SPEAKERS = {
    1: "Travis", 18: "Sarah", 31: "Travis", 65: "Gilon", 78: "Travis",
    94: "Gilon", 112: "Travis", 166: "Sarah", 179: "Gilon", 203: "Travis",
}  # fmt: skip


def test_srt(examples: Path) -> None:
    path = examples / "example.srt"
    cues = read(path, "application/x-subrip").cues
    assert cues[0] == Cue("When you first get started in podcasting, it's", 0.179, 2.399, "Travis")
    assert cues[16] == Cue("your goals, that much faster", 48.99, 50.34, "Travis")
    assert cues[17] == Cue("Creating good audio is really key to keeping your", 53.03, 57.77, "Sarah")
    assert cues[221] == Cue("best thing to do is to batch your episodes.", 752.671, 754.769, "Travis")
    blocks = path.read_text().strip().split("\n\n")
    assert len(cues) == len(blocks) == 222
    speaker = None
    for number, (block, cue) in enumerate(zip(blocks, cues, strict=True), start=1):
        first, times, *lines = block.split("\n")
        speaker = SPEAKERS.get(number, speaker)
        said = " ".join(" ".join(lines).split())
        if number in SPEAKERS:
            said = said.removeprefix(f"{speaker}: ")
        start, end = (
            int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(milliseconds) / 1000
            for hours, minutes, seconds, milliseconds in re.findall(r"(\d\d):(\d\d):(\d\d),(\d{3})", times)
        )
        assert int(first) == number
        assert (cue.start, cue.end) == pytest.approx((start, end), abs=1e-9)
        assert (cue.text, cue.speaker) == (said, speaker)


def test_html(examples: Path) -> None:
    cues = read(examples / "example.html", "text/html").cues
    assert [(cue.start, cue.end, cue.speaker) for cue in cues] == [
        (0.0, None, "Travis"),
        (53.0, None, "Sarah"),
        (102.0, None, "Travis"),
        (219.0, None, "Gilon"),
        (263.0, None, "Travis"),
        (322.0, None, "Gilon"),
        (376.0, None, "Travis"),
        (562.0, None, "Sarah"),
        (617.0, None, "Gilon"),
        (691.0, None, "Travis"),
    ]
    assert cues[1].text.startswith(
        "Creating good audio is really key to keeping your podcast listeners engaged"
    )
    assert (
        "because no matter how good the content is, if your audio quality isn't good. It's un" in cues[1].text
    )


def test_srt_and_html_of_one_episode_say_the_same_words(examples: Path) -> None:
    srt = words(read(examples / "example.srt", None))
    html = words(read(examples / "example.html", None))
    assert len(srt) > 2_000
    assert srt == html


def snippets(examples: Path) -> dict[str, str]:
    """The examples within the specification's text, which are not those in the files."""
    text = (examples / "transcripts.md").read_text()
    return dict(re.findall(r"#### Snippet:\n+```(\w+)\n(.*?)```", text, re.S))


def test_vtt_in_the_text(examples: Path) -> None:
    parsed = parse_transcript(snippets(examples)["vtt"].encode(), type="text/vtt")
    assert [(cue.start, cue.end, cue.speaker) for cue in parsed.transcript.cues] == [
        (0.0, 5.0, "John"),
        (5.0, 10.0, "Tom"),
        (10.0, 15.0, "Tom"),
        (15.0, 20.0, "Tom"),
        (20.0, 25.0, "John"),
        (25.0, 30.0, "Tom"),
        (30.0, 35.0, "John"),
    ]
    assert parsed.transcript.cues[6].text == "Couldn't agree more, Tom. The future looks bright."


def test_srt_in_the_text(examples: Path) -> None:
    parsed = parse_transcript(snippets(examples)["srt"].encode(), type="application/srt")
    assert parsed.problems == ()
    assert parsed.transcript.cues == (
        Cue("In today's episode, you'll learn whether or not you", 0.0, 2.76, "Sarah"),
        Cue("should have a podcast trailer. And if so, what should you", 2.76, 6.09, "Sarah"),
        Cue("include in one? Welcome to Podcasting Q&A.", 6.09, 11.61, "Sarah"),
        Cue("Hi Buzzsprout, Gillian here from breaking through", 19.08, 21.45, "Gillian"),
        Cue("careers podcast. My question is, do we need a podcast trailer?", 21.45, 25.35, "Gillian"),
    )


def test_json_in_the_text(examples: Path) -> None:
    parsed = parse_transcript(snippets(examples)["json"].encode(), type="application/json")
    assert parsed.transcript.cues == (
        Cue("I am your father.", 0.5, 2.5, "Darth Vader"),
        Cue("Nooooo", 2.75, 3.0, "Luke"),
    )


def test_html_in_the_text(examples: Path) -> None:
    parsed = parse_transcript(snippets(examples)["html"].encode(), type="text/html")
    assert parsed.transcript.cues == (
        Cue(
            "We have an update planned where we would like to give the ability to upload an "
            "artwork file for these videos",
            0.0,
            None,
            "Kevin",
        ),
        Cue("You're triggering Tom right now with a hey, here's a cool feature.", 9.0, None, "Alban"),
    )

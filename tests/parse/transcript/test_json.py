from __future__ import annotations

import json
from typing import Any

from castabout.model.transcript import Cue
from castabout.parse.transcript.read import parse_transcript
from tests.parse.transcript.support import cues_of, problems_of


def segments(*words: str, seconds: float = 0.5, **more: Any) -> str:
    """A transcript with a word in each segment, one after the other."""
    found = [
        {"startTime": place * seconds, "endTime": (place + 1) * seconds, "body": word, **more}
        for place, word in enumerate(words)
    ]
    return json.dumps({"version": "1.0.0", "segments": found})


def test_words_become_sentences() -> None:
    assert cues_of(segments(*"So it is. Dr. No said no ! Yes".split(), speaker="Ann")) == (
        Cue("So it is.", 0.0, 1.5, "Ann"),
        Cue("Dr. No said no!", 1.5, 4.0, "Ann"),
        Cue("Yes", 4.0, 4.5, "Ann"),
    )


def test_a_sentence_of_words_is_at_most_ten_seconds_long() -> None:
    cues = cues_of(segments(*["word"] * 50))
    assert [(cue.start, cue.end) for cue in cues] == [(0.0, 10.0), (10.0, 20.0), (20.0, 25.0)]


def test_silence_ends_a_sentence() -> None:
    text = segments("before", "after").replace(
        '"startTime": 0.5, "endTime": 1.0', '"startTime": 3, "endTime": 4'
    )
    assert cues_of(text) == (Cue("before", 0.0, 0.5), Cue("after", 3.0, 4.0))


def test_words_with_their_own_blanks() -> None:
    text = segments(" I", " can", "'t", " be", "lieve", " it", ".")
    assert cues_of(text) == (Cue("I can't believe it.", 0.0, 3.5),)
    assert cues_of(segments("I ", "can ", "be", "lieve ", "it"))[0].text == "I can believe it"


def test_words_of_scripts_without_blanks() -> None:
    assert cues_of(segments("今日", "は", "晴れ", "。", "明日", "も"))[0].text == "今日は晴れ。"


def test_longer_segments_stay_as_they_are() -> None:
    text = segments("Hello and welcome.", "Thanks for having me.", "Good")
    assert [cue.text for cue in cues_of(text)] == ["Hello and welcome.", "Thanks for having me.", "Good"]


def test_other_ways_to_write_segments() -> None:
    whisper = """{"text": "Hi there", "language": "english",
        "segments": [{"start": 0.0, "end": 2, "text": " Hi there"}]}"""
    assert cues_of(whisper) == (Cue("Hi there", 0.0, 2.0),)
    assert parse_transcript(whisper.encode(), type=None).transcript.language == "en"
    assert cues_of('[{"startTime": "00:01:02.5", "body": "Hi there", "speaker": {"name": "Ann"}}]') == (
        Cue("Hi there", 62.5, None, "Ann"),
    )
    assert cues_of('{"segments": [{"startTime": 1, "body": "Hi there", "speaker": 2}]}')[0].speaker == "2"


def test_a_speaker_is_not_carried_on_to_a_segment_without() -> None:
    text = """{"segments": [{"startTime": 1, "body": "Hi there", "speaker": "Ann"},
        {"startTime": 2, "body": "Oh my"}]}"""
    assert [cue.speaker for cue in cues_of(text)] == ["Ann", None]


def test_bad_segments_are_problems_and_the_rest_is_kept() -> None:
    text = """{"segments": [
        {"startTime": 1, "endTime": 2, "body": "kept as it is"},
        "no segment",
        {"startTime": 2},
        {"startTime": "soon", "body": "kept without time"},
        {"startTime": NaN, "body": "kept without time too"},
        {"startTime": 9, "endTime": 10, "body": "kept as well"}
    ]}"""
    assert cues_of(text) == (
        Cue("kept as it is", 1.0, 2.0),
        Cue("kept without time"),
        Cue("kept without time too"),
        Cue("kept as well", 9.0, 10.0),
    )
    assert problems_of(text) == [
        ("segment 2", "cannot be read"),
        ("segment 3", "has no text"),
        ("segment 4", "has no time that can be read (and 1 more)"),
    ]


def test_a_file_that_is_cut_off() -> None:
    text = segments("Hello and welcome.", "Thanks for having me.")[:-30]
    assert cues_of(text) == (Cue("Hello and welcome.", 0.0, 0.5),)
    assert problems_of(text) == [("transcript", "not well-formed JSON (line 1); read segment by segment")]


def test_a_broken_segment_within_others() -> None:
    text = """{"segments": [{"startTime": 1, "body": "one of"}, {"startTime": 2 "body": "x"},
        {"startTime": 3, "body": "three of"}]}"""
    assert [cue.text for cue in cues_of(text)] == ["one of", "three of"]
    assert ("segment 2", "cannot be read") in problems_of(text)


def test_halves_of_characters_are_left_out() -> None:
    assert cues_of('{"segments": [{"startTime": 1, "body": "a \\ud83d b\\u0000"}]}')[0].text == "a b"


def test_json_of_another_kind() -> None:
    assert problems_of('{"error": "not found"}') == [
        ("transcript", "JSON without segments"),
        ("transcript", "nothing is said in it"),
    ]

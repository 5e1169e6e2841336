from __future__ import annotations

import pytest

from castabout.model.transcript import Cue
from tests.parse.transcript.support import cues_of, problems_of

USUAL = """1
00:00:01,000 --> 00:00:02,500
Hello and welcome

2
00:01:02,250 --> 01:00:00,000
to the show.
"""
TWO = (Cue("Hello and welcome", 1.0, 2.5), Cue("to the show.", 62.25, 3600.0))


@pytest.mark.parametrize(
    "text",
    [
        USUAL,
        USUAL.replace("\n", "\r\n"),
        USUAL.replace("\n", "\r"),
        USUAL.replace("\n", "\n\n"),
        "\ufeff" + USUAL,
        "\n\n\n" + USUAL.rstrip(),
        USUAL.replace("1\n00", "00").replace("2\n00", "00"),
        USUAL.replace("\n\n", "\n"),
        USUAL.replace(",", "."),
        USUAL.replace("00:00:01,000", "0:0:1,0").replace("00:00:02,500", "0:00:02,5"),
        USUAL.replace("00:00:01,000", "00:00:01").replace("02,500", "02:500"),
        USUAL.replace("00:00:01,000", "  00 : 00 : 01 , 000"),
        USUAL.replace(" --> ", "-->"),
        USUAL.replace(" --> ", " -> "),
        USUAL.replace("-->", "—>"),
        USUAL.replace("02,500", "02,500 X1:40 X2:600 Y1:20 Y2:50"),
        USUAL.replace("Hello and welcome", "<i>Hello</i> <font color='#fff'>and</font>\n{\\an8}welcome "),
        USUAL.replace("1\n00", "0\n00").replace("2\n00", "1\n00"),
        USUAL.replace("1\n00", "17\n00").replace("2\n00", "5\n00"),
    ],
)
def test_two_cues_however_they_are_written(text: str) -> None:
    assert cues_of(text, "application/x-subrip") == TWO
    assert problems_of(text, "application/x-subrip") == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nGrüße aus Köln, schöne Übertragung von früher\n"
    (cue,) = cues_of(text.encode(encoding))
    assert cue.text == "Grüße aus Köln, schöne Übertragung von früher"


def test_text_that_looks_like_a_number_stays() -> None:
    text = USUAL.replace("to the show.", "2001") + "\n3\n01:00:01,000 --> 01:00:02,000\n3\n2\n1\n"
    assert [cue.text for cue in cues_of(text)] == ["Hello and welcome", "2001", "3 2 1"]


def test_numbers_are_text_where_cues_have_none() -> None:
    text = "00:01,000 --> 00:02,000\nthree, so\n\n00:02,000 --> 00:03,000\n2\n\n00:03,000 --> 00:04,000\none more\n"
    assert [cue.text for cue in cues_of(text)] == ["three, so", "2", "one more"]


def test_blank_lines_inside_a_cue_lose_nothing() -> None:
    (first, _) = cues_of(USUAL.replace("Hello and", "Hello\n\nand"))
    assert first.text == "Hello and welcome"


def test_cues_without_text_are_left_out() -> None:
    assert cues_of(USUAL.replace("Hello and welcome", "  ")) == TWO[1:]


def test_speakers_are_named_where_they_change() -> None:
    text = """1
00:00:01,000 --> 00:00:02,000
Ann: Hello,

2
00:00:02,000 --> 00:00:03,000
this is one thing: the show.

3
00:00:03,000 --> 00:00:04,000
Dr. Jean-Luc de Ville: Hi.
Ann: He came at 10:30.
"""
    assert cues_of(text) == (
        Cue("Hello,", 1.0, 2.0, "Ann"),
        Cue("this is one thing: the show.", 2.0, 3.0, "Ann"),
        Cue("Hi.", 3.0, 4.0, "Dr. Jean-Luc de Ville"),
        Cue("He came at 10:30.", 3.0, 4.0, "Ann"),
    )


def test_a_word_before_a_colon_is_no_speaker() -> None:
    text = USUAL.replace("to the show.", "Remember: it is free.")
    assert cues_of(text)[1] == Cue("Remember: it is free.", 62.25, 3600.0)


def test_marks_of_another_speaker() -> None:
    text = USUAL.replace("Hello", ">> ANN: Hello").replace("to the", ">> to the")
    assert cues_of(text) == (Cue("Hello and welcome", 1.0, 2.5, "ANN"), Cue("to the show.", 62.25, 3600.0))


def test_a_time_that_cannot_be_read() -> None:
    text = USUAL.replace("00:01:02,250", "00:0x:02,250")
    assert cues_of(text) == (TWO[0], Cue("to the show."))
    assert problems_of(text) == [("cue 2", "its time cannot be read")]


def test_text_before_the_first_cue() -> None:
    assert cues_of("Recorded live\n\n" + USUAL) == (Cue("Recorded live"), *TWO)
    assert problems_of("Recorded live\n\n" + USUAL) == [
        ("transcript", "text before the first cue; kept without a time")
    ]


def test_arrows_in_speech_are_text() -> None:
    assert cues_of(USUAL.replace("to the", "from A -> B --> the"))[1].text == "from A -> B --> the show."

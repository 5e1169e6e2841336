from __future__ import annotations

import pytest

from castabout.model.transcript import Cue
from tests.parse.transcript.support import cues_of

HELLO = Cue("Hello there.", 5.0, None, "Ann Lee")
HI = Cue("Hi.", 62.0, None, "Bo")
BYE = Cue("Bye.", 3723.0, None, "Ann Lee")


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee [00:00:05]: Hello there.\n\nBo [00:01:02]: Hi.\n\nAnn Lee [01:02:03]: Bye.\n",
        "[00:05] Ann Lee: Hello there.\n[01:02] Bo: Hi.\n[1:02:03] Ann Lee: Bye.",
        "(0:05) Ann Lee: Hello there.\n(1:02) Bo: Hi.\n(1:02:03) Ann Lee: Bye.",
        "00:05 Ann Lee: Hello\nthere.\n01:02 Bo: Hi.\n1:02:03 Ann Lee: Bye.",
        "00:05\nAnn Lee: Hello there.\n\n01:02\nBo: Hi.\n\n1:02:03\nAnn Lee: Bye.",
        "Ann Lee 0:05\nHello there.\n\nBo 1:02\nHi.\n\nAnn Lee 1:02:03\nBye.",
        "Ann Lee (00:05):\nHello there.\n\nBo (01:02):\nHi.\n\nAnn Lee (01:02:03):\nBye.",
        "Ann Lee: [00:05] Hello there.\nBo: [01:02] Hi.\nAnn Lee: [1:02:03] Bye.",
        "**Ann Lee:** \\[00:05\\] Hello there.\n\n**Bo:** \\[01:02\\] Hi.\n\n**Ann Lee:** \\[1:02:03\\] Bye.",
        "Ann Lee: 00:05\nHello there.\n\nBo: 01:02\nHi.\n\nAnn Lee: 1:02:03\nBye.",
    ],
)
def test_names_and_times(text: str) -> None:
    assert cues_of(text, "text/plain") == (HELLO, HI, BYE)


def test_names_only() -> None:
    assert cues_of("Host: Hello.\n\nMore of it.\n\nGuest: Hi.") == (
        Cue("Hello.", None, None, "Host"),
        Cue("More of it.", None, None, "Host"),
        Cue("Hi.", None, None, "Guest"),
    )


def test_paragraphs_only() -> None:
    text = "It was 3:15 AM when\nJohn 3:16 was read.\n\nOne thing: it is late.\n"
    assert cues_of(text) == (Cue("It was 3:15 AM when John 3:16 was read."), Cue("One thing: it is late."))


def test_times_of_the_day_at_the_beginning_of_lines() -> None:
    text = "We begin.\n\n10:30 is late.\n\nThen we go on\n\n9:15 is better.\n"
    assert [cue.start for cue in cues_of(text)] == [None] * 4


def test_from_and_to() -> None:
    text = "[00:00.000 --> 00:04.000]  Hello there.\n[00:04.000 --> 00:06.500]  Good bye.\n"
    assert cues_of(text) == (Cue("Hello there.", 0.0, 4.0), Cue("Good bye.", 4.0, 6.5))


def test_markdown_escapes_are_undone_only_in_markdown() -> None:
    assert cues_of("**Ann:** Ha \\[laughs\\]\n\n**Bo:** A")[0].text == "Ha [laughs]"
    assert cues_of("Ann: Ha \\[laughs\\]\n\nBo: A")[0].text == "Ha \\[laughs\\]"


def test_one_word_is_a_transcript() -> None:
    assert cues_of("Hello") == (Cue("Hello"),)

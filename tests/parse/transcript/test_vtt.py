from __future__ import annotations

import pytest

from castabout.model.transcript import Cue
from castabout.parse.transcript.read import parse_transcript
from tests.parse.transcript.support import cues_of, problems_of

#: After the specification's own examples. https://www.w3.org/TR/webvtt1/#introduction
FULL = """WEBVTT - a title
Kind: captions
Language: en-us

NOTE
A comment of
two lines.

STYLE
::cue(b) { color: peachpuff; }

REGION
id:fred
width:40%
lines:3

intro
00:11.000 --> 00:13.000 region:fred align:left
<v.loud Roger Bingham>We are in <i.foreign>New York</i> City

NOTE one line

01:00:13.000 --> 01:00:16.000 position:10%,line-left
<v Roger Bingham>We&rsquo;re actually at the <c.a.b>Lucern&nbsp;Hotel</c> &amp; bar</v>
<v Neil deGrasse Tyson>Did we <00:00:14.500>count &lt;them&gt;?

3 - named
100:00:00.000 --> 01:01:00.000
<lang en-GB>Laughs</lang> <b>aloud</b>
"""


def test_all_that_a_file_may_hold() -> None:
    parsed = parse_transcript(FULL.encode(), type="text/vtt")
    assert parsed.transcript.language == "en-US"
    assert parsed.transcript.cues == (
        Cue("We are in New York City", 11.0, 13.0, "Roger Bingham"),
        Cue("We’re actually at the Lucern Hotel & bar", 3613.0, 3616.0, "Roger Bingham"),
        Cue("Did we count <them>?", 3613.0, 3616.0, "Neil deGrasse Tyson"),
        Cue("Laughs aloud", None, None, "Neil deGrasse Tyson"),
    )
    assert [(problem.where, problem.what) for problem in parsed.problems] == [
        ("cue 4", "begins after more than two days")
    ]


@pytest.mark.parametrize(
    "head",
    [
        "WEBVTT\n\n",
        "\ufeffWEBVTT\n\n",
        "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\n\n",
        "WEBVTT\n",
        "WEBVTT FILE\r\n\r\n",
        "WEBVTT\n\nNOTE --\n\n\n",
    ],
)
def test_headers(head: str) -> None:
    text = f"{head}00:01.000 --> 00:02.000\nHello\nthere\n\n00:02.000 --> 00:03.000\nNOTE this"
    assert cues_of(text) == (Cue("Hello there", 1.0, 2.0), Cue("NOTE this", 2.0, 3.0))
    assert problems_of(text, "text/vtt") == []


def test_no_blank_line_between_cues() -> None:
    text = "WEBVTT\n\n1\n00:01.000 --> 00:02.000\nHello you\n2\n00:02.000 --> 00:03.000\nthere\n"
    assert cues_of(text) == (Cue("Hello you", 1.0, 2.0), Cue("there", 2.0, 3.0))


def test_a_file_without_signature() -> None:
    text = "00:01.000 --> 00:02.000\nHello you\n\nNOTE no\n\n00:02.000 --> 00:03.000\nthere\n"
    assert [cue.text for cue in cues_of(text, "text/vtt")] == ["Hello you", "there"]


def test_what_is_no_tag_is_text() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nI <3 AT&T & a < b <laughs>\n"
    assert cues_of(text)[0].text == "I <3 AT&T & a < b <laughs>"


ROLLING = """WEBVTT
Kind: captions
Language: en

00:00:00.160 --> 00:00:02.389 align:start position:0%
 
welcome<00:00:00.480><c> to</c><00:00:00.640><c> the</c><00:00:01.040><c> show</c>

00:00:02.389 --> 00:00:02.399 align:start position:0%
welcome to the show
 

00:00:02.399 --> 00:00:04.470 align:start position:0%
welcome to the show
today<00:00:02.720><c> we</c><00:00:03.199><c> talk</c>

00:00:04.470 --> 00:00:04.480 align:start position:0%
today we talk
 

00:00:04.480 --> 00:00:07.000 align:start position:0%
today we talk
about<00:00:05.000><c> bees</c>
"""  # noqa: W293


def test_rolling_captions_say_each_line_once() -> None:
    assert cues_of(ROLLING) == (
        Cue("welcome to the show", 0.16, 2.389),
        Cue("today we talk", 2.399, 4.47),
        Cue("about bees", 4.48, 7.0),
    )


def test_what_is_said_twice_stays() -> None:
    text = "WEBVTT\n\n" + "".join(
        f"00:0{second}.000 --> 00:0{second + 1}.000\n{said}\n\n"
        for second, said in enumerate(["Yeah.", "Yeah.", "Yeah.", "No, not at\nall, no.", "all, no.", "Bye."])
    )
    assert [cue.text for cue in cues_of(text)] == [
        "Yeah.", "Yeah.", "Yeah.", "No, not at all, no.", "all, no.", "Bye.",
    ]  # fmt: skip


def test_the_same_cue_given_twice_is_one() -> None:
    cue = "00:01.000 --> 00:02.000\nHello there\n\n"
    assert cues_of(f"WEBVTT\n\n{cue}{cue}") == (Cue("Hello there", 1.0, 2.0),)

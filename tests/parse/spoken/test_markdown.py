"""Transcripts in Markdown. All of it is invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.model.transcript import Cue
from castabout.parse.spoken.markdown import parse_markdown


def cues(text: str) -> tuple[Cue, ...]:
    return parse_markdown(text).transcript.cues


def test_turns() -> None:
    text = (
        "**Ilze Kalniņa:** Welcome to the bakery. \\[laughter\\]\n\n"
        "**Jonas B. Berg, PhD:** \\[01:05\\] Thanks.\n\nIt smells *very* good in [here](https://a.example/(x)_y).\r\n\r\n"
        "**Ilze Kalniņa:** It does. \\[02:10\\] Shall we?\n"
    )
    assert cues(text) == (
        Cue("Welcome to the bakery. [laughter]", None, None, "Ilze Kalniņa"),
        Cue("Thanks.\nIt smells very good in here.", 65.0, None, "Jonas B. Berg, PhD"),
        Cue("It does.", None, None, "Ilze Kalniņa"),
        Cue("Shall we?", 130.0, None, "Ilze Kalniņa"),
    )


def test_what_could_not_be_heard_has_a_time() -> None:
    assert cues("**Ilze:** We call it \\[unintelligible 00:01:05.50\\] here.") == (
        Cue("We call it", None, None, "Ilze"),
        Cue("[unintelligible] here.", 65.5, None, "Ilze"),
    )


@pytest.mark.parametrize(
    "pause",
    ["**Break:** \\[12:34\\]", "**Break**: \\[12:34\\] to \\[13:00\\]", "Break: \\[12:34\\]", "**Break:**"],
)
def test_whoever_spoke_before_a_pause_goes_on(pause: str) -> None:
    assert cues(f"**Ilze:** One.\n\n{pause}\n\nTwo.\n\n**Jonas:** Three.") == (
        Cue("One.", None, None, "Ilze"),
        Cue("Two.", None, None, "Ilze"),
        Cue("Three.", None, None, "Jonas"),
    )


def test_heads_with_mistakes() -> None:
    text = (
        "**Ilze:** One.\n\n**Jonas:** Two.\n\n**:Ilze** Three.\n\n**Jonas**: Four.\n\nIlze: Five.\n\n"
        "**Jonas: Yes,** indeed. **Ilze:** Six.\n\n**By the way**: seven.\n\n**Ilze: ** Eight."
    )
    assert [(cue.speaker, cue.text) for cue in cues(text)] == [
        ("Ilze", "One."),
        ("Jonas", "Two."),
        ("Ilze", "Three."),
        ("Jonas", "Four."),
        ("Ilze", "Five."),
        ("Jonas", "Yes, indeed."),
        ("Ilze", "Six.\nBy the way: seven."),
        ("Ilze", "Eight."),
    ]


@pytest.mark.parametrize(
    ("head", "start"),
    [("**{}** [00:01:05]:", 65), ("**{}** (1:05):", 65), ("**{} [1:05]:**", 65), ("**{}**:", None)],
)
def test_heads_of_others(head: str, start: float | None) -> None:
    text = "\n\n".join(f"{head.format(name)} Yes." for name in ("Ilze", "Jonas", "Ilze", "Jonas"))
    assert cues(text) == tuple(Cue("Yes.", start, None, name) for name in ("Ilze", "Jonas") * 2)


def test_a_time_that_goes_back_is_a_problem() -> None:
    parsed = parse_markdown("**A:** \\[1:00\\] One. \\[9:00\\] Two. \\[2:00\\] Three. \\[3:00\\] Four.")
    assert [cue.start for cue in parsed.transcript.cues] == [60, None, 120, 180]
    assert len(parsed.problems) == 1


def test_text_of_nobody() -> None:
    assert cues("# Bread\n\nWe bake.\n> We sell.\n\n\n- Rye") == (
        Cue("Bread"),
        Cue("We bake.\nWe sell."),
        Cue("Rye"),
    )
    assert cues("Intro words.\n\n**Ilze:** Yes.") == (Cue("Intro words."), Cue("Yes.", None, None, "Ilze"))
    assert cues("") == cues(" \n\n ") == ()


def test_words_with_marks_stay_whole() -> None:
    (cue,) = cues(
        "**A:** The s\\*\\*t of snake_case_names, **bold** and __init__ &amp; &#39;so&#39; on, 5 * 4 * 3."
    )
    assert cue.text == "The s**t of snake_case_names, bold and __init__ & 'so' on, 5 * 4 * 3."


WORDS = st.lists(st.sampled_from("alpha beta gamma delta rye 42 naïve 東京".split()), min_size=1, max_size=8)
NAMES = st.sampled_from(["Ilze Kalniņa", "Jonas", "Speaker 1", "O'Neil-Smith", "李明"])
TIMES = st.none() | st.integers(0, 9000)


@given(st.lists(st.tuples(NAMES, TIMES, WORDS), min_size=1))
def test_no_word_is_lost(turns: list[tuple[str, int | None, list[str]]]) -> None:
    text = "\n\n".join(
        f"**{name}:** " + ("" if time is None else f"\\[{time // 60:02}:{time % 60:02}\\] ") + " ".join(words)
        for name, time, words in turns
    )
    found = cues(text)
    assert [(cue.speaker, cue.text) for cue in found] == [(name, " ".join(words)) for name, _, words in turns]
    times = [cue.start for cue in found if cue.start is not None]
    assert times == sorted(times)


@given(st.text("ab*_:[]()\\> \n-#1234&;!", max_size=200))
def test_never_raises(text: str) -> None:
    for cue in cues(text):
        assert cue.text.strip()

"""Transcripts pasted into notes. All of them are invented."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from castabout.model.transcript import Chapter, Cue
from castabout.parse.notes import sanitise
from castabout.parse.spoken.markdown import parse_markdown
from castabout.parse.spoken.notes import SplitNotes, split_notes
from castabout.text.html import html_to_text

TALK = (
    ("Ilze", "We bake bread every day of the week, and nobody has ever complained about it so far."),
    ("Jonas Berg", "That is a fine thing to hear, and I would like to know how you came to it at all."),
    ("Ilze", "My grandmother had an oven of stone, which is still there behind the house in Riga."),
    ("Jonas Berg", "And does it still work, or is it only something for visitors to look at by now?"),
    ("Ilze", "It works. We heat it twice a year, and the whole village comes with flour & butter."),
    ("Olga", "I come too, and I can tell you that there is no better bread than that of an old oven."),
    ("Jonas Berg", "Then I would like to be asked the next time. Until then: thank you all, and goodbye!"),
    ("Olga", "Goodbye, and see you in Riga."),
)
#: As many seconds as it takes to say these things.
STARTS = (5, 11, 17, 24, 30, 36, 3601, 3607)


def time(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


Turn = Callable[[str, str, str], str]
TIMED: list[Turn] = [
    lambda name, at, text: f"<p>{name} [{at}]: {text}</p>",
    lambda name, at, text: f"{name} [{at}]: {text}<br>",
    lambda name, at, text: f"<p><strong>{name}</strong> [{at}]: {text}</p>",
    lambda name, at, text: f"<p><b>{name} ({at}):</b> {text}</p>",
    lambda name, at, text: f"<p><b>{name}</b> ({at})<br><br>{text}</p>",
    lambda name, at, text: f"<p><b>{name}</b> {at[3:]}<br>{text}</p>",
    lambda name, at, text: f"<p>{name} {at}</p><p>{text}</p>",
    lambda name, at, text: f"<p>{name} - {at}</p><p>{text}</p>",
    lambda name, at, text: f"<p>{name}, {at}</p><p>{text}</p>",
    lambda name, at, text: f"<p>{at} {name}: {text}</p>",
    lambda name, at, text: f"[{at}] {name}: {text}<br>",
    lambda name, at, text: f"<p>({at}) <em>{name}:</em> {text}</p>",
    lambda name, at, text: f"<p>{at} {name}<br>{text}</p>",
    lambda name, at, text: f"<p>{at} | {name}</p><p>{text}</p>",
    lambda name, at, text: f"<p>{name}: ({at}) {text}</p>",
    lambda name, at, text: f"<p>{name}: [{at}]<br>{text}</p>",
    lambda name, at, text: f"<p>**{name}:** \\[{at}\\] {text}</p>",
    lambda name, at, text: f"<p>**{name}** \\[{at}\\]: {text}</p>",
    lambda name, at, text: f"<p>{name} [{at} - 02:00:00]: {text}</p>",
    lambda name, at, text: f"<li>{name} [{at}]: {text}</li>",
]
BEFORE = "<p>Our notes about bread.</p>"
AFTER = '<h3>Links</h3><ul><li>The <a href="https://a.example/oven">oven</a></li></ul>'
LEFT = BEFORE + AFTER.replace('oven">', 'oven" rel="noopener nofollow ugc">')


def short(seconds: int) -> int:
    """Within the first minute: some forms have no hours."""
    return seconds if seconds < 3600 else seconds - 3600 + 42


@pytest.mark.parametrize("turn", TIMED)
@pytest.mark.parametrize("heading", ["", "<h3>Transcript</h3>", "<p>Full transcript:</p>"])
def test_forms_with_times(turn: Turn, heading: str) -> None:
    starts = [short(start) for start in STARTS]
    talk = "".join(turn(name, time(start), text) for (name, text), start in zip(TALK, starts, strict=True))
    split = split_notes(sanitise(BEFORE + heading + talk + AFTER))
    assert split.notes == LEFT
    assert split.transcript and split.transcript.cues == tuple(
        Cue(text, start, None, name) for (name, text), start in zip(TALK, starts, strict=True)
    )
    assert split.chapters == ()


def lines(separator: str = "\n") -> str:
    """A talk of some 3,000 letters without times."""
    return separator.join(f"{name}: {text}" for name, text in TALK * 5)


@pytest.mark.parametrize(
    "talk",
    [
        lines(),
        lines("\n\n"),
        lines("<br>"),
        re.sub(r"(?m)^([\w ]+): ", r"**\1:** ", lines("\n\n")),
        "".join(f"<p><strong>{name}:</strong> {text}</p>" for name, text in TALK * 5),
        "".join(f"<p><strong>{name}:</strong></p><p>{text}</p>" for name, text in TALK * 5),
    ],
)
def test_forms_without_times(talk: str) -> None:
    split = split_notes(sanitise(talk))
    assert split.notes is None
    assert split.transcript and split.transcript.cues == tuple(
        Cue(text, None, None, name) for name, text in TALK * 5
    )
    assert not split.transcript.is_timed


def test_plain_notes_with_lines() -> None:
    talk = "\n".join(
        f"{name} [{time(start)}]: {text}" for (name, text), start in zip(TALK, STARTS[:6], strict=False)
    )
    split = split_notes(sanitise(f"Bread & ovens.\n\nTranscript\n\n{talk}\n\nMore: https://a.example/x\n"))
    assert split.notes and html_to_text(split.notes) == "Bread & ovens.\nMore: https://a.example/x"
    assert split.transcript and len(split.transcript.cues) == 6


def test_lost_lines() -> None:
    """All in one line, as where a page gave only its text."""
    starts = [short(start) for start in STARTS]
    talk = "".join(
        f"{name} [{time(start)}]: {text}" for (name, text), start in zip(TALK, starts, strict=True)
    )
    notes = "Bread at lastTimes* [00:00:00] Hello* [00:00:17] The oven* [00:00:36] Bye"
    split = split_notes(sanitise(f"{notes}Transcript{talk}"))
    assert split.notes == f"<p>{notes}</p>"
    assert split.transcript and split.transcript.cues == tuple(
        Cue(text, start, None, name) for (name, text), start in zip(TALK, starts, strict=True)
    )
    assert split.chapters == (Chapter(0, "Hello"), Chapter(17, "The oven"), Chapter(36, "Bye"))


def test_paragraphs_and_titles_within_a_talk() -> None:
    html = (
        "<p>Notes.</p>"
        "<p>Ilze [00:00]: We bake bread every day of the week.</p><p>Nobody has complained so far, to my ears.</p>"
        "<h3>[00:08] The oven</h3>"
        "<p>Jonas [00:08]: That is a fine thing to hear, and how did you come to it?</p>"
        "<h3>A break</h3>"
        "<p>Ilze [00:13]: By way of my grandmother.</p><p>[00:16] She had an oven of stone, behind the house.</p>"
        "<p>[00:21] Thanks</p>"
        "<p>Jonas [00:21]: Thank you, and let us do this again.</p><p>So much for today.</p>"
        "<p>Music by Olga</p>"
    )
    split = split_notes(sanitise(html))
    assert split.transcript and split.transcript.cues == (
        Cue(
            "We bake bread every day of the week.\nNobody has complained so far, to my ears.", 0, None, "Ilze"
        ),
        Cue("That is a fine thing to hear, and how did you come to it?", 8, None, "Jonas"),
        Cue("A break"),
        Cue("By way of my grandmother.", 13, None, "Ilze"),
        Cue("She had an oven of stone, behind the house.", 16, None, "Ilze"),
        Cue("Thank you, and let us do this again.\nSo much for today.", 21, None, "Jonas"),
    )
    assert split.chapters == (Chapter(8, "The oven"), Chapter(21, "Thanks"))
    assert split.notes == "<p>Notes.</p><p>Music by Olga</p>"


def test_times_without_names() -> None:
    texts = [text for _, text in TALK * 2]
    talk = "".join(f"<p>{time(6 * number)}</p><p>{text}</p>" for number, text in enumerate(texts))
    split = split_notes(sanitise(BEFORE + talk + AFTER))
    assert split.transcript and split.transcript.cues == tuple(
        Cue(text, 6 * number) for number, text in enumerate(texts)
    )
    assert (split.notes, split.chapters) == (LEFT, ())


def test_a_heading_and_a_long_text_of_one_speaker() -> None:
    texts = [text for _, text in TALK * 5]
    html = sanitise(BEFORE + "<h3>Transcript</h3>" + "".join(f"<p>{text}</p>" for text in texts) + AFTER)
    split = split_notes(html)
    assert split.transcript and split.transcript.cues == tuple(Cue(text) for text in texts)
    assert split.notes == LEFT
    without = html.replace("Transcript", "About bread")
    assert split_notes(without) == SplitNotes(without)


@pytest.mark.parametrize(
    "notes",
    [
        "",
        "Hello.",
        "Transcript: <a href='https://a.example/t'>here</a>",
        "<h3>Transcript</h3><p>Read it <a href='https://a.example/t'>here</a>.</p>",
        # Labels of links and of music are no speakers.
        "".join(
            f"<p>Twitter: https://a.example/{n}</p><p>Web: https://b.example/{n}</p>" * 9 for n in range(9)
        ),
        "".join(
            f"<p>Title: Bread and butter number {n}</p><p>Author: Ilze and all of the others</p>"
            for n in range(50)
        ),
        "".join(f"<p>Feedback: {text}</p>" for _, text in TALK * 5),
        # Verses, also with what they say.
        "".join(f"<p>John {n}:{16 + n}: {text}</p>" for n, (_, text) in enumerate(TALK, 1)),
        # Chapters with names like speakers, as little is said of them.
        "".join(
            f"<p>{time(start * 60)} {name}: their bread</p>"
            for (name, _), start in zip(TALK, range(8), strict=True)
        ),
        "".join(
            f"<p>{name} {time(start * 60)}</p><p>Their bread.</p>"
            for (name, _), start in zip(TALK, range(8), strict=True)
        ),
    ],
)
def test_no_transcripts(notes: str) -> None:
    html = sanitise(notes)
    split = split_notes(html)
    assert (split.notes, split.transcript) == (html or None, None)


WORD = st.integers(0, 999).map("w{}".format)
SENTENCE = st.lists(WORD, min_size=5, max_size=30).map(lambda words: " ".join(words).capitalize() + ".")
PLACES = st.lists(
    st.tuples(st.sampled_from(["p", "li", "h3", "br", "div", "b"]), SENTENCE | st.just("Transcript")),
    max_size=6,
)


def block(tag: str, text: str) -> str:
    if tag == "br":
        return f"{text}<br>"
    return f"<p><b>{text}</b></p>" if tag == "b" else f"<{tag}>{text}</{tag}>"


@given(
    before=PLACES,
    turn=st.sampled_from(TIMED),
    said=st.lists(
        st.tuples(st.sampled_from(["Ilze", "Jonas Berg"]), SENTENCE, st.integers(0, 9)), max_size=20
    ),
    after=PLACES,
)
@example(before=[], turn=TIMED[0], said=[("Ilze", "W1 w2 w3 w4 w5.", 0)] * 9, after=[])
def test_no_word_is_lost(
    before: list[tuple[str, str]],
    turn: Turn,
    said: list[tuple[str, str, int]],
    after: list[tuple[str, str]],
) -> None:
    talk, at = "", 0
    for name, text, pause in said:
        talk += turn(name, time(at), text)
        at += len(text) // 15 + pause
    html = sanitise("".join(block(*one) for one in before) + talk + "".join(block(*one) for one in after))
    split = split_notes(html)
    texts = [html_to_text(split.notes or "")]
    if split.transcript:
        texts += [cue.text for cue in split.transcript.cues]
    texts += [chapter.title for chapter in split.chapters] if split.transcript else []
    words = re.compile(r"(?i)w\d+")
    assert sorted(words.findall(" ".join(texts))) == sorted(words.findall(html_to_text(html)))
    # What is left is as safe and as well-formed as what was given.
    assert split.notes is None or sanitise(split.notes) == split.notes


@given(
    st.lists(
        st.sampled_from(
            ["A [0:01]: ", "b.", "<p>", "</p>", "\n", "[1:02]", "B: ", "Transcript", "<h3>", "•", "&"]
        )
    )
)
def test_never_raises(parts: list[str]) -> None:
    split_notes(sanitise("".join(parts)))


@pytest.mark.parametrize(
    "part",
    [
        *(
            "[00:00:01]",
            "Name:",
            "Name: ",
            "A [00:00:01]:",
            "**A:** ",
            "A [0:01]: b.<br>",
            "00:01 a<br>",
            "<br>",
        ),
        *("Transcript\n", " ", "\n", "*", "[", "<p>A [0:01]: b.</p><h3>[0:02] c</h3>"),
    ],
)
def test_hostile_text_takes_no_longer_than_long_text(part: str) -> None:
    """Were any of it read in more than one go, this would take minutes."""
    text = "0:00 a 0:01 b 0:02 c " + part * (300_000 // len(part))
    split_notes(text)
    parse_markdown(text)

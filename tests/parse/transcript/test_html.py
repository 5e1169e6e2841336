from __future__ import annotations

from castabout.model.transcript import Cue
from castabout.parse.transcript.read import parse_transcript
from tests.parse.transcript.support import cues_of, problems_of


def test_a_speech_of_several_paragraphs() -> None:
    text = """<cite>Ann:</cite> <time>1:02:03</time><p>One</p><p>Two</p>
        <cite>Bo</cite><p>Three</p><time>(1:03:00)</time><p>Four"""
    assert cues_of(text) == (
        Cue("One", 3723.0, None, "Ann"),
        Cue("Two", 3723.0, None, "Ann"),
        Cue("Three", None, None, "Bo"),
        Cue("Four", 3780.0, None, "Bo"),
    )


def test_time_before_speaker_and_both_inside_the_paragraph() -> None:
    text = "<p><time datetime='00:00:05'>5 s</time> <cite>Ann</cite> &ldquo;Hi&rdquo;<br>you &lt;3</p>"
    assert cues_of(text) == (Cue("“Hi” you <3", 5.0, None, "Ann"),)


def test_titles_and_times_within_a_sentence_are_text() -> None:
    text = """<cite>Ann:</cite><time>0:01</time>
        <p>I read <cite>Walden</cite> at <time>10:00</time>, for 1 <b>h</b>our</p>"""
    assert cues_of(text) == (Cue("I read Walden at 10:00, for 1 hour", 1.0, None, "Ann"),)


def test_a_whole_page() -> None:
    text = """<!DOCTYPE html><html lang="pt-br"><head><title>Show</title><style>p { color: red }</style></head>
    <body><nav><ul><li>Home</li></ul></nav><script>var a = "<p>evil</p>"; alert(1)</script>
    <!-- <p>hidden</p> --><cite>Ann:</cite><time>0:01</time>
    <p onclick="steal()">Olá<script src=x></script> a todos</p><footer>© 2026</footer></body></html>"""
    parsed = parse_transcript(text.encode(), type="text/html")
    assert parsed.problems == ()
    assert parsed.transcript.language == "pt-BR"
    assert parsed.transcript.cues == (Cue("Olá a todos", 1.0, None, "Ann"),)


def test_names_and_times_in_the_text() -> None:
    text = "<p><strong>Ann:</strong> [00:12] Hello</p><div><b>Bo Li</b> (01:02):<br>Hi there</div><p>Ann: Bye</p>"
    assert cues_of(text) == (
        Cue("Hello", 12.0, None, "Ann"),
        Cue("Hi there", 62.0, None, "Bo Li"),
        Cue("Bye", None, None, "Ann"),
    )


def test_paragraphs_without_anything_else() -> None:
    assert cues_of("<p>Once upon a time</p>\n<p>there was</p>") == (Cue("Once upon a time"), Cue("there was"))


def test_one_time_that_is_not_in_order() -> None:
    times = ["0:00", "59:09", "0:20", "0:30"]
    text = "".join(f"<time>{time}</time><p>at {time}</p>" for time in times)
    assert [cue.start for cue in cues_of(text)] == [0.0, None, 20.0, 30.0]
    assert problems_of(text) == [("cue 2", "its time is not in order with the others; left out")]


def test_what_is_never_closed() -> None:
    assert [cue.text for cue in cues_of("<p>One</p><!-- <p>Two</p>")] == ["One", "Two"]
    assert [cue.text for cue in cues_of("<p>One</p><script>alert(1)")] == ["One"]
    assert [cue.text for cue in cues_of("<p>One</p><nav><p>Two</p>")] == ["One", "Two"]

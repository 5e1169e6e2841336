"""Transcripts as they are read: parts, lines and pieces."""

from __future__ import annotations

from dataclasses import replace

from castabout.model.podcasting20 import Soundbite
from castabout.model.transcript import Chapter, Cue, Spoken, StoredSpoken, Transcript
from castabout.web import transcript
from castabout.web.pages.episode import render_episode
from castabout.web.transcript import Part, TranscriptView, transcript_view
from castabout.web.urls import AskedCue, TimeRange
from tests.web import values
from tests.web.reading import Page, dangers, read


def said(*cues: Cue, chapters: tuple[Chapter, ...] = (), language: str | None = None) -> StoredSpoken:
    return StoredSpoken(row=1, spoken=Spoken(Transcript(cues, language), chapters), origin="feed")


def view(*cues: Cue, chapters: tuple[Chapter, ...] = (), asked: int | None = None) -> TranscriptView:
    found = transcript_view(said(*cues, chapters=chapters), asked)
    assert found is not None
    return found


def lines(part: Part) -> list[tuple[float | None, str | None, str]]:
    return [
        (line.start, line.speaker, " | ".join(piece.text for piece in line.pieces)) for line in part.lines
    ]


def asked_in(found: TranscriptView) -> list[str]:
    return [
        piece.text for part in found.parts for line in part.lines for piece in line.pieces if piece.is_asked
    ]


def test_nothing_is_said() -> None:
    assert transcript_view(None) is None
    assert transcript_view(StoredSpoken(row=1, spoken=Spoken(chapters=(Chapter(0.0, "Hello"),)))) is None
    assert transcript_view(said()) is None


def test_a_line_is_of_one_speaker_who_is_named_once() -> None:
    found = view(
        Cue("One.", 0.0, 2.0, "Ana"),
        Cue("Two.", 2.0, 4.0, "Ana"),
        Cue("Three.", 4.0, 6.0, "Ben"),
        Cue("Four.", 6.0, 8.0),
    )
    assert [lines(part) for part in found.parts] == [
        [(0.0, "Ana", "One. | Two."), (4.0, "Ben", "Three."), (6.0, None, "Four.")]
    ]


def test_a_line_ends_with_a_long_silence_and_with_a_sentence_when_it_is_long() -> None:
    assert lines(view(Cue("One", 0.0, 2.0), Cue("two", 6.0, 7.0)).parts[0]) == [
        (0.0, None, "One"),
        (6.0, None, "two"),
    ]
    long, ended = "x" * 250, "x" * 250 + "."
    assert len(view(Cue(long, 0.0), Cue("two", 20.0)).parts[0].lines) == 1
    assert len(view(Cue(ended, 0.0), Cue("two", 20.0)).parts[0].lines) == 2
    assert len(view(Cue(long, 0.0), Cue(long, 20.0), Cue("three", 40.0)).parts[0].lines) == 2


def test_paragraphs_of_one_speech_are_lines_with_one_time() -> None:
    one, two = "It is all about bread, today.", "There is nothing else to speak of."
    assert lines(view(Cue(one, 5.0, speaker="Ana"), Cue(two, 5.0, speaker="Ana")).parts[0]) == [
        (5.0, "Ana", one),
        (None, None, two),
    ]


def test_words_with_a_time_each_are_lit_about_a_second_at_a_time() -> None:
    words = tuple(Cue(word, number * 0.3) for number, word in enumerate("a b c d e f g h".split()))
    assert lines(view(*words).parts[0]) == [(0.0, None, "a b c d | e f g h")]


def test_parts_begin_with_chapters() -> None:
    chapters = (Chapter(1.0, "Hello"), Chapter(3.0, "Nothing"), Chapter(10.3, "Bread"), Chapter(99.0, "End"))
    found = view(Cue("One", 0.0), Cue("two", 2.0), Cue("three", 10.0), Cue("four", 12.0), chapters=chapters)
    assert [
        (part.chapter and part.chapter.title, [words for *_, words in lines(part)]) for part in found.parts
    ] == [
        (None, ["One"]),
        ("Hello", ["two"]),
        ("Bread", ["three | four"]),
    ]


def test_what_is_asked_for() -> None:
    cues = (Cue("One", 0.5), Cue("two", 10.9), Cue("three", 20.0), Cue("4" * 40, 20.0), Cue("no time"))
    assert asked_in(view(*cues)) == []
    assert asked_in(view(*cues, asked=0)) == ["One"]
    assert asked_in(view(*cues, asked=10)) == ["two"]
    assert asked_in(view(*cues, asked=19)) == ["two"]
    assert asked_in(view(*cues, asked=500)) == ["three"]
    assert asked_in(view(Cue("One", 5.0), asked=4)) == []
    assert asked_in(view(Cue("no time"), asked=4)) == []


def test_addresses_are_given_once() -> None:
    page = read(
        render(said(Cue("One", 1.0, 1.2), Cue("two" * 20, 1.5, 3.0), Cue("three", 3.0, 4.0)), TimeRange(1))
    )
    assert page.values("//span[@data-s]/@id") == ["t=1", "t=3"]
    assert page.values("//span[@data-s]/@data-s") == ["1", "1.5", "3"]
    assert page.values("//*[@class='line']/@id") == ["asked"]


def test_too_much_for_a_page_is_cut() -> None:
    found = view(*(Cue("word", 2.0 * n) for n in range(transcript.MOST_PIECES + 10)))
    assert found.is_cut and found.end is None
    assert "It goes on" in read(render(said(Cue("x" * transcript.MOST_CHARACTERS), Cue("y")))).text()


def render(spoken: StoredSpoken, asked: TimeRange | None = None) -> str:
    return render_episode(replace(values.episode_page(), spoken=spoken), asked)


def shown(spoken: StoredSpoken, asked: TimeRange | None = None) -> Page:
    page = render(spoken, asked)
    assert dangers(page) == []
    return read(page)


def test_a_transcript_on_its_page() -> None:
    page = shown(said(Cue("One.", 0.0, 2.0, "Ana"), Cue("Two.", 62.5, 64.0), language="fr"), TimeRange(62))
    assert page.values("//div[@class='script']/@lang") == ["fr"]
    assert page.values("//*[@class='line']/a/@href") == ["?t=0#t=0", "?t=62#t=62"]
    assert page.text("//span[@aria-current]") == "Two."
    assert (
        page.text("//*[@class='line'][1]") == "0:00 Ana: One."
        or page.text("//*[@class='line'][1]") == "0:00Ana: One."
    )
    assert page.text("//noscript") == "To the words at 1:02"
    assert page.values("//*[@data-asked]/@data-asked") == ["62"]
    assert page.values("//*[@data-said]/@data-said") == ["64"]
    assert page.values("//*[@data-duration]/@data-duration") == ["3840"]


def test_what_needs_script_is_hidden_without() -> None:
    page = shown(said(Cue("One.", 0.0)))
    assert (
        len(page.all("//form[@hidden] | //div[@class='tools'][@hidden] | //div[@id='nudge'][@hidden]")) == 3
    )


def test_words_without_times_have_neither_links_nor_tools() -> None:
    page = shown(
        said(Cue("One.", speaker="Ana"), Cue("Two."), chapters=(Chapter(0.0, "Hello"),)), TimeRange(5)
    )
    assert "It is not known when the words are said." in page.text()
    assert not page.all("//*[@class='line']//a | //*[@id='follow'] | //noscript | //span[@data-s]")
    assert page.values("//ol[@class='times']//a/@href") == ["?t=0#t=0"]


def test_chapters_and_soundbites() -> None:
    chapters = (Chapter(0.0, "Hello"), Chapter(60.0, "Bread", url="https://bread.example/"))
    bites = (Soundbite(start=73.0, duration=60.0, title="Why rye"), Soundbite(start=5.5, duration=4.0))
    page = shown(StoredSpoken(row=1, spoken=Spoken(None, chapters, bites)))
    assert [" ".join(row.text_content().split()) for row in page.all("//ol[@class='times']/li")] == [
        "0:00 Hello",
        "1:00 Bread page about Bread",
        "1:13 Why rye 1 m",
        "0:05 Soundbite 4 s",
    ]
    assert page.values("//ol[@class='times']//a[@data-e]/@href") == ["?t=73,133#t=73", "?t=5,10#t=5"]
    assert not page.all("//h2[@id='transcript']")


def test_what_could_not_be_read_is_told() -> None:
    page = shown(StoredSpoken(row=1, spoken=Spoken(), error="https://bread.example/a.vtt: not found"))
    assert "could not be read: https://bread.example/a.vtt: not found." in page.text()
    assert not page.all("//div[@class='side']")


def test_a_page_of_which_nothing_is_said_has_a_plain_player() -> None:
    page = read(render_episode(values.episode_page()))
    assert page.values("//div[contains(@class, 'deck')]/@class") == ["deck"]
    assert not page.all("//*[@id='nudge'] | //div[@class='side']")


def by_cue(cue: AskedCue, *cues: Cue) -> Page:
    page = render_episode(replace(values.episode_page(), spoken=said(*cues)), cue=cue)
    assert dangers(page) == []
    return read(page)


def test_words_without_a_time_are_led_to_and_marked() -> None:
    page = by_cue(AskedCue(1, 0, "rye"), Cue("Rye first."), Cue("Then <rye> bread."), Cue("Rye last."))
    # The paragraph is led to.
    assert page.text("//*[@id='asked']") == "Rye first. Then <rye> bread. Rye last."
    assert page.text("//*[@class='asked']") == "Then <rye> bread."
    assert page.values("//mark/text()") == ["rye"]
    assert page.values("//audio/@src") == ["https://media.example/rye.mp3?a=1&b=2"]


def test_words_far_down_in_a_paragraph_are_led_to_themselves() -> None:
    # 400 characters of oats before the rye.
    page = by_cue(AskedCue(0, 400, "rye"), Cue("Oats " * 80 + "and rye."))
    assert page.text("//*[@id='asked']") == "and rye."
    assert page.text("//div[@class='script']") == "Oats " * 80 + "and rye."
    # Not far, or amid a word: the paragraph.
    for at in (30, 402, 5_000):
        page = by_cue(AskedCue(0, at, "rye"), Cue("Oats " * 80 + "and rye."))
        assert page.values("//*[@id='asked']/@class") == ["line"]


def test_a_time_that_is_worked_out_is_told_so_and_played_from_earlier_on() -> None:
    cues = (Cue("One.", 0.0), Cue("Rye.", 60.5, None, "Bo", is_estimated=True), Cue("Three.", 100.0))
    page = by_cue(AskedCue(1, 0, "rye"), *cues)
    assert page.text("//*[@id='asked']") == "≈1:00Bo: Rye."
    assert page.values("//audio/@src") == ["https://media.example/rye.mp3?a=1&b=2#t=50"]
    assert page.values("//*[@data-lead]/@data-lead") == ["10"]
    assert len(page.all("//a[@data-about]")) == 1


def test_a_cue_that_is_not_there_marks_nothing() -> None:
    assert not by_cue(AskedCue(9, 0, "rye"), Cue("Rye.")).all("//*[@class='asked']")


def test_cues_that_are_shown_as_one_are_asked_for_by_each_of_their_numbers() -> None:
    cues = (Cue("So", 0.0), Cue("rye", 0.3), Cue("It is bread. " * 4, 0.6))
    assert by_cue(AskedCue(1, 0, "rye"), *cues).text("//*[@class='asked']") == "So rye"
    assert by_cue(AskedCue(2, 0, "bread"), *cues).text("//*[@class='asked']").startswith("It is")


def test_each_speaker_has_a_colour_of_their_own() -> None:
    names = [*"ABCDEFG", "A"]
    (part,) = view(*(Cue(f"word {n}", float(n), speaker=name) for n, name in enumerate(names))).parts
    # There are six.
    assert [line.tone for line in part.lines] == [0, 1, 2, 3, 4, 5, 0, 0]

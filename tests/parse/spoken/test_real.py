"""Real notes and real transcripts. Expected values were read off them by eye."""

from __future__ import annotations

import html
import re
from collections import Counter
from pathlib import Path

import pytest

from castabout.model.feed import Episode
from castabout.model.transcript import Chapter, Transcript
from castabout.parse.feed import parse_feed
from castabout.parse.spoken.markdown import parse_markdown
from castabout.parse.spoken.notes import SplitNotes, split_notes


def split(episode: Episode) -> SplitNotes:
    return split_notes(episode.notes or "", duration=episode.duration)


@pytest.fixture(scope="module")
def latent_space(shared_data: Path) -> dict[str, SplitNotes]:
    """Two episodes with transcripts in their notes, from a page that had lost its line breaks."""
    path = shared_data / "a2c" / "feeds" / "latent-space-the-ai-engineer-podcast-cod.xml"
    return {episode.title or "": split(episode) for episode in parse_feed(path.read_bytes()).episodes}


def test_language_agents(latent_space: dict[str, SplitNotes]) -> None:
    found = latent_space["Language Agents: From Reasoning to Acting"]
    assert found.transcript
    cues = found.transcript.cues
    assert len(cues) == 182
    assert {cue.speaker for cue in cues} == {"Alessio", "Swyx", "Shunyu", "Harrison"}
    assert [(cue.start, cue.speaker) for cue in cues if "A2C" in cue.text] == [(15 * 60 + 35, "Shunyu")]
    assert len(found.chapters) == 14
    assert found.chapters[:2] == (Chapter(0, "Opening Song by Suno"), Chapter(180, "Introductions"))
    assert found.chapters[-1] == Chapter(1 * 3600 + 23 * 60 + 9, "Promising areas for AI")
    assert found.notes and found.notes.startswith("<p>OpenAI DevDay is almost here!")
    assert found.notes.endswith("Promising areas for AI</p>")


def test_rlhf_201(latent_space: dict[str, SplitNotes]) -> None:
    found = latent_space["RLHF 201"]
    assert found.transcript
    cues = found.transcript.cues
    assert len(cues) == 93
    assert {cue.speaker for cue in cues} == {"Alessio", "Swyx", "Nathan"}
    assert [(cue.start, cue.speaker) for cue in cues if "A2C" in cue.text] == [(18 * 60 + 4, "Nathan")]
    assert len(found.chapters) == 16
    assert found.chapters[-1] == Chapter(1 * 3600 + 13 * 60 + 43, "Benchmarks and models comparisons")
    assert found.notes and len(found.notes) < 10_000


def test_lines_put_back(shared_data: Path, latent_space: dict[str, SplitNotes]) -> None:
    """Feeds have the line breaks that the page lost: the same is found there."""
    path = shared_data / "a2c" / "feeds" / "latent-space-the-ai-engineer-podcast-cod.xml"
    for episode in parse_feed(path.read_bytes()).episodes:
        html = re.sub(
            r"(Alessio|Swyx|Shunyu|Harrison|Nathan) (?=\[\d)", r"</p><p><b>\1</b> ", episode.notes or ""
        )
        found = split_notes(
            re.sub(r"\*(?= \[\d)", "<br>", html.replace("Transcript<", "<h3>Transcript</h3><"))
        )
        lost = latent_space[episode.title or ""]
        assert (found.transcript, found.chapters) == (lost.transcript, lost.chapters)


def test_chapters_in_notes_of_real_feeds(shared_data: Path) -> None:
    lists: Counter[str] = Counter()
    for path in sorted((shared_data / "feeds").glob("*.xml")):
        for episode in parse_feed(path.read_bytes()).episodes:
            found = split(episode)
            assert found.transcript is None
            assert found.notes == (episode.notes or None)
            lists[path.stem] += bool(found.chapters)
    assert +lists == {"nos-journaal-in-makkelijke-taal": 111, "linux-unplugged": 14}


@pytest.fixture(scope="module")
def markdown(shared_data: Path) -> dict[str, tuple[str, Transcript]]:
    """What is in each file, and what was read from it."""
    texts = {path.stem: path.read_text() for path in sorted((shared_data / "transcripts").glob("*/*.md"))}
    assert len(texts) == 771
    return {name: (text, parse_markdown(text).transcript) for name, text in texts.items()}


#: What people mistyped, and what is read otherwise than written: a handful among some ten million words.
MISTYPED = {
    "practical-ai-165",  # [unintelligible00:14:07.28]
    "practical-ai-254",  # 1**Chris Benson:**
    "practical-ai-271",  # **Chris Benson: I**ndeed
    "ship-it-30",  # **Gerhard Lazu:** in the midst of a line
    "ship-it-35",  # o\clock
    "ship-it-58",  # **Rosemary Wang:** likewise
}


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def spoken(source: str) -> list[str]:
    """The words of a file without what nobody says, taken away kind by kind from the whole."""
    text = source.replace("\\", "")
    text = re.sub(r"(?im)^\W*(break|outro|intro|jingle)\W*:[\W\d]*?(\bto\b[^\n]*)?$", "", text)
    text = re.sub(r"\[!\[[^\]]*\]\([^)]*\)\]\([^)]*\)", "", text)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^\]\[]*)\]\([^()\[\]]*(\([^()]*\)[^()]*)*\)", r"\1", text)
    text = re.sub(r"(?m)^\*\*:Wes Bos\*\*", "", text)
    names = set(re.findall(r"(?m)^\*\*([^*\n]*?):\s*\*\*", text))
    text = re.sub(r"(?m)^\*\*[^*\n]*?:\s*\*\*", "", text)
    text = re.sub(r"(?m)^\*\*([^*\n]*?)\*\*:", lambda match: "" if match[1] in names else match[0], text)
    text = re.sub(r"(\[[a-z /-]+?)\s?\d+:\d\d:\s?\d\d(\.\d+)?\]", r"\1]", text)
    text = re.sub(r"\[\d+:\d\d(:\s?\d\d?([.:]\d+)?)?\]", " ", text)
    return words(html.unescape(text))


def test_no_spoken_word_is_lost(markdown: dict[str, tuple[str, Transcript]]) -> None:
    differing = {
        name
        for name, (text, transcript) in markdown.items()
        if words(" ".join(cue.text for cue in transcript.cues)) != spoken(text)
    }
    assert differing == MISTYPED


def test_speakers_and_times(markdown: dict[str, tuple[str, Transcript]]) -> None:
    written = used = 0
    for text, transcript in markdown.values():
        speakers = {cue.speaker for cue in transcript.cues}
        heads = re.findall(r"(?m)^\*\*([^*\n:]+):\*\*[ ]?[^\W\d]", text)
        assert {" ".join(head.split()) for head in heads} <= speakers
        assert speakers.isdisjoint({"Break", "Outro", "Intro", "Jingle"})
        starts = [cue.start for cue in transcript.cues if cue.start is not None]
        assert starts == sorted(starts)
        used += len(starts)
        said = re.sub(r"(?im)^\W*(break|outro|intro|jingle)\b.*$", "", text)
        written += len(re.findall(r"\[(?:[a-z /-]+)?[\d:. ]*\d:\d\d(?:\.\d+)?\\?\]", said))
    # But for a few that do not rise, and those that stand two together.
    assert 0.99 * written < used <= written


def test_a_time_above_the_first_head(markdown: dict[str, tuple[str, Transcript]]) -> None:
    cues = markdown["big-tent-s1e6"][1].cues
    assert (cues[0].start, cues[0].speaker) == (18, "Mat Ryer")

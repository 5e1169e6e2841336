"""Transcripts that somebody brings along, and reading again what is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from castabout.engine.brought import add_file, add_folder, remove_file
from castabout.engine.castabout import Castabout
from castabout.engine.reread import reread
from castabout.engine.update import add
from castabout.errors import NotInLibrary, SourceError
from castabout.model.spoken import KeptFile
from castabout.model.transcript import Cue, Spoken, Transcript
from castabout.store import changes, episodes, spoken

SRT = "1\n00:00:01,000 --> 00:00:04,000\nGood morning, {n}.\n"
TALK = "".join(
    f"<p>{('Ann', 'Bob')[n % 2]} [00:01:{5 * n:02}]: This turn has the number {n}, and it is as long.</p>"
    for n in range(12)
)


@pytest.fixture
def library(castabout: Castabout, tmp_path: Path) -> Castabout:
    """One show with three numbered episodes; the third has a talk in its notes."""
    items = "".join(
        f"<item><title>Part {n}</title><guid>{n}</guid><description><![CDATA[{notes}]]></description></item>"
        for n, notes in ((1, "One."), (2, "Two."), (3, f"<p>Three.</p>{TALK}"))
    )
    feed = tmp_path / "show.xml"
    feed.write_text(f'<rss version="2.0"><channel><title>The Show</title>{items}</channel></rss>')
    list(add(castabout, [str(feed)], found=lambda _: None))
    return castabout


def texts(castabout: Castabout, row: int) -> list[str]:
    found = spoken.of_episodes(castabout.store, [row])[row].spoken.transcript
    return [cue.text for cue in found.cues] if found else []


def test_a_file(library: Castabout, tmp_path: Path) -> None:
    file = tmp_path / "talk.srt"
    file.write_text(SRT.format(n="Ann"))
    id = episodes.by_rows(library.store, [1])[1].id
    add_file(library, id, file)
    add_file(library, f"http://127.0.0.1:8321/episodes/{id}?t=3", file)
    found = spoken.of_episodes(library.store, [1])[1]
    assert found.spoken.transcript == Transcript((Cue("Good morning, Ann.", 1.0, 4.0),))
    assert (found.origin, found.url) == ("file", file.as_uri())
    assert changes.take(library.store, 100)[-1].kind == "spoken"


def test_what_is_brought_along_goes_before_the_notes(library: Castabout, tmp_path: Path) -> None:
    assert len(texts(library, 3)) == 12
    file = tmp_path / "talk.srt"
    file.write_text(SRT.format(n="Ann"))
    add_file(library, episodes.by_rows(library.store, [3])[3].id, file)
    assert texts(library, 3) == ["Good morning, Ann."]


def test_files_that_are_none(library: Castabout, tmp_path: Path) -> None:
    id = episodes.by_rows(library.store, [1])[1].id
    with pytest.raises(SourceError, match="no such file"):
        add_file(library, id, tmp_path / "none.srt")
    (tmp_path / "a.md").write_bytes(b"%PDF-1.7\n\x00")
    with pytest.raises(SourceError, match="not a transcript"):
        add_file(library, id, tmp_path / "a.md")
    with pytest.raises(NotInLibrary, match="no such episode"):
        add_file(library, "nonsense", tmp_path / "a.md")
    assert spoken.of_episodes(library.store, [1]) == {}


def test_a_folder(library: Castabout, tmp_path: Path) -> None:
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "show-1.srt").write_text(SRT.format(n=1))
    (folder / "show-2.md").write_text("**Ann:** Good evening.\n\n**Bob:** Good night.\n")
    (folder / "show-3.vtt").write_bytes(b"%PDF-1.7\n\x00")
    (folder / "README.md").write_text("About these.")
    (folder / "cover.jpg").write_bytes(b"")
    brought = add_folder(library, "the show", folder)
    assert [(file.name, one.row) for file, one in brought.read] == [("show-1.srt", 1), ("show-2.md", 2)]
    assert [file.name for file in brought.unmatched] == ["README.md"]
    assert [Path(error.subject).name for error in brought.failed] == ["show-3.vtt"]
    said = spoken.of_episodes(library.store, [2])[2].spoken.transcript
    assert said and [(cue.speaker, cue.text) for cue in said.cues] == [
        ("Ann", "Good evening."),
        ("Bob", "Good night."),
    ]


def test_what_is_brought_again_is_replaced_and_can_be_taken_out(library: Castabout, tmp_path: Path) -> None:
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "show-3.srt").write_text(SRT.format(n=1))
    assert add_folder(library, "the show", folder).replaced == 0
    assert add_folder(library, "the show", folder).replaced == 1
    id = episodes.by_rows(library.store, [3])[3].id
    assert add_file(library, id, folder / "show-3.srt")[1]
    last = changes.take(library.store, 100)[-1].sequence
    assert remove_file(library, id).row == 3
    assert len(texts(library, 3)) == 12
    assert [(one.kind, one.row) for one in changes.take(library.store, 9, after=last)] == [("spoken", 3)]
    with pytest.raises(NotInLibrary, match="no transcript of yours"):
        remove_file(library, id)


def test_a_file_is_for_an_episode(library: Castabout, tmp_path: Path) -> None:
    with pytest.raises(NotInLibrary, match="The Show: a podcast; name one of its episodes"):
        add_file(library, "The Show", tmp_path / "one.srt")


def test_a_folder_for_nobody(library: Castabout, tmp_path: Path) -> None:
    with pytest.raises(NotInLibrary, match="no such podcast"):
        add_folder(library, "another show", tmp_path)
    with pytest.raises(SourceError, match="no such file or folder"):
        add_folder(library, "The Show", tmp_path / "none")


def test_reading_again_changes_nothing_where_nothing_is_new(library: Castabout, tmp_path: Path) -> None:
    file = tmp_path / "talk.srt"
    file.write_text(SRT.format(n="Ann"))
    add_file(library, episodes.by_rows(library.store, [1])[1].id, file)
    before = spoken.of_episodes(library.store, [1, 2, 3])
    last = changes.take(library.store, 100)[-1].sequence
    assert reread(library, progress=lambda _: None) == 0
    assert spoken.of_episodes(library.store, [1, 2, 3]) == before
    assert changes.take(library.store, 100, after=last) == ()


def test_a_better_parser_reads_the_same_file(library: Castabout, tmp_path: Path) -> None:
    """As if an older one had read something else in it."""
    file = tmp_path / "talk.srt"
    file.write_text(SRT.format(n="Ann"))
    add_file(library, episodes.by_rows(library.store, [1])[1].id, file)
    [kept] = spoken.kept_files(library.store, after=(0, ""), limit=9)
    assert isinstance(kept, KeptFile)
    spoken.write_again(library.store, [(kept, Spoken(Transcript((Cue("garbled"),))))])
    assert texts(library, 1) == ["garbled"]
    assert reread(library, progress=lambda _: None) == 1
    assert texts(library, 1) == ["Good morning, Ann."]


def test_notes_of_an_older_library_are_parted(library: Castabout) -> None:
    """As they were written before anything was taken out of them."""
    [_, _, third] = episodes.next_ones(library.store, 0, limit=9)
    whole = replace(third, episode=replace(third.episode, notes=f"<p>Three.</p>{TALK}"))
    spoken.write_parted(library.store, [(whole, Spoken(Transcript((Cue("garbled"),))))], now=0)
    assert reread(library, progress=lambda _: None) == 1
    assert len(texts(library, 3)) == 12
    assert episodes.by_rows(library.store, [3])[3].episode.notes == "<p>Three.</p>"

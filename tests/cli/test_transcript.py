"""``castabout transcript``: what it says, where, and its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from castabout.cli.app import run
from tests.engine.crawling import ENVIRONMENT, crawler_at
from tests.zoo import Answer, Zoo

ITEM = "<item><title>Part {n}</title><guid>{n}</guid></item>"
SRT = "1\n00:00:01,000 --> 00:00:04,000\nGood morning.\n"


@pytest.fixture(autouse=True)
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a show of two episodes, which are in the library, and a folder of transcripts."""
    work = tmp_path / "work"
    (work / "talks").mkdir(parents=True)
    monkeypatch.chdir(work)
    monkeypatch.setenv("CASTABOUT_HOME", str(tmp_path / "home"))
    items = "".join(ITEM.format(n=n) for n in (1, 2))
    (work / "show.xml").write_text(f'<rss version="2.0"><channel><title>Show</title>{items}</channel></rss>')
    run(["add", "show.xml"])
    return work


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = run(list(arguments))
    out, err = capsys.readouterr()
    return status, out, err


def test_a_folder(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "talks" / "show-1.srt").write_text(SRT)
    (work / "talks" / "show-2.srt").write_text(SRT)
    assert said(capsys, "transcript", "add", "Show", "talks") == (0, "2 transcripts read.\n", "")
    out = said(capsys, "check")[1]
    assert "2 episodes with a transcript.\n" in out
    counted = json.loads(said(capsys, "check", "--json")[1])["transcripts"]
    assert counted == {"episodes": 2, "waiting": 0, "failing": 0, "faulty": 0}


def test_replacing_and_taking_out(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "talks" / "show-1.srt").write_text(SRT)
    said(capsys, "transcript", "add", "Show", "talks")
    again = said(capsys, "transcript", "add", "Show", "talks")
    assert again == (0, "1 transcript read, 1 replaced.\n", "")
    hits = json.loads(said(capsys, "search", "part", "--json")[1])["hits"]
    (line,) = [hit for hit in hits if hit["title"] == "Part 1"]
    one = said(capsys, "transcript", "add", line["id"], "talks/show-1.srt")[1]
    assert one == "Transcript of Part 1 read, in place of the one that you brought before.\n"
    out = said(capsys, "transcript", "remove", line["id"])
    assert out == (0, "Your transcript of Part 1 is out.\n", "")
    assert "with a transcript" not in said(capsys, "check")[1]


def test_what_is_not_matched_is_said(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "talks" / "show-1.srt").write_text(SRT)
    (work / "talks" / "show-2.srt").write_bytes(b"%PDF-1.7\n\x00")
    (work / "talks" / "README.md").write_text("About these.")
    status, out, err = said(capsys, "transcript", "add", "Show", "talks")
    assert status == 1
    assert out == "1 transcript read, 1 could not be read, 1 of no known episode.\n"
    assert err.splitlines() == [
        "castabout: talks/show-2.srt: a document (PDF), not a transcript",
        "castabout: talks/README.md: of no episode that its name tells surely",
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "complaint"),
    [
        (["add", "Show"], 2, "name the episode and the file, or the podcast and the folder"),
        (["add", "", ""], 2, "name the episode and the file, or the podcast and the folder"),
        (["remove"], 2, "name the episode, by its id or the address of its page, and nothing more"),
        (["remove", "Show"], 1, "Show: a podcast; name one of its episodes"),
        (["add", "Show", "none"], 1, "none: no such file or folder"),
        (["add", "Show", "show.xml"], 1, "Show: a podcast; name one of its episodes"),
        (["reread", "Show"], 2, "reread reads all that is there; name nothing more"),
        (["add", "Nobody", "talks"], 1, "Nobody: no such podcast in the library"),
        (["add", "Nobody", "show.xml"], 1, "Nobody: no such episode in the library"),
    ],
)
def test_mistakes(
    capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, complaint: str
) -> None:
    found, out, err = said(capsys, "transcript", *arguments)
    assert (found, out) == (status, "")
    assert err.startswith(f"castabout: {complaint}")
    assert err.count("\n") == 1


def test_read_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "transcript", "reread") == (0, "Read again: 0 changes.\n", "")


def test_files_that_feeds_name(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with Zoo(Path("no-such-folder")) as zoo:
        namespace = 'xmlns:podcast="https://podcastindex.org/namespace/1.0"'
        files = "".join(
            f"<item><guid>{name}</guid>"
            f'<podcast:transcript url="{zoo.url(f"/{name}.srt")}" type="application/srt"/></item>'
            for name in ("good", "missing")
        )
        feed = f'<rss version="2.0" {namespace}><channel><title>Talks</title>{files}</channel></rss>'
        zoo.pages["/talks"] = lambda _: Answer(feed.encode())
        zoo.pages["/good.srt"] = lambda _: Answer(SRT.encode())
        status, out, err = said(capsys, "add", zoo.url("/talks"))
        missing = f"{zoo.url('/missing.srt')}: answered 404 (not found)"
        assert (status, err) == (0, f"castabout: note: {missing}\n")
        assert out.endswith(
            "Transcripts and chapters of these: 1 read,"
            " 1 could not be read (`castabout check --files` shows why).\n"
        )
        assert said(capsys, "update")[1] == "No feed is due.\n"
    out = said(capsys, "check")[1]
    files = "1 file that could not be read (1 of them to be tried again)"
    assert f"1 episode with a transcript, {files} (--files shows them).\n" in out
    out = said(capsys, "check", "--files")[1]
    assert f"1 episode with a transcript, {files}.\n" in out
    assert f"  Talks, Untitled (transcript): {missing}; next try in" in out
    counted = json.loads(said(capsys, "check", "--json")[1])["transcripts"]
    assert counted == {"episodes": 1, "waiting": 0, "failing": 1, "faulty": 0}


def test_add_fetches_no_files_of_other_feeds(
    work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with Zoo(Path("no-such-folder")) as zoo:
        file = f'<podcast:transcript url="{zoo.url("/good.srt")}" type="application/srt"/>'
        talks = ITEM.format(n=f"1</guid>{file}<guid>1")
        feed = f'<rss xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>{talks}</channel></rss>'
        zoo.pages["/good.srt"] = lambda _: Answer(SRT.encode())
        Path("talks.xml").write_text(feed)
        with crawler_at(work.parent / "home", zoo) as crawler:
            crawler.add("talks.xml")
        assert said(capsys, "add", "show.xml")[1].endswith("the library holds all of it already.\n")
        out = said(capsys, "check")[1]
        assert out.startswith("2 podcasts and 3 episodes in the library, all of them in the index.")
        assert "1 file to be fetched.\n" in out
        assert said(capsys, "update")[1] == "No feed is due.\nTranscripts and chapters: 1 read.\n"

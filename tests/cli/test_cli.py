"""The command line as a person uses it: what it says, where, and its exit status."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from castabout.cli.app import COMMANDS, run
from castabout.index.tantivy import TantivyIndex

FEED = """<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>"""
ITEM = (
    "<item><title>{title}</title><description>About {title}.</description>"
    "<pubDate>Fri, 27 Sep 2024 12:00:00 GMT</pubDate></item>"
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the library lives; the working folder is another one."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("CASTABOUT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def write_feed(name: str, *titles: str) -> str:
    items = "".join(ITEM.format(title=title) for title in titles)
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(FEED.format(title=f"Show {name}", items=items))
    return name


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(list(arguments))
    out, err = capsys.readouterr()
    return status, out, err


def test_add_and_add_again(capsys: pytest.CaptureFixture[str]) -> None:
    write_feed("feeds/rye.xml", "Rye", "Oat")
    write_feed("feeds/deep/wheat.rss", "Wheat")
    status, out, err = said(capsys, "add", "feeds")
    assert (status, err) == (0, "")
    assert out.endswith("2 feeds read: 3 episodes added.\n")
    status, out, err = said(capsys, "add", "feeds")
    assert (status, err) == (0, "")
    assert out == "2 feeds read: nothing new, the library holds all of it already.\n"
    write_feed("feeds/rye.xml", "Rye", "Oat", "Barley")
    assert said(capsys, "add", "feeds")[1].endswith("2 feeds read: 1 episode added.\n")
    assert said(capsys, "topic", "barley")[1].startswith("\nPodcasts about barley\n1 podcast · 1 episode")


BROKEN = {
    "missing.xml": (None, "no such file or folder"),
    "empty.xml": (b"", "empty"),
    "page.xml": (b"<!doctype html><html><body>Hi</body></html>", "an HTML page, not a feed"),
    "picture.xml": (b"\x89PNG\r\n\x1a\n\0\0", "a picture (PNG), not a feed"),
    "bare.xml": (b"<rss><channel><title>x</title></channel></rss>", "a feed without items"),
    "bare.opml": (b"<opml version='2.0'><body/></opml>", "a list without a single feed"),
    "broken.opml": (b"<opml><body><outline", "a broken OPML list: not well-formed"),
    "https://nowhere.invalid/feed": (None, "no such host"),
    "http://127.0.0.1:9/feed": (None, "127.0.0.1 is not a public address; to allow a host of your own"),
    "": (None, "a source without a name"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_one_line_and_the_rest_is_done(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    content, cause = BROKEN[name]
    if content is not None:
        Path(name).write_bytes(content)
    good = write_feed("good.xml", "Rye")
    status, out, err = said(capsys, "add", name, good)
    assert status == 1
    assert out.endswith("1 feed read: 1 episode added; 1 source failed.\n")
    assert err.startswith(f"castabout: {name or '“”'}: {cause}")
    assert err.count("\n") == 1
    assert said(capsys, "topic", "rye", "--json")[0] == 0


def test_a_folder_without_feeds(capsys: pytest.CaptureFixture[str]) -> None:
    Path("photos").mkdir()
    Path("photos/a.jpg").write_bytes(b"\xff\xd8\xff")
    status, _, err = said(capsys, "add", "photos")
    assert status == 1
    assert err.startswith("castabout: photos: no feeds in it")


def test_a_feed_that_is_cut_off_is_read_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    whole = Path(write_feed("cut.xml", "Rye", "Oat")).read_text()
    Path("cut.xml").write_text(whole[: whole.index("About Oat") + 4])
    status, out, err = said(capsys, "add", "cut.xml")
    assert status == 1
    assert err == "castabout: cut.xml: cut off before its end; what was there is read\n"
    assert "1 feed read: 2 episodes added" in out


def test_a_list_never_opens_files(capsys: pytest.CaptureFixture[str]) -> None:
    inside = Path(write_feed("inside.xml", "Rye")).absolute()
    Path("list.opml").write_text(f'<opml><body><outline text="In" xmlUrl="file://{inside}"/></body></opml>')
    status, _, err = said(capsys, "add", "list.opml")
    assert status == 1
    assert "list.opml" in err
    assert json.loads(said(capsys, "topic", "rye", "--json")[1])["episodes"] == 0


def test_json_is_one_document_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    write_feed("rye.xml", "Rye", "Rye")
    status, out, err = said(capsys, "add", "rye.xml", "missing.xml", "--json")
    assert status == 1
    report = json.loads(out)
    assert (report["added"], report["failed"]) == (1, 1)
    assert report["feeds"][0]["problems"] == [
        {"where": "item 1 “Rye”", "what": "a copy of item 2 “Rye”", "lost_item": True}
    ]
    assert err.count("\n") == 1
    topic = json.loads(said(capsys, "topic", "rye", "--json")[1])
    assert (topic["topic"], topic["podcasts"], topic["episodes"], topic["latest"]) == (
        "rye",
        1,
        1,
        "2024-09-27",
    )
    found = json.loads(said(capsys, "search", "rye", "--json")[1])
    assert [hit["title"] for hit in found["hits"]] == ["Rye"]
    assert json.loads(said(capsys, "check", "--json")[1])["sound"] is True
    assert json.loads(said(capsys, "get", "/topics/rye.json")[1])["episodes"] == 1


def test_a_name_that_is_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    content = Path(write_feed("good.xml", "Rye")).read_bytes()
    with open(b"bad\xff.xml", "wb") as file:
        file.write(content)
    status, out, _ = said(capsys, "add", "--json", ".")
    assert status == 0
    assert len(json.loads(out)["feeds"]) == 2


def test_pages_beyond_the_last(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "add", write_feed("a.xml", "Rye"))
    assert said(capsys, "search", "rye", "--offset", "50")[1] == "1 episode found, none of them from 50 on.\n"


def test_without_dates_the_frequency_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.xml").write_text(FEED.format(title="Show", items="<item><title>Rye</title></item>"))
    said(capsys, "add", "a.xml")
    assert "frequency unknown" in said(capsys, "topic", "rye")[1]
    assert json.loads(said(capsys, "topic", "rye", "--json")[1])["frequency"] is None


def test_search(capsys: pytest.CaptureFixture[str]) -> None:
    write_feed("a.xml", "Rye bread", "Oat bread", "Rye beer")
    said(capsys, "add", "a.xml")
    status, out, _ = said(capsys, "search", "bread", "-oat")
    assert status == 0
    assert out.startswith("1 episode found:\n")
    assert "Rye bread" in out
    assert "Nothing in this library speaks of “zebra”" in said(capsys, "search", "zebra")[1]
    assert "Nothing in this library" in said(capsys, "topic", "zebra")[1]
    assert "Did you mean “bread”?" in said(capsys, "search", "braed")[1]
    assert "Did you mean “bread”?" in said(capsys, "topic", "braed")[1]


def test_get(capsys: pytest.CaptureFixture[str]) -> None:
    write_feed("a.xml", "Rye")
    said(capsys, "add", "a.xml")
    status, out, err = said(capsys, "get", "/topics/rye")
    assert (status, err) == (0, "")
    assert out.startswith("<!doctype html>")
    status, _, err = said(capsys, "get", "/nothing")
    assert (status, err) == (1, "castabout: /nothing: answered 404\n")


def test_outside_text_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.xml").write_text(
        FEED.format(title="Show", items=ITEM.format(title="Rye &#155;31m\u202e[bold]x[/bold]"))
    )
    said(capsys, "add", "a.xml")
    out = said(capsys, "topic", "rye")[1]
    assert "[bold]x[/bold]" in out
    assert not {"\x1b", "\x9b", "\u202e"} & set(out)


@pytest.mark.parametrize("command", [name for name, _ in COMMANDS])
def test_help(capsys: pytest.CaptureFixture[str], command: str) -> None:
    status, out, _ = said(capsys, command, "--help")
    assert status == 0
    assert len(out.splitlines()) > 4


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["topic", "--frob", "x"],
        ["topic"],
        ["topic", " "],
        ["search", "rye", "--limit", "0"],
        ["search", "rye", "--offset", "-1"],
        ["search", "rye", "--sort", "size"],
        ["get"],
        ["serve", "--port", "x"],
        ["serve", "--port", "99999"],
        ["serve", "now"],
        ["add"],
        ["--home"],
    ],
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    status, out, err = said(capsys, *arguments)
    assert (status, out) == (2, "")
    assert err.startswith("castabout: ")
    assert err.count("\n") == 1


def test_help_loads_neither_the_index_nor_the_web() -> None:
    script = (
        "import sys\nfrom castabout.cli.app import run\nassert run(['--help']) == 0\n"
        "heavy = {'tantivy', 'litestar', 'sqlalchemy', 'aiohttp', 'lxml', 'granian'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_damaged_index_is_said_and_mended(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    said(capsys, "add", write_feed("a.xml", "Rye"))
    next(home.glob("index/*/meta.json")).write_text("{")
    status, out, err = said(capsys, "topic", "rye")
    assert (status, out) == (1, "")
    assert "`castabout check --repair`" in err
    assert said(capsys, "check")[0] == 1
    status, out, err = said(capsys, "check", "--repair")
    assert (status, err) == (0, "")
    assert "Everything is sound." in out
    assert "1 episode" in said(capsys, "topic", "rye")[1]


def test_an_index_that_was_deleted_is_built_anew(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    said(capsys, "add", write_feed("a.xml", "Rye"))
    TantivyIndex(home / "index").clear()
    assert said(capsys, "check")[0] == 1
    assert "1 episode" in said(capsys, "topic", "rye")[1]
    assert said(capsys, "check")[0] == 0
    assert said(capsys, "reindex")[1] == "Indexed 1 podcast and 1 episode.\n"


def test_a_library_of_a_newer_version(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    said(capsys, "add", write_feed("a.xml", "Rye"))
    with sqlite3.connect(home / "library.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    status, out, err = said(capsys, "topic", "rye")
    assert (status, out) == (1, "")
    assert "made by a newer version of castabout; update castabout" in err


def test_a_damaged_library(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    said(capsys, "add", write_feed("a.xml", "Rye"))
    (home / "library.db").write_bytes(b"not a database, but long enough to be looked at" * 100)
    for command in (["topic", "rye"], ["add", "a.xml"], ["check"], ["check", "--repair"]):
        status, _, err = said(capsys, *command)
        assert status == 1
        assert "the library's database is damaged" in err
        assert "restore a backup" in err


def test_home_may_be_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert said(capsys, "--home", str(other), "add", write_feed("a.xml", "Rye"))[0] == 0
    assert (other / "library.db").exists()
    for arguments in (
        ["topic", "rye", "--json", "--home", str(other)],
        ["topic", f"--home={other}", "rye", "--json"],
    ):
        assert json.loads(said(capsys, *arguments)[1])["episodes"] == 1


def test_a_home_that_cannot_be(capsys: pytest.CaptureFixture[str]) -> None:
    Path("file").write_text("")
    status, _, err = said(capsys, "--home", "file/home", "topic", "rye")
    assert status == 1
    assert err.startswith("castabout: file/home: cannot be made a library")

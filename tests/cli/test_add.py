"""`castabout add` of whatever a person may name, against servers on this machine."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from castabout.cli.app import run
from tests.fetch.servers import Machine, Site

FEED = b"<rss><channel><title>Radio Show</title><item><title>Rye bread</title></item></channel></rss>"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASTABOUT_HOME", str(tmp_path / "home"))


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A host of feeds and both directories in one."""
    machine = Machine()
    made = machine.site()
    monkeypatch.setenv("CASTABOUT_ALLOW_HOSTS", "127.0.0.1")
    monkeypatch.setenv("CASTABOUT_APPLE_URL", f"{made.url}/apple")
    monkeypatch.setenv("CASTABOUT_PODCASTINDEX_URL", f"{made.url}/index")
    for path in ("/rye", "/oat"):
        made.says(path, body=FEED)
    yield made
    machine.close()


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(list(arguments))
    out, err = capsys.readouterr()
    return status, out, err


def apple_knows(site: Site, *paths: str) -> None:
    shows = [{"collectionName": f"Show {path}", "feedUrl": site.url + path} for path in paths]
    for name in ("search", "lookup"):
        site.says(f"/apple/{name}", body=json.dumps({"results": shows}).encode())


def page(*paths: str) -> bytes:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="Feed {path}" href="{path}">'
        for path in paths
    )
    return f"<!doctype html><html><head>{links}</head></html>".encode()


@pytest.mark.parametrize(
    "source",
    [
        "{url}/rye",
        "feed:{url}/rye",
        "feed://{host}/rye",
        "pcast://{host}/rye",
        "{host}/rye",
        "id123",
        "https://podcasts.apple.com/us/podcast/show/id123",
        "{url}/page",
    ],
)
def test_one_feed_however_it_is_named(capsys: pytest.CaptureFixture[str], site: Site, source: str) -> None:
    apple_knows(site, "/rye")
    site.says("/page", body=page("/rye"))
    named = source.format(url=site.url, host=site.url.removeprefix("http://"))
    assert said(capsys, "add", named) == (0, "Radio Show: 1 new\n1 feed read: 1 episode added.\n", "")


def test_a_name_has_choices_and_the_first_can_be_taken(
    capsys: pytest.CaptureFixture[str], site: Site
) -> None:
    apple_knows(site, "/rye", "/oat")
    status, out, err = said(capsys, "add", "radio show")
    assert status == 2
    assert out == (
        f"  1. Show /rye (Apple Podcasts)\n     {site.url}/rye\n"
        f"  2. Show /oat (Apple Podcasts)\n     {site.url}/oat\n"
    )
    assert err.startswith("castabout: radio show: 2 feeds to choose from; name the address")
    assert said(capsys, "add", "radio show", "--first")[:2] == (
        0,
        "Radio Show: 1 new\n1 feed read: 1 episode added.\n",
    )


def test_a_page_with_several_feeds_likewise(capsys: pytest.CaptureFixture[str], site: Site) -> None:
    site.says("/page", body=page("/comments/feed", "/oat", "/rye"))
    status, out, err = said(capsys, "add", f"{site.url}/page", f"{site.url}/rye")
    assert status == 2
    assert "1 feed read: 1 episode added." in out
    assert f"  1. Feed /oat (this page)\n     {site.url}/oat\n  2. Feed /rye" in out
    assert err.count("\n") == 1
    status, out, _ = said(capsys, "add", f"{site.url}/page", "--json")
    assert status == 2
    (result,) = json.loads(out)["feeds"]
    assert [choice["title"] for choice in result["choices"]] == [
        "Feed /oat",
        "Feed /rye",
        "Feed /comments/feed",
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("typed", "read"), [("2\n", ["/oat"]), ("7\nx\n1 2\n", ["/rye", "/oat"]), ("\n", []), ("", [])]
)
def test_a_person_is_asked(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    site: Site,
    typed: str,
    read: list[str],
) -> None:
    apple_knows(site, "/rye", "/oat")
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    status, out, err = said(capsys, "add", "radio show")
    assert status == 0
    assert "Which one? 1 to 2" in err
    assert [request.path for request in site.requests if request.path in ("/rye", "/oat")] == read
    assert out.endswith(" read: 1 episode added.\n" if read == ["/oat"] else ".\n")


def test_an_entry_of_a_list_may_lack_its_scheme(capsys: pytest.CaptureFixture[str], site: Site) -> None:
    host = site.url.removeprefix("http://")
    Path("list.opml").write_text(f'<opml><body><outline xmlUrl="{host}/rye"/></body></opml>')
    added = "Radio Show: 1 new\n1 feed read: 1 episode added.\n"
    assert said(capsys, "add", "list.opml") == (0, added, "")


@pytest.mark.parametrize("itself", ["{url}/list", "{url}/list/", "{url}/list?again", "{url}/moved"])
def test_a_list_that_names_itself_is_told_of_once(
    capsys: pytest.CaptureFixture[str], site: Site, itself: str
) -> None:
    entries = "".join(
        f'<outline text="{address}" xmlUrl="{address}"/>'
        for address in (
            itself.format(url=site.url),
            f"{site.url}/rye",
            f"{site.url}/none",
            "gopher://a.example/",
        )
    )
    body = f"<opml><body>{entries}</body></opml>".encode()
    for path in ("/list", "/list/"):
        site.says(path, body=body)
    site.says("/moved", status=302, Location="/list")
    status, out, err = said(capsys, "add", f"{site.url}/list")
    assert status == 1
    assert [line.split(": ")[1] for line in err.splitlines()] == [
        f"{site.url}/list, entry “gopher://a.example/”",
        f"{site.url}/none",
    ]
    assert out == "Radio Show: 1 new\n1 feed read: 1 episode added; 2 sources failed.\n"


@pytest.mark.parametrize("source", ["id123", "https://podcasts.apple.com/us/podcast/show/id123"])
def test_what_a_directory_was_asked_for_is_said(
    capsys: pytest.CaptureFixture[str], site: Site, source: str
) -> None:
    site.says("/apple/lookup", status=404)
    _, _, err = said(capsys, "add", source)
    assert err.startswith(f"castabout: {source}: cannot be looked up: Apple Podcasts: answered 404")
    site.says("/apple/lookup", body=b'{"results": []}')
    assert said(capsys, "add", source)[2] == "castabout: id123: Apple Podcasts knows no such show\n"


def test_a_list_never_asks(capsys: pytest.CaptureFixture[str], site: Site) -> None:
    site.says("/page", body=page("/oat", "/rye"))
    Path("list.opml").write_text(f'<opml><body><outline xmlUrl="{site.url}/page"/></body></opml>')
    assert said(capsys, "add", "list.opml")[0] == 0
    assert [request.path for request in site.requests] == ["/page", "/oat"]


def test_a_page_that_leads_to_pages_ends(capsys: pytest.CaptureFixture[str], site: Site) -> None:
    for number in range(9):
        site.says(f"/{number}.xml", body=page(f"/{number + 1}.xml"))
    status, _, err = said(capsys, "add", f"{site.url}/0.xml")
    assert status == 1
    assert err.count("\n") == 1
    assert len(site.requests) <= 3


def test_a_name_that_nobody_knows(capsys: pytest.CaptureFixture[str], site: Site) -> None:
    apple_knows(site)
    status, out, err = said(capsys, "add", "radio", "show")
    assert (status, out) == (1, "2 sources failed.\n")
    assert err.startswith("castabout: radio: no such file, and no podcast of this name was found\n")
    site.says("/apple/search", status=503)
    assert "radio: cannot be looked for: Apple Podcasts: answered 503" in said(capsys, "add", "radio")[2]


def test_both_directories_are_asked_and_one_may_fail(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, site: Site
) -> None:
    monkeypatch.setenv("CASTABOUT_PODCASTINDEX_KEY", "key")
    monkeypatch.setenv("CASTABOUT_PODCASTINDEX_SECRET", "secret")
    apple_knows(site, "/rye")
    same = {"title": "Rye again", "url": f"{site.url}/rye/"}
    other = {"title": "Bad\nline", "author": "Me", "url": f"{site.url}/oat", "episodeCount": 3}
    hostile = {"title": "Files", "url": "file:///etc/passwd"}
    site.says("/index/search/byterm", body=json.dumps({"feeds": [same, other, hostile]}).encode())
    out = said(capsys, "add", "radio")[1]
    assert out == (
        f"  1. Show /rye (Apple Podcasts)\n     {site.url}/rye\n"
        f"  2. Bad line (Me, 3 episodes, the Podcast Index)\n     {site.url}/oat\n"
    )
    site.says("/apple/search", status=500)
    assert said(capsys, "add", "radio")[1].startswith("  1. Rye again")

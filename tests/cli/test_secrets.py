"""Addresses that are for one person only: nothing that is printed shows what is secret in them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from castabout.cli.app import run
from tests.fetch.servers import Machine, Site

FEED = b"<rss><channel><title>Radio Show</title><item><title>Rye bread</title></item></channel></rss>"
PAGE = b"""<!doctype html><link rel="alternate" type="application/rss+xml" href="/a?token=HUSH">
<link rel="alternate" type="application/rss+xml" href="/b;token=HUSH/c">"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    machine = Machine()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASTABOUT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CASTABOUT_ALLOW_HOSTS", "127.0.0.1")
    yield machine.site()
    machine.close()


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    run(list(arguments))
    out, err = capsys.readouterr()
    assert "HUSH" not in out + err
    return out, err


def test_of_feeds_that_fail(capsys: pytest.CaptureFixture[str], site: Site) -> None:
    site.says("/gone", status=404)
    url, shown = f"{site.url}/gone?token=HUSH", f"{site.url}/gone?token=…"
    _, err = said(capsys, "add", url)
    assert err.startswith(f"castabout: {shown}: answered 404")
    (feed,) = json.loads(said(capsys, "add", url, "--json")[0])["feeds"]
    assert feed["source"] == shown
    assert feed["error"].startswith(f"{shown}: answered 404")
    Path("list.opml").write_text(f'<opml><body><outline xmlUrl="{url}"/></body></opml>')
    assert f"castabout: {shown}: answered 404" in said(capsys, "add", "list.opml")[1]


def test_of_a_feed_that_fails_later(capsys: pytest.CaptureFixture[str], site: Site) -> None:
    site.says("/feed", body=FEED)
    said(capsys, "add", f"{site.url}/feed?authToken=HUSH")
    site.says("/feed", status=404)
    with closing(sqlite3.connect("home/library.db")) as library, library:
        library.execute("UPDATE feeds SET next_fetch = 1")
    _, err = said(capsys, "update")
    assert err.startswith(f"castabout: {site.url}/feed?authToken=…: answered 404")
    said(capsys, "check", "--feeds")


def test_of_choices(capsys: pytest.CaptureFixture[str], site: Site) -> None:
    site.says("/page", body=PAGE)
    out, err = said(capsys, "add", f"{site.url}/page?key=HUSH")
    assert f"     {site.url}/a?token=…\n" in out
    assert f"     {site.url}/b;token=…/c\n" in out
    assert err.startswith(f"castabout: {site.url}/page?key=…: 2 feeds")
    (result,) = json.loads(said(capsys, "add", f"{site.url}/page", "--json")[0])["feeds"]
    assert result["choices"][0]["url"] == f"{site.url}/a?token=…"

"""A page that is seen again with nothing new costs nothing: 304, for every page and answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar

from castabout.engine.castabout import Castabout
from castabout.engine.indexing import catch_up
from castabout.engine.update import add
from castabout.web.app import create_app
from castabout.web.assets import asset_path
from castabout.web.get import get
from castabout.web.seen import is_known, tag_of
from tests.support import open_at
from tests.web.asking import Site
from tests.web.feeds import BREAD, PAST, fill
from tests.web.serving import served

PATHS = (
    "/",
    "/topics/rye",
    "/topics/rye?sort=best",
    "/topics/nothingatall",
    "/topics/rye.json",
    "/topics/rye.rss",
    "/api/v1/topics/rye",
    "/api/v1/search?q=rye",
    "/api/v1/rising",
    "/compare?topic=rye&topic=loaf",
    "/search?q=rye",
    "/search?q=rye&in=moments",
    "/people/Zo%C3%AB%20Dupont",
    "/help/search",
    "/later",
    "/sources",
    "/api/docs",
    "/opensearch.xml",
    "/manifest.webmanifest",
    asset_path("castabout.css"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("seen")
    castabout = open_at(folder / "home")
    fill(castabout, folder / "feeds")
    castabout.close()
    with served(folder / "home") as address:
        yield Site(address.rstrip("/"))


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_every_page(site: Site, encoding: str) -> None:
    found = site.ask("/topics/rye").page
    more = [
        found.values(f"//a[starts-with(@href, '{kind}')]/@href")[0] for kind in ("/podcasts/", "/episodes/")
    ]
    for path in (*PATHS, *more):
        accepted = {"accept-encoding": encoding}
        first = site.ask(path, headers=accepted)
        assert first.status == 200 and first.body, path
        tag = first.headers["etag"]
        for known in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
            again = site.ask(path, headers={**accepted, "if-none-match": known})
            assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag), (path, known)
            assert "content-security-policy" in again.headers
            assert again.headers["cache-control"] == first.headers["cache-control"]
        assert site.ask(path, headers={**accepted, "if-none-match": '"other"'}).status == 200, path


def test_faults_are_not_kept(site: Site) -> None:
    for path in ("/nothing", "/episodes/none", "/search?q=rye&sort=size"):
        answer = site.ask(path)
        assert "etag" not in answer.headers
        assert site.ask(path, headers={"if-none-match": "*"}).status == answer.status


def test_what_has_changed_is_sent(tmp_path: Path) -> None:
    castabout = open_at(tmp_path / "home")
    fill(castabout, tmp_path / "feeds")
    app = create_app(castabout)
    paths = ("/", "/topics/rye", "/search?q=rye", "/topics/rye.json", "/topics/rye.rss")
    before = tags(app, paths)
    assert tags(app, paths) == before
    another = "<item><title>One more loaf of rye</title><guid>more</guid></item>"
    (tmp_path / "feeds" / "bread.xml").write_text(BREAD % (PAST + another))
    add_again(castabout, tmp_path / "feeds")
    after = tags(app, paths)
    castabout.close()
    assert [path for path in paths if after[path] == before[path]] == []


def tags(app: Litestar, paths: tuple[str, ...]) -> dict[str, str]:
    return {path: get(app, path).headers["etag"] for path in paths}


def add_again(castabout: Castabout, folder: Path) -> None:
    assert [result.error for result in add(castabout, [str(folder)], found=lambda _: None)] == [None, None]
    catch_up(castabout, progress=lambda _: None)


def test_tags() -> None:
    tag = tag_of(b"rye")
    assert tag.startswith('W/"') and tag != tag_of(b"oat")
    assert is_known(tag, tag) and is_known(f"W/x , {tag}", tag) and is_known("*", tag)
    assert not is_known(None, tag) and not is_known("", tag) and not is_known('W/"rye"', tag)

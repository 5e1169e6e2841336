"""The page of sources over real HTTP: what is added, how far it is, how feeds fare, who may do what."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from lxml import etree

from castabout.engine.samples import SAMPLES
from castabout.model.directory import FoundFeed
from castabout.model.health import FeedHealth
from castabout.model.sources import Shown, Source, SourcesPage
from castabout.web.errands import Outcome, Progress
from castabout.web.pages.sources import render_errand, render_sources
from tests.engine.crawling import ENVIRONMENT
from tests.support import NOW
from tests.web.asking import Answer as Told
from tests.web.asking import Site
from tests.web.reading import Page, dangers, read
from tests.web.serving import served
from tests.web.test_hostile import HOSTILE
from tests.web.users import fill, logged_in, token_for
from tests.zoo import Answer, Zoo, made_feed

BOUNDARY = "----castabout-test"
_PATIENCE_S = 20.0


@pytest.fixture
def zoo() -> Iterator[Zoo]:
    with Zoo(Path("no-such-folder")) as zoo:
        yield zoo


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with served(tmp_path / "home", ENVIRONMENT) as address:
        yield Site(address.rstrip("/"))


def hand_over(site: Site, sources: str, file: bytes = b"", headers: Mapping[str, str] = {}) -> Told:
    """Send the form, as a browser does."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="sources"\r\n\r\n{sources}\r\n'.encode(),
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="list"; filename="{"my.opml" if file else ""}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode()
        + file
        + b"\r\n",
        f"--{BOUNDARY}--\r\n".encode(),
    ]
    kind = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
    return site.ask("/sources/add", "POST", body=b"".join(parts), headers={**kind, **headers})


def done(site: Site, answer: Told) -> Page:
    """The page of the errand that `answer` leads to, once it is done."""
    assert answer.status == 303, answer.body
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        found = site.ask(answer.headers["location"])
        assert found.status == 200
        if 'data-state="done"' in found.body.decode():
            assert dangers(found.body.decode()) == []
            return found.page
        assert "http-equiv" in found.body.decode() and "<progress" in found.body.decode()
    raise AssertionError("it is never done")


def told(page: Page, heading: str) -> list[str]:
    return [
        " ".join(line.text_content().split())
        for line in page.all(f"//section[@aria-labelledby='{heading}']//li")
    ]


def test_whatever_is_named_is_read_and_told(site: Site, zoo: Zoo) -> None:
    zoo.pages["/opml"] = lambda _: Answer(
        f'<opml version="2.0"><body><outline xmlUrl="{zoo.url("/made/b", host=2)}"/><outline text="x" xmlUrl=""/>'
        "</body></opml>".encode()
    )
    page = done(
        site,
        hand_over(
            site,
            "\r\n".join([zoo.url("/made/a"), "", zoo.url("/opml"), zoo.url("/status/404"), "/etc/passwd"]),
        ),
    )
    assert page.text("//*[@id='state']") == "2 feeds read: 4 episodes added; 3 sources failed."
    assert sorted(told(page, "read")) == ["Show /made/a 2 new", "Show /made/b 2 new"]
    assert sorted(told(page, "failed")) == [
        "/etc/passwd no address of the web; `castabout add`, in a terminal, reads files too",
        f"{zoo.url('/opml')}, entry “x” it has no address; add the address of a feed, or of a page that links one",
        f"{zoo.url('/status/404')} answered 404 (not found); look on the site of the show for the address that"
        " its feed has now",
    ]
    assert page.values("//progress/@value") == page.values("//progress/@max")
    assert (
        site.ask("/")
        .page.text("//p[@class='quiet'][1]")
        .startswith("In this library: 2 podcasts, 4 episodes.")
    )

    zoo.pages["/status/404"] = lambda asked: Answer(made_feed("/c"))
    (again,) = page.values("//form[contains(@action, 'again')]/@action")
    page = done(site, site.ask(again, form={}))
    assert "Show /c 2 new" in told(page, "read")
    assert len(told(page, "failed")) == 2


def test_a_list_that_is_handed_over(site: Site, zoo: Zoo) -> None:
    outlines = "".join(f'<outline type="rss" xmlUrl="{zoo.url(f"/made/{n}", host=n)}"/>' for n in range(1, 6))
    opml = f'<opml version="2.0"><body><outline text="folder">{outlines}</outline></body></opml>'.encode()
    page = done(site, hand_over(site, "", opml))
    assert page.text("//h1") == "Adding my.opml"
    assert page.text("//*[@id='state']") == "5 feeds read: 10 episodes added."
    exported = site.ask("/sources.opml")
    assert exported.headers["content-disposition"] == 'attachment; filename="podcasts.opml"'
    found = etree.fromstring(exported.body).xpath("//outline/@xmlUrl")
    assert isinstance(found, list)
    assert sorted(map(str, found)) == sorted(zoo.url(f"/made/{n}", host=n) for n in range(1, 6))
    page = done(site, hand_over(site, "", b"plain text"))
    assert told(page, "failed") == [
        "my.opml plain text, not an OPML list; choose the list of feeds that a podcast app exports"
    ]
    assert not page.all("//form[contains(@action, 'again')]")


def test_a_page_with_several_feeds_asks_which(site: Site, zoo: Zoo) -> None:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="Show {n}" href="/made/{n}">' for n in "ab"
    )
    zoo.pages["/which"] = lambda _: Answer(f"<!doctype html><html><head>{links}</head></html>".encode())
    page = done(site, hand_over(site, zoo.url("/which")))
    assert page.values("//ol[@class='choices']//input/@value") == [zoo.url("/made/a"), zoo.url("/made/b")]
    assert [button.get("aria-label") for button in page.all("//ol[@class='choices']//button")] == [
        "Add Show a",
        "Add Show b",
    ]


def test_how_feeds_fare_and_what_is_done_about_it(site: Site, zoo: Zoo) -> None:
    body = made_feed("/failing")
    zoo.pages["/failing"] = lambda asked: Answer(body) if asked.times == 1 else Answer(status=500)
    done(site, hand_over(site, f"{zoo.url('/made/b')}\n{zoo.url('/failing', host=2)}?token=secret"))
    page = site.ask("/sources").page
    titles = [item.text_content() for item in page.all("//ol[@class='sources']//h3")]
    assert sorted(titles) == ["Show /failing", "Show /made/b"]
    assert "secret" not in site.ask("/sources").body.decode()
    assert page.values("//a[contains(., 'Private')]/small/text()") == ["1"]
    (id,) = page.values("//ol[@class='sources']/li[.//h3='Show /made/b']/@id")
    id = id.removeprefix("p-")

    back = site.ask(
        "/sources/pause", form={"podcast": id}, headers={"referer": f"{site.address}/sources?sort=title"}
    )
    assert (back.status, back.headers["location"]) == (303, f"/sources?sort=title#p-{id}")
    paused = site.ask("/sources?show=paused").page
    assert paused.values("//ol[@class='sources']/li/@id") == [f"p-{id}"]
    assert "paused" in paused.text("//ol[@class='sources']/li")
    assert "is paused" in site.ask(f"/podcasts/{id}").page.text("//p[@class='health']")
    site.ask("/sources/resume", form={"podcast": id})
    assert not site.ask("/sources?show=paused").page.all("//ol[@class='sources']")

    asked = done(site, site.ask("/sources/retry", form={"podcast": id}))
    assert told(asked, "read") == [
        "Show /made/b already here; not asked again: it was last asked just now, and no feed is asked more than"
        " once an hour"
    ]

    question = site.ask(f"/sources/removal/{id}").page
    assert question.text("//h1") == "Remove Show /made/b?" and "2 episodes" in question.text("//main")
    page = done(site, site.ask("/sources/remove", form={"podcast": id}))
    assert page.text("//*[@id='state']") == "2 episodes removed."
    assert site.ask(f"/podcasts/{id}").status == 404
    assert site.ask("/sources/pause", form={"podcast": id}).status == 404


def test_search_and_pages(site: Site, zoo: Zoo) -> None:
    done(site, hand_over(site, "\n".join(zoo.url(f"/made/show{n}", host=n) for n in range(1, 53))))
    first = site.ask("/sources?sort=title").page
    (following,) = first.values("//nav[@class='pager']/a[@rel='next']/@href")
    second = site.ask(following).page
    titles = [h.text_content() for page in (first, second) for h in page.all("//ol[@class='sources']//h3")]
    assert titles == sorted(f"Show /made/show{n}" for n in range(1, 53))
    assert not second.all("//nav[@class='pager']/a[@rel='next']")
    found = site.ask("/sources?q=show7").page
    assert [h.text_content() for h in found.all("//ol[@class='sources']//h3")] == ["Show /made/show7"]
    at = site.ask(f"/sources?q={zoo.url('/made/show9', host=9)}").page
    assert [h.text_content() for h in at.all("//ol[@class='sources']//h3")] == ["Show /made/show9"]
    assert "No podcast is found" in site.ask("/sources?q=nothingatall").page.text("//main")
    for wrong in ("x", "-1", "9" * 40, "1.x", "."):
        assert site.ask(f"/sources?sort=due&after={wrong}").status == 200


def test_the_first_visit(site: Site) -> None:
    page = site.ask("/").page
    assert page.values("//form/@action") == ["/sources/add", "/sources/samples", "/later/add"]
    page = done(site, site.ask("/sources/samples", form={}))
    assert page.text("//h1") == "Adding the sample feeds"
    assert len(told(page, "read")) == len(list(SAMPLES.glob("*.xml")))
    assert not site.ask("/").page.all("//form[starts-with(@action, '/sources')]")


PATHS = ("/sources/add", "/sources/samples", "/sources/pause", "/sources/remove", "/sources/errands/x/again")


def test_only_the_owner(tmp_path: Path) -> None:
    with served(tmp_path / "home") as address:
        site = Site(address.rstrip("/"))
        elsewhere = {"x-forwarded-for": "203.0.113.7"}
        for path in ("/sources", "/sources.opml", "/sources/errands/x", "/sources/removal/x"):
            assert site.ask(path, headers=elsewhere).status == 403, path
        assert hand_over(site, "https://a.example/", headers=elsewhere).status == 403
        forged = {"sec-fetch-site": "cross-site"}
        for path in PATHS:
            assert site.ask(path, form={"podcast": "x"}, headers=elsewhere).status in (400, 403), path
            assert site.ask(path, form={"podcast": "x"}, headers=forged).status == 403, path
        assert (
            site.ask("/sources/errands/x").status
            == site.ask("/sources/errands/x/again", form={}).status
            == 404
        )
        assert hand_over(site, " \r\n ").status == 400
        assert hand_over(site, "x\n" * 3_000).status == 400
        assert site.ask("/sources/burn", form={"podcast": "x"}).status == 400


def test_where_there_are_users_the_first_of_them_in_a_browser(tmp_path: Path) -> None:
    fill(tmp_path / "home", "Ana", "Béla")
    with served(tmp_path / "home") as address:
        site = Site(address.rstrip("/"))
        ana, bela = logged_in(site, "Ana"), logged_in(site, "Béla")
        assert ana.ask("/sources").status == 200
        assert b'href="/sources">Add more' in ana.ask("/").body
        assert bela.ask("/sources").status == bela.ask("/sources.opml").status == 403
        assert b'href="/sources">Add more' not in bela.ask("/").body
        assert bela.ask("/sources/samples", form={}).status == 403
        token = token_for(ana, "read", "lists")
        assert site.ask("/sources", headers=token).status == 403
        nobody = site.ask("/sources")
        assert (nobody.status, nobody.headers["location"]) == (303, "/login?next=%2Fsources")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_page_is_broken_by_text(hostile: str) -> None:
    health = FeedHealth(
        last_good=None, last_error=hostile, next_try=NOW, is_gone=False, failures=2, last_fetch=NOW, now=NOW
    )
    source = Source(
        id=hostile, title=hostile, language=hostile, address=hostile, is_file=True, is_private=True, episodes=1,
        added=NOW, newest=NOW, health=health,
    )  # fmt: skip
    counts: dict[Shown, int] = {"all": 1, "failing": 1, "paused": 1, "private": 1}
    page = SourcesPage(
        shown="all", order="added", query=hostile, counts=counts, sources=(source,), is_later=True, next=None
    )  # fmt: skip
    outcome = Outcome(hostile, hostile, hostile, (FoundFeed(url=hostile, title=hostile, told_by=hostile),))
    progress = Progress(
        id=hostile, title=hostile, state="done", begun=NOW, done=1, total=1, summary=hostile, outcomes=(outcome,),
        errors=(outcome,), questions=(outcome,), more_errors=1, again=1, note=hostile,
    )  # fmt: skip
    for shown in (render_sources(page, (progress,)), render_errand(progress)):
        assert dangers(shown) == []
        assert len(read(shown).all("//h1")) == len(read(shown).all("//main")) == 1

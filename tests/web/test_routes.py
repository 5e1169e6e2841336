"""Every address: its status, its type, its headers, what it says."""

from __future__ import annotations

import gzip
import json
import logging
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from litestar import Litestar

from castabout.engine.castabout import Castabout
from castabout.errors import IndexDamaged, NotInLibrary, StoreLocked
from castabout.web.app import create_app
from castabout.web.assets import ASSETS, asset_path
from castabout.web.get import get
from castabout.web.troubles import trouble_of
from tests.support import open_at
from tests.web.reading import Page, dangers, read


def page(app: Litestar, path: str) -> Page:
    response = get(app, path)
    assert (response.status, response.content_type) == (200, "text/html; charset=utf-8")
    assert dangers(response.body.decode()) == []
    return read(response.body)


def links(app: Litestar, prefix: str) -> list[str]:
    found = page(app, "/topics/rye").values(f"//main//a[starts-with(@href, '{prefix}')]/@href")
    assert found
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/", 200, "text/html"),
        ("/topics/rye", 200, "text/html"),
        ("/topics/nothingatall", 200, "text/html"),
        ("/topics/rye.json", 200, "application/json"),
        ("/topics/rye.rss", 200, "application/rss+xml"),
        ("/topics/nothingatall.rss", 200, "application/rss+xml"),
        ("/topics/rye.rss?offset=-1", 400, "text/html"),
        ("/later", 200, "text/html"),
        ("/later?archive=yes", 200, "text/html"),
        ("/later?list=nobody+made+it", 404, "text/html"),
        ("/later.rss", 404, "text/html"),
        ("/later.rss?key=wrong", 410, "text/html"),
        ("/later/add", 405, "text/html"),
        ("/topics/rye?sort=best", 200, "text/html"),
        ("/topics/rye?sort=size", 400, "text/html"),
        ("/topics/rye.json?sort=best", 200, "application/json"),
        ("/api/v1/topics/rye?sort=best", 200, "application/json"),
        ("/api/v1/topics/rye?sort=size", 400, "application/json"),
        ("/search?q=rye&sort=varied", 200, "text/html"),
        ("/api/v1/episodes/none/similar", 404, "application/json"),
        ("/api/v1/podcasts/none/similar", 404, "application/json"),
        ("/api/v1/topics/rye", 200, "application/json"),
        ("/search", 200, "text/html"),
        ("/search?q=rye&sort=date&offset=20", 200, "text/html"),
        ("/search?q=%22%27(((", 200, "text/html"),
        ("/search?q=rye&sort=size", 400, "text/html"),
        ("/search?q=rye&offset=-1", 400, "text/html"),
        ("/search?q=rye&offset=x", 400, "text/html"),
        ("/search?q=" + "x" * 501, 400, "text/html"),
        ("/api/v1/search?q=rye", 200, "application/json"),
        ("/api/v1/search", 400, "application/json"),
        ("/api/v1/search?q=rye&limit=101", 400, "application/json"),
        ("/api/suggest?q=ry", 200, "application/json"),
        ("/api/v1/suggest?q=ry", 200, "application/json"),
        ("/api/v1/suggest", 200, "application/json"),
        ("/api/v1/suggest?q=" + "x" * 201, 400, "application/json"),
        ("/api/v1/nothing", 404, "application/json"),
        ("/api/v1/topics/" + "x" * 201, 400, "application/json"),
        ("/topics/" + "x" * 201, 400, "text/html"),
        ("/topics/" + "x" * 201 + ".json", 400, "application/json"),
        ("/podcasts/none", 404, "text/html"),
        ("/episodes/none", 404, "text/html"),
        ("/nothing", 404, "text/html"),
        ("/nothing.json", 404, "application/json"),
        ("/api/docs", 200, "text/html"),
        ("/api/openapi", 200, "application/vnd.oai.openapi+json"),
        ("/healthz", 200, "application/json"),
        ("/robots.txt", 200, "text/plain"),
        (asset_path("castabout.css"), 200, "text/css"),
        (asset_path("castabout.js"), 200, "text/javascript"),
        (asset_path("compare.css"), 200, "text/css"),
        (asset_path("suggest.js"), 200, "text/javascript"),
        (asset_path("favicon.svg"), 200, "image/svg+xml"),
        ("/static/nothing.css", 404, "text/html"),
        ("/static/..%2Fapp.py", 404, "text/html"),
    ],
)
def test_status_and_type(app: Litestar, path: str, status: int, kind: str) -> None:
    response = get(app, path, follow=False)
    assert (response.status, response.content_type.partition(";")[0]) == (status, kind)
    assert b"Traceback" not in response.body
    if status >= 400 and kind == "application/json":
        assert json.loads(response.body)["error"].keys() == {"code", "message"}
    if status >= 400 and kind == "text/html":
        assert read(response.body).values("//meta[@name='robots']/@content") == ["noindex"]


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/topics/rye.json", "/topics?q=x", asset_path("castabout.css")]
)
def test_every_answer_carries_the_security_headers(app: Litestar, path: str) -> None:
    headers = get(app, path, follow=False).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/topics?q=rye", "/topics/rye"),
        ("/topics?q=++rye++bread+", "/topics/rye%20bread"),
        ("/topics?q=either%2For", "/topics/either%2For"),
        ("/topics?q=package.json", "/topics/package%2Ejson"),
        ("/topics?q=", "/"),
        ("/topics", "/"),
        ("/topics/%20", "/"),
        ("/topics?q=https://evil.example/", "/topics/https%3A%2F%2Fevil.example%2F"),
        ("/topics?q=a%0d%0aSet-Cookie:+x", "/topics/a%20Set-Cookie%3A%20x"),
    ],
)
def test_the_search_box_leads_to_the_topic(app: Litestar, asked: str, leads_to: str) -> None:
    response = get(app, asked, follow=False)
    assert (response.status, response.headers["location"]) == (303, leads_to)


@pytest.mark.parametrize("topic", ["rye", "either/or", "機械学習", "package.json", "rye bread"])
def test_topics_of_any_kind_are_found_at_their_address(app: Litestar, topic: str) -> None:
    found = page(app, "/topics?q=" + quote(topic, safe=""))
    assert found.text("//h1") == f"Podcasts about {topic}"
    assert found.all("//mark")


def test_a_path_may_be_typed_as_it_reads(app: Litestar) -> None:
    assert page(app, "topics/機械 学習").text("//h1") == "Podcasts about 機械 学習"


def test_a_topic_has_the_same_figures_everywhere(app: Litestar) -> None:
    values = json.loads(get(app, "/topics/rye.json").body)
    again = json.loads(get(app, "/api/v1/topics/rye").body)
    del values["elapsed_ms"], again["elapsed_ms"]
    assert values == again
    assert (values["podcasts"], values["episodes"]) == (2, 28)
    figures = page(app, "/topics/rye").values("//svg/@aria-label")
    assert figures == ["Episodes per year from 2021 to 2024; most in 2021: 25 episodes."]


def test_the_json_of_a_topic_named_like_a_file(app: Litestar) -> None:
    assert json.loads(get(app, "/topics/package%2Ejson.json").body)["topic"] == "package.json"
    assert json.loads(get(app, "/api/v1/topics/package.json").body)["topic"] == "package.json"
    assert json.loads(get(app, "/topics/package.json").body)["topic"] == "package"


def test_every_link_of_a_topic_leads_somewhere(app: Litestar) -> None:
    for path in (
        *links(app, "/podcasts/"),
        *links(app, "/episodes/"),
        *links(app, "/search"),
        *links(app, "/topics"),
    ):
        response = get(app, path)
        assert response.status == 200, path
        if response.content_type.startswith("text/html"):
            assert dangers(response.body.decode()) == [], path


def test_an_episode_starts_where_it_is_asked_to(app: Litestar) -> None:
    (path,) = page(app, "/topics/package%2Ejson").values("//h3/a[text()='Why rye?']/@href")
    media = "https://media.example/rye.mp3?a=1&b=2"
    assert page(app, path).values("//audio/@src") == [media]
    assert page(app, path + "?t=1:02:03").values("//audio/@src") == [media + "#t=3720"]
    assert page(app, path + "?t=evil").values("//audio/@src") == [media]


def test_all_episodes_of_a_podcast_page_by_page(app: Litestar) -> None:
    bread = next(p for p in links(app, "/podcasts/") if page(app, p).text("//h1") == "Podcast Bread & Butter")
    first, second = page(app, bread), page(app, f"{bread}?offset=20")
    assert first.values("//nav/a/@href") == [f"{bread}?offset=20"]
    assert second.values("//nav/a/@href") == [bread]
    titles = [e.text_content() for p in (first, second) for e in p.all("//h3")]
    assert len(titles) == len(set(titles)) == 27


def test_empty_topics_and_searches_are_not_for_robots(app: Litestar) -> None:
    for path in ("/topics/nothingatall", "/search?q=rye"):
        assert page(app, path).values("//meta[@name='robots']/@content") == ["noindex"]
    assert not page(app, "/topics/rye").all("//meta[@name='robots']")


def test_assets_are_kept_for_good_under_their_version_alone(app: Litestar) -> None:
    assert "immutable" in get(app, asset_path("castabout.css")).headers["cache-control"]
    assert "immutable" not in get(app, "/static/castabout.css?v=old").headers["cache-control"]
    assert len(ASSETS["castabout.css"].body) < 12_000


def test_scripts_name_each_other_by_their_versions() -> None:
    main = ASSETS["main.js"].body.decode()
    assert f'from "./player.js?v={ASSETS["player.js"].version}"' in main
    named = re.findall(rb'(?:from|import) "([^"]+)"', b"".join(asset.body for asset in ASSETS.values()))
    known = {f"./{name}?v={asset.version}".encode() for name, asset in ASSETS.items()}
    assert set(named) <= known


def packed(body: bytes) -> int:
    return len(gzip.compress(body, 6))


@pytest.mark.parametrize("path", ["/topics/rye", "/search?q=rye", "/later"])
def test_a_page_weighs_less_than_60_kb_with_all_that_it_needs(app: Litestar, path: str) -> None:
    html = get(app, path).body
    needed = set(re.findall(r"/static/([\w.]+(?:js|css))", html.decode()))
    # With the scripts that those name in turn.
    more = needed
    while more:
        bodies = b"".join(ASSETS[name].body for name in more)
        more = {found.decode() for found in re.findall(rb'"\./([\w.]+js)\?', bodies)} - needed
        needed |= more
    assert {"player.js", "navigate.js", "castabout.css"} <= needed
    assert packed(html) + sum(packed(ASSETS[name].body) for name in needed) < 60_000


def test_the_documentation_lists_the_api(app: Litestar) -> None:
    text = page(app, "/api/docs").text()
    assert "/api/v1/search" in text and "/api/v1/topics/{topic}" in text and "castabout" in text


def test_an_empty_library(tmp_path: Path) -> None:
    castabout = open_at(tmp_path / "home")
    try:
        assert "castabout add FEED…" in page(create_app(castabout), "/").text()
    finally:
        castabout.close()


@pytest.mark.parametrize(
    ("error", "status", "code", "message"),
    [
        (
            NotInLibrary("x", "no such episode in the library"),
            404,
            "not_in_library",
            "no such episode in the library",
        ),
        (StoreLocked("/secret/library.db"), 503, "busy", "the library is locked by another program; "),
        (IndexDamaged("/secret/index"), 503, "unavailable", "the index is damaged; run `castabout check"),
        (KeyError("secret"), 500, "internal", "something went wrong on our side"),
    ],
)
def test_visitors_are_told_what_they_can_do_and_no_secrets(
    error: Exception, status: int, code: str, message: str
) -> None:
    trouble = trouble_of(error)
    assert (trouble.status, trouble.code) == (status, code)
    assert trouble.message.startswith(message)
    assert "secret" not in trouble.message


def test_bugs_are_logged_and_not_shown(library: Castabout, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> datetime:
        raise KeyError("secret")

    broken = create_app(replace(library, clock=fail))
    with caplog.at_level(logging.ERROR, "castabout.web"):
        html, values = get(broken, "/topics/rye"), get(broken, "/topics/rye.json")
    assert html.status == values.status == 500
    assert json.loads(values.body)["error"]["code"] == "internal"
    assert b"secret" not in html.body + values.body and b"Traceback" not in html.body + values.body
    assert [record.exc_info is not None for record in caplog.records] == [True, True]

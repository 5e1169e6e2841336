"""Tags and people on pages and in JSON."""

from __future__ import annotations

import json

from litestar import Litestar

from castabout.web.get import get
from castabout.web.urls import person_path


def body(app: Litestar, path: str, status: int = 200) -> str:
    response = get(app, path)
    assert response.status == status
    return response.body.decode()


def test_the_page_of_somebody(app: Litestar) -> None:
    page = body(app, "/people/Zoe%20Dupont")
    assert '<span class="over">Podcasts with</span> <span dir="auto">Zoë Dupont</span>' in page
    assert 'href="/topics/Zo%C3%AB%20Dupont"' in page
    assert "1 of 27 episodes" in page


def test_the_same_as_json_on_both_addresses(app: Litestar) -> None:
    page = json.loads(body(app, "/people/zoe%20dupont.json"))
    assert json.loads(body(app, "/api/v1/people/zoe%20dupont")) == page
    assert (page["name"], page["episodes"]) == ("Zoë Dupont", 1)
    assert page["podcasts"][0]["title"] == "Bread & Butter"
    assert [(one["year"], one["episodes"]) for one in page["popularity"]] == [(2024, 1)]
    assert page["hits"][0]["people"] == [{"name": "Zoë Dupont", "role": "guest"}]


def test_nobody(app: Litestar) -> None:
    body(app, "/people/Nobody%20Else", 404)
    assert "<script>hacked()" not in body(app, "/people/%3Cscript%3Ehacked()", 404)
    body(app, "/people/" + "a" * 300, 400)


def test_names_that_no_path_may_have() -> None:
    assert person_path("Ada/Grace") == "/people/Ada%2FGrace"
    assert person_path("dot.json") == "/people/dot%2Ejson"
    assert person_path("..") == "/search?q=.."
    assert person_path("Ada", offset=20) == "/people/Ada?offset=20"


def test_tags_and_people_lead_somewhere(app: Litestar) -> None:
    found = json.loads(body(app, "/topics/either%2For.json"))["latest_episodes"]
    page = body(app, f"/episodes/{found[0]['id']}")
    assert 'href="/topics/either%2For"' in page
    assert 'href="/people/Zo%C3%AB%20Dupont"' in page
    assert "either/or" in found[0]["tags"]

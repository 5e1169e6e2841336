"""All tags, people and languages."""

from __future__ import annotations

from litestar import Litestar

from castabout.model.names import FoundName
from castabout.web.get import get
from castabout.web.pages.names import render_languages, render_names
from tests.web.reading import dangers, read


def body(app: Litestar, path: str, status: int = 200) -> str:
    response = get(app, path)
    assert response.status == status
    return response.body.decode()


def test_each_name_leads_to_its_page() -> None:
    page = read(
        render_names("topic", "", [FoundName("topic", "rye / oats", 3), FoundName("topic", "bread", 1)])
    )
    assert page.values("//ul[@class='tags']//a/@href") == ["/topics/rye%20%2F%20oats", "/topics/bread"]
    assert page.text("//ul[@class='tags']/li[2]") == "bread 1 episode"
    people = read(render_names("person", "zo", [FoundName("person", "Zoë Dupont", 1)]))
    assert people.values("//ul[@class='tags']//a/@href") == ["/people/Zo%C3%AB%20Dupont"]
    assert people.values("//input[@id='begin']/@value") == ["zo"]


def test_people_of_a_library(app: Litestar) -> None:
    assert "/people/Zo%C3%AB%20Dupont" in body(app, "/people")
    assert "/people/Zo%C3%AB%20Dupont" in body(app, "/people?q=dup")
    nobody = body(app, "/people?q=qqq")
    assert "No name begins with" in nobody and "/search?q=qqq" in nobody
    body(app, "/tags?q=" + "a" * 300, 400)


def test_languages_of_a_library(app: Litestar) -> None:
    page = read(body(app, "/languages"))
    assert "/search?q=language%3Aen" in page.values("//ul[@class='tags']//a/@href")


def test_nothing_yet() -> None:
    assert "There are none yet." in read(render_names("topic", "", [])).text()
    assert "No language is known yet." in read(render_languages([])).text()


def test_hostile_names_stay_text() -> None:
    hostile = "<script>hacked()</script>\"'"
    assert not dangers(render_names("topic", hostile, [FoundName("topic", hostile, 1)]))

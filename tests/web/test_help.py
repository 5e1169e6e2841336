"""The page that explains how to search."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from litestar import Litestar

from castabout.query.ast import And, Field, Not, Or, Phrase, Prefix, Query
from castabout.query.filters import NAMES
from castabout.query.parser import parse
from castabout.web.get import get
from castabout.web.pages.help import SECTIONS, Example
from tests.web.reading import dangers, read

EXAMPLES = [example for section in SECTIONS for example in section.examples]


def leaves(query: Query) -> list[Query]:
    match query:
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in leaves(part)]
        case Not(part):
            return leaves(part)
        case _:
            return [query]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.query)
def test_nothing_in_an_example_is_taken_as_mere_text(example: Example) -> None:
    found = leaves(parse(example.query))
    assert not any(isinstance(leaf, Phrase) and ":" in leaf.text for leaf in found)
    assert example.query.count(":") <= len(found)


def test_every_operator_is_explained() -> None:
    typed = " ".join(example.query for example in EXAMPLES)
    assert all(f"{name}:" in typed for name in NAMES)
    kinds = {type(leaf) for example in EXAMPLES for leaf in leaves(parse(example.query))}
    assert {Phrase, Prefix, Field} < kinds


def test_every_example_can_be_tried(app: Litestar) -> None:
    response = get(app, "/help/search")
    assert response.status == 200
    assert dangers(response.body.decode()) == []
    links = read(response.body).values("//main//table//a/@href")
    assert [parse_qs(urlsplit(link).query)["q"] for link in links] == [
        [example.query] for example in EXAMPLES
    ]
    assert {get(app, link).status for link in links} == {200}


@pytest.mark.parametrize(
    "path", ["/search", "/search?q=rye", "/search?q=nothingatall", "/search?q=rye&in=moments"]
)
def test_search_leads_there(app: Litestar, path: str) -> None:
    assert "/help/search" in read(get(app, path).body).values("//main//a/@href")


def test_the_keys_are_listed(app: Litestar) -> None:
    page = read(get(app, "/help/search").body)
    keys = page.text("//section[h2/@id='keys']")
    assert all(f"{key} " in keys for key in ("Space", "k", "j", "l", "←", "→", "/"))

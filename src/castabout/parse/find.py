"""Values of a node by the places where a table says that they may stand.

Most values are absent, which must cost one look, and most others stand at
the top of an item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from castabout.parse.fields import absolute_url, http_url
from castabout.parse.names import Element
from castabout.parse.table import Field, Place
from castabout.parse.xml import Node, attribute_of, text_of

#: Of what a feed may say several times.
VALUES = 1_000
#: When so much is said to be wrong with an item, no more is added.
_PROBLEM_CHARACTERS = 500

T = TypeVar("T")


def note(node: Node, what: str) -> None:
    """Say what of ``node`` could not be used; all of it becomes one line, each thing once."""
    said = node.problem
    if said is None:
        node.problem = what
    elif what not in said and len(said) < _PROBLEM_CHARACTERS:
        node.problem = f"{said}; {what}"


def elements_at(node: Node, place: Place) -> list[Element]:
    """The elements at ``place``."""
    elements = node.children.get(place.outermost)
    if elements is None:
        return []
    return elements if place.is_simple else _narrowed(node, place, elements)


def _narrowed(node: Node, place: Place, elements: list[Element]) -> list[Element]:
    """What stands at ``place``; ``elements`` are the outermost ones there."""
    for name in place.inner:
        elements = [inner for outer in elements for inner in node.inside(outer).elements(name)]
    if place.condition is None:
        return elements
    name, word = place.condition
    return [element for element in elements if word in (attribute_of(element, name) or "").lower().split()]


def elements_of(node: Node, field: Field) -> Iterator[tuple[Place, Element]]:
    """The elements at the places of ``field``, best place first, each with its place."""
    for place in field.places:
        for element in elements_at(node, place):
            yield place, element


def text_at(element: Element, place: Place) -> str:
    """What ``element`` says at ``place``, without blanks around it."""
    text = attribute_of(element, place.attribute) if place.attribute else text_of(element)
    return text.strip() if text else ""


def texts_of(node: Node, field: Field) -> list[str]:
    """The texts at the places of ``field``, best place first; none of them is empty."""
    places = field.places
    return [
        text for place in places for element in elements_at(node, place) if (text := text_at(element, place))
    ]


def first_of(node: Node, field: Field, read: Callable[[str], T | None]) -> T | None:
    """The first text of ``field`` that can be read."""
    children = node.children
    for place in field.places:
        if place.outermost not in children:
            continue
        for element in children[place.outermost] if place.is_simple else elements_at(node, place):
            if (text := text_at(element, place)) and (value := read(text)) is not None:
                return value
    return None


def one_of(node: Node, field: Field, read: Callable[[Element], T | None]) -> T | None:
    """The first element of ``field`` that can be read."""
    values = each_of(node, field, read)
    return values[0] if values else None


def each_of(node: Node, field: Field, read: Callable[[Element], T | None]) -> tuple[T, ...]:
    """The elements of ``field`` that can be read; what is said twice is said once."""
    values: dict[T, None] = {}
    for place in field.places:
        for element in elements_at(node, place)[:VALUES]:
            if (value := read(element)) is not None:
                values[value] = None
    return tuple(values)


def url_of(node: Node, field: Field, read: Callable[[str], str | None] = http_url) -> str | None:
    """The first address of ``field``; a relative one only where the feed says what it is relative to."""
    url = first_of(node, field, read)
    if url is None and field.places and (base := node.base):
        url = first_of(node, field, partial(absolute_url, base=base))
    return url

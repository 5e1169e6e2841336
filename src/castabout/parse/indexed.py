"""Rows of the Podcast Index's dump to podcasts."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from castabout.model.feed import Podcast
from castabout.parse.fields import http_url, one_of_each, parse_language, plain_line
from castabout.parse.notes import sanitise

#: What some millions of rows say again and again: the memory of it is bounded.
_REMEMBERED = 20_000
_NAME_CHARACTERS = 300
_CATEGORY_CHARACTERS = 100
#: The common case by far, told apart at a tenth of the cost of reading it as an address.
_PLAIN_URL = re.compile(r"https?://[a-z0-9.-]+(?:/[A-Za-z0-9/_.~%?=&+-]*)?")
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class Unusable(Enum):
    """Why a row is no podcast."""

    DEAD = "dead"
    NO_ADDRESS = "without an address of the web"
    NO_TITLE = "without a title"


def indexed_podcast(
    url: object,
    title: object,
    link: object,
    dead: object,
    author: object,
    owner: object,
    explicit: object,
    image: object,
    language: object,
    popularity: object,
    guid: object,
    description: object,
    *categories: object,
) -> tuple[str, Podcast] | Unusable:
    """The feed's address and the podcast that a row tells of. Values may be of any type."""
    if dead == 1:
        return Unusable.DEAD
    address = _address(url)
    if address is None:
        return Unusable.NO_ADDRESS
    named = _line(title)
    if named is None:
        return Unusable.NO_TITLE
    text = _text(description)
    return address, Podcast(
        title=named,
        author=_line(author) or _line(owner),
        link=_address(link),
        image=_address(image),
        language=_language(language) if isinstance(language, str) and language else None,
        explicit=bool(explicit) if explicit in (0, 1) else None,
        guid=_text(guid).strip() or None,
        description=sanitise(text) or None if text else None,
        categories=_categories(categories),
        popularity=popularity if isinstance(popularity, int) and 0 < popularity < 1_000_000_000 else None,
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        return ""
    return value if value.isprintable() else _CONTROLS.sub("", value)


def _line(value: object) -> str | None:
    text = _text(value)
    return plain_line(text, _NAME_CHARACTERS) if text else None


def _address(value: object) -> str | None:
    if not isinstance(value, str) or not value:
        return None
    return value if len(value) < 1_000 and _PLAIN_URL.fullmatch(value) else http_url(value)


@lru_cache(_REMEMBERED)
def _language(text: str) -> str | None:
    return parse_language(text)


@lru_cache(_REMEMBERED)
def _categories(names: tuple[object, ...]) -> tuple[str, ...]:
    return one_of_each(plain_line(text, _CATEGORY_CHARACTERS) for name in names if (text := _text(name)))

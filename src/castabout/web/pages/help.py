"""How to search: every operator, with examples that can be tried."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import Response

from castabout.web.answers import html, page
from castabout.web.templates import render


@dataclass(frozen=True, slots=True)
class Example:
    """A query and what it finds."""

    query: str
    finds: str
    #: As of `castabout.web.urls.search_path`.
    within: str = "episodes"


@dataclass(frozen=True, slots=True)
class Section:
    """Operators that belong together."""

    title: str
    examples: tuple[Example, ...]
    more: str = ""


SECTIONS = (
    Section(
        "Words",
        (
            Example(
                "rye bread",
                "both words, in any order, in title, notes, keywords, names, chapters, transcript",
            ),
            Example('"rye bread"', "the words next to each other, in this order"),
            Example("bread -yeast", "bread without yeast; a minus works before anything here"),
            Example("rye OR wheat", "either; OR in capital letters"),
            Example("(rye OR wheat) flour", "flour with either"),
            Example("ferment*", "every word that begins so"),
        ),
        "Case and accents do not matter. Other forms of a word are found too, after the word itself.",
    ),
    Section(
        "Podcasts and people",
        (
            Example('podcast:"this american life"', "in podcasts with these words in their title"),
            Example("podcast:news climate", "about climate, in podcasts with news in their title"),
            Example("person:ada", "with somebody of that name; a part of the name will do"),
            Example("person:(ada OR grace) computers", "with either of them"),
            Example("computers person:ada", "the moments at which somebody of that name says it", "moments"),
        ),
    ),
    Section(
        "Time",
        (
            Example("climate after:2023", "published on 1 January 2023 or later"),
            Example("climate after:2023 before:2024", "published in 2023"),
            Example("climate before:2020-06-15", "published before that day"),
            Example("climate after:3 months", "of the last three months; days, weeks and years likewise"),
            Example("climate longer:90", "longer than 90 minutes"),
            Example("climate shorter:1h30", "shorter than an hour and a half"),
        ),
        "Episodes whose date or duration is not known are never in such an answer.",
    ),
    Section(
        "Kind",
        (
            Example("climate language:de", "in German; language:german says the same"),
            Example("climate has:transcript", "with a transcript; has:chapters, with chapters"),
            Example("type:trailer", "trailers; type:bonus and type:full likewise"),
            Example("comedy explicit:no", "that say that they are not explicit"),
            Example("comedy -explicit:yes", "that do not say that they are explicit"),
        ),
    ),
)

#: Of the player, and of pages: see ``static/keys.js``.
KEYS = (
    (("Space", "k"), "plays or pauses what is in the player; on the page of an episode, that one"),
    (("j",), "10 seconds back"),
    (("l",), "30 seconds on"),
    (("←", "→"), "5 seconds back or on"),
    (("/",), "to the search box; on the page of an episode, search in its transcript"),
    (("↑", "↓"), "from one time of a transcript to the next, after Tab or a click went to one"),
)


@page("/help/search")
def search_help() -> Response[str]:
    """How to search."""
    return html(render("help.html", sections=SECTIONS, keys=KEYS))

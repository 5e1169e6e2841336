"""Whatever publishers and visitors write, nothing of it runs and the page stays whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import castabout
from castabout.model.answers import Highlighted, Span
from castabout.model.feed import Enclosure
from castabout.model.podcasting20 import Soundbite
from castabout.model.transcript import Chapter, Cue, Spoken, StoredSpoken, Transcript
from castabout.web.pages.episode import render_episode
from castabout.web.pages.home import render_home
from castabout.web.pages.podcast import render_podcast
from castabout.web.pages.search import render_search
from castabout.web.pages.topic import render_topic
from castabout.web.templates import render
from castabout.web.troubles import Trouble
from castabout.web.urls import TimeRange
from tests.web import values
from tests.web.reading import dangers, read

#: Kinds of the OWASP cheat sheet, https://cheatsheetseries.owasp.org/cheatsheets/XSS_Filter_Evasion_Cheat_Sheet.html
HOSTILE = (
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "`onclick=alert(1)`",
    "<svg/onload=alert(1)>",
    "<svg><script href=data:,alert(1) />",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "<!--><script>alert(1)</script-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "{{ 7 * 7 }}{% raw %}",
    "${7*7}#{7*7}",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>*{display:none}</style>",
    "<form action=https://evil.example/><input name=q>",
    "\u202egnihton\u202c \u2066x",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\ufeff\u0000<script\u0000>alert(1)</script>",
    "//evil.example/x",
    "x" * 3000,
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_page_is_broken_by_text(hostile: str) -> None:
    podcast = replace(
        values.PODCAST,
        title=hostile,
        author=hostile,
        link=hostile,
        image=hostile,
        language=hostile,
        id=hostile,
    )
    line = replace(
        values.EPISODE,
        id=hostile,
        title=hostile,
        podcast=podcast,
        language=hostile,
        summary=Highlighted(hostile, (Span(0, 3),)),
        more=Highlighted(hostile, (Span(1, len(hostile)),)),
        tags=(hostile,),
        link=hostile,
        enclosure=Enclosure(url=hostile, type=hostile),
    )
    topic = replace(values.topic_page(topic=hostile, lines=(line,)), related_topics=(hostile,))
    podcast_page = replace(
        values.podcast_page(podcast, description=hostile),
        source=hostile,
        categories=(hostile,),
        episodes=(line,),
    )
    said = Spoken(
        Transcript((Cue(hostile, 1.0, speaker=hostile), Cue(hostile)), language=hostile),
        (Chapter(0.0, hostile, url=hostile, image=hostile),),
        (Soundbite(start=1.0, duration=2.0, title=hostile),),
    )
    episode_page = replace(
        values.episode_page(line, notes=hostile),
        subtitle=hostile,
        author=hostile,
        image=hostile,
        spoken=StoredSpoken(row=1, spoken=said, origin="feed", url=hostile, error=hostile),
    )
    pages = (
        render_topic(topic),
        render_topic(values.nothing_found(hostile)),
        render_search(values.search_page(query=hostile, called=(line.podcast,), hits=(line,))),
        render_search(values.search_page(query=hostile, episodes=0, hits=())),
        render_podcast(podcast_page),
        render_episode(episode_page, TimeRange(1)),
        render_home(replace(values.home_page(newest=(line,)), topics=(hostile,))),
        render("error.html", trouble=Trouble(404, hostile, hostile)),
    )
    for page in pages:
        assert dangers(page) == []
        whole = read(page)
        assert len(whole.all("//h1")) == len(whole.all("//main")) == len(whole.all("//footer")) == 1
        assert page.rstrip().endswith("</html>")


def test_the_audit_finds_what_it_looks_for() -> None:
    page = "<html><body><script>x</script><a href='javascript:x' onclick=x style=x>x</a><iframe></iframe>"
    assert len(dangers(page)) == 5


def test_a_title_cannot_turn_what_stands_beside_it() -> None:
    page = read(render_topic(values.topic_page(topic="\u202eevil\u2067")))
    assert page.text("//title") == "Podcasts about evil – castabout"


@pytest.mark.parametrize(
    "notes",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<p style='position:fixed'>x</p>",
        "<form action='/topics'><button>x</button></form>",
        "</div></main></body><h1>x</h1>",
        "<a href='https://host/' onclick='alert(1)' target='_blank'>x</a>",
    ],
)
def test_notes_are_made_safe_again_whatever_the_store_holds(notes: str) -> None:
    assert dangers(render_episode(values.episode_page(notes=notes))) == []
    assert dangers(render_podcast(values.podcast_page(description=notes))) == []


def test_one_place_marks_html_as_safe() -> None:
    sources = [p for p in Path(castabout.__file__).parent.rglob("*") if p.suffix in (".py", ".html")]
    assert sources
    markup = [p.name for p in sources if "Markup(" in p.read_text()]
    assert markup == ["notes.py"]
    for path in sources:
        text = path.read_text()
        if path.suffix == ".html":
            assert "|safe" not in text.replace(" ", "") and "autoescape" not in text, path

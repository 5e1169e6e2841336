"""What a shorter text beside the notes says that they do not."""

from __future__ import annotations

import pytest

from castabout.parse.feed import parse_feed
from castabout.parse.subtitle import find_subtitle

NOTES = "<p>We bake <b>rye</b> bread &amp; talk about <a href='https://a.example/oven'>ovens</a>.</p><p>Josiah</p>"


@pytest.mark.parametrize(
    ("text", "subtitle"),
    [
        ("With a guest from Riga", "With a guest from Riga"),
        ("With a guest\n from <i>Riga</i> &amp; Oslo", "With a guest from Riga & Oslo"),
        # All of these are in the title or the notes.
        ("We bake rye bread & talk about ovens.", None),
        ("We bake rye bread &amp; talk about OVENS! Josiah", None),
        ("<p>We bake <i>rye</i> bread</p>", None),
        ("We bake rye bread and...", "We bake rye bread and..."),
        ("We bake rye bread & talk abo…", None),
        ("Rye", None),
        ("rye!", None),
        ("…", None),
        ("<p></p>", None),
    ],
)
def test_subtitles(text: str, subtitle: str | None) -> None:
    assert find_subtitle([text], "Rye", NOTES) == subtitle


def test_the_first_that_says_something_new() -> None:
    assert find_subtitle(["Rye", "New", "Newer"], "Rye", NOTES) == "New"
    # Without notes it stands in their place.
    assert find_subtitle(["New"], "Rye", None) is None


@pytest.mark.parametrize("text", ["<" * 20_000, "<a " * 7_000, "&#" * 10_000, "&amp" * 5_000])
def test_hostile_text_takes_linear_time(text: str) -> None:
    find_subtitle([text], text, text + "a")


_NOTES = "We bake, and talk about ovens, flour, water and salt."
RSS = f"""<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Bread</title>
<item><guid>1</guid><title>Rye</title><description>{_NOTES}</description>
<itunes:subtitle>With a guest from Riga</itunes:subtitle></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Bread</title><entry><id>1</id><title>Rye</title>
<summary type="html">With a guest from &lt;b&gt;Riga&lt;/b&gt;</summary>
<content type="html">&lt;p&gt;{_NOTES}&lt;/p&gt;</content></entry></feed>"""
JSON = f"""{{"version": "https://jsonfeed.org/version/1.1", "title": "Bread", "items": [
{{"id": "1", "title": "Rye", "summary": "With a guest from Riga", "content_html": "<p>{_NOTES}</p>"}}]}}"""


@pytest.mark.parametrize("data", [RSS, ATOM, JSON])
def test_in_every_format(data: str) -> None:
    (episode,) = parse_feed(data.encode()).episodes
    assert episode.subtitle == "With a guest from Riga"
    (same,) = parse_feed(
        data.replace("With a guest from", "Flour, water").replace("Riga", "and salt").encode()
    ).episodes
    assert same.subtitle is None

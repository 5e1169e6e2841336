"""Episodes are counted and searched in the language that they are in, whatever their feed declares."""

from __future__ import annotations

from pathlib import Path

import pytest

from castabout.engine.castabout import Castabout
from castabout.engine.indexing import catch_up
from castabout.engine.topic import topic_page
from castabout.engine.update import add

_FEED = """<rss version="2.0"><channel><title>Two tongues</title>{declared}
<item><guid>1</guid><title>Eins</title>
<description>Heute warten wir auf die Züge nach Wien und sprechen über das Wetter.</description></item>
<item><guid>2</guid><title>Two</title>
<description>Today we talk about the word Zug, which is German, and what it means to wait.</description></item>
<item><guid>3</guid><title>Zug</title></item>
</channel></rss>"""


@pytest.mark.parametrize(
    ("declared", "languages"),
    [("", {"de": 1, "en": 1}), ("<language>ja</language>", {"de": 1, "en": 1, "ja": 1})],
)
def test_languages(castabout: Castabout, tmp_path: Path, declared: str, languages: dict[str, int]) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(_FEED.format(declared=declared))
    assert [result.added for result in add(castabout, [str(feed)], found=lambda _: None)] == [3]
    catch_up(castabout, progress=lambda _: None)
    # “Züge” is a form of “Zug” in German only.
    page = topic_page(castabout, "Zug")
    assert page.episodes == 3
    assert {count.language: count.episodes for count in page.languages} == languages
    said = {line.title: line.language for line in page.latest_episodes}
    assert said == {"Eins": "de", "Two": "en", "Zug": "ja" if declared else None}
    marked = next(line for line in page.latest_episodes if line.title == "Eins").summary
    assert [marked.text[span.start : span.end] for span in marked.spans] == ["Züge"]
    again = next(iter(add(castabout, [str(feed)], found=lambda _: None)))
    assert (again.unchanged, again.has_news) == (3, False)

"""A subtitle that says what the notes do not is searched and shown."""

from __future__ import annotations

from pathlib import Path

from castabout.engine.castabout import Castabout
from castabout.engine.indexing import catch_up
from castabout.engine.library import episode_page
from castabout.engine.topic import topic_page
from castabout.engine.update import add
from castabout.web.pages.episode import render_episode

_FEED = """<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>
<title>Bread</title><language>en</language><item><guid>1</guid><title>Rye</title>
<description>We bake rye bread and talk about ovens</description>
<itunes:subtitle>Guests from Riga tell of winters</itunes:subtitle></item></channel></rss>"""


def test_subtitles(castabout: Castabout, tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(_FEED)
    assert [result.added for result in add(castabout, [str(feed)], found=lambda _: None)] == [1]
    catch_up(castabout, progress=lambda _: None)
    # “winter” is a form of what it says.
    for topic, marked in (("riga", "Riga"), ("winter", "winters")):
        (line,) = topic_page(castabout, topic).latest_episodes
        assert line.summary.text == "Guests from Riga tell of winters"
        assert [line.summary.text[span.start : span.end] for span in line.summary.spans] == [marked]
    (line,) = topic_page(castabout, "ovens").latest_episodes
    assert line.summary.text == "We bake rye bread and talk about ovens"
    # No phrase runs from the notes into it.
    assert topic_page(castabout, "ovens guests").episodes == 0
    page = episode_page(castabout, line.id)
    assert page.subtitle == "Guests from Riga tell of winters"
    assert "Guests from Riga tell of winters" in render_episode(page)

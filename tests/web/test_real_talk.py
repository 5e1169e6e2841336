"""The page of a real episode whose notes hold its transcript and its chapters."""

from __future__ import annotations

from pathlib import Path

from castabout.engine.library import episode_page
from castabout.engine.update import add
from castabout.store import episodes
from castabout.web.pages.episode import render_episode
from castabout.web.urls import TimeRange
from tests.support import open_at
from tests.web.reading import dangers, read


def test_language_agents_of_latent_space(shared_data: Path, tmp_path: Path) -> None:
    castabout = open_at(tmp_path)
    feed = shared_data / "a2c" / "feeds" / "latent-space-the-ai-engineer-podcast-cod.xml"
    assert [result.error for result in add(castabout, [str(feed)], found=lambda _: None)] == [None]
    (id,) = (
        stored.id
        for stored in episodes.newest(castabout.store, limit=10)
        if (stored.episode.title or "").startswith("Language Agents")
    )
    page = render_episode(episode_page(castabout, id), TimeRange(935))
    castabout.close()
    assert dangers(page) == []
    shown = read(page)
    chapters = shown.all("//ol[@class='times']/li")
    assert len(chapters) == 14
    assert [" ".join(row.text_content().split()) for row in chapters[:2]] == [
        "0:00 Opening Song by Suno",
        "3:00 Introductions",
    ]
    asked = shown.text("//*[@id='asked']")
    assert (
        asked.startswith("15:35") and "Shunyu" in asked and "like policy grading or A2C or whatever" in asked
    )
    assert shown.values("//*[@id='t=935']/@aria-current") == ["true"]
    assert len(shown.all("//*[@class='line']")) == 182

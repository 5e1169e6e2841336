"""More like this: what has the telling words of another one, and nothing that is not shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from castabout.engine.castabout import Castabout
from castabout.engine.library import episode_page, podcast_page
from castabout.engine.search import search_page
from castabout.web.app import create_app
from castabout.web.get import get
from tests.engine.test_copies import SECONDS, episode, read
from tests.support import open_at

RYE = [
    "Rye sourdough from Gotland",
    "Rye sourdough in winter",
    "Ask the miller: rye and spelt",
    "Sourdough, rye and patience",
]
FILLERS = ["Harbour lights", "Granite quarries", "Violin strings", "Ferry timetables", "Lighthouse keepers"]


@pytest.fixture(scope="module")
def castabout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Castabout]:
    castabout = open_at(tmp_path_factory.mktemp("home"))
    read(castabout, "mill", [episode(title, key=title, notes=f"<p>{title}.</p>") for title in RYE])
    read(castabout, "oven", [episode(title, key=title) for title in ("Rye sourdough at home", "Violins")])
    read(castabout, "coast", [episode(title, key=title, notes=f"<p>{title}.</p>") for title in FILLERS])
    read(castabout, "paid", [episode("Rye sourdough for members", key="1")], private=True)
    repeated = "Rye sourdough from Gotland"
    read(castabout, "again", [episode(f"From the archive with love: {repeated}", key="1", duration=SECONDS)])
    yield castabout
    castabout.close()


def id_of(castabout: Castabout, title: str) -> str:
    return next(line.id for line in search_page(castabout, f'"{title}"', limit=1).hits)


def test_episodes(castabout: Castabout) -> None:
    page = episode_page(castabout, id_of(castabout, "Rye sourdough in winter"))
    titles = [line.title for line in page.similar]
    assert page.line.title not in titles
    assert {"Rye sourdough at home", "Rye sourdough for members"} <= set(titles)
    assert not set(titles) & set(FILLERS)
    # At most two of one podcast.
    assert sum(line.podcast.title == "mill" for line in page.similar[:4]) <= 2
    assert episode_page(castabout, id_of(castabout, "Ferry timetables")).similar == ()


def test_private_ones_are_not_shown(castabout: Castabout) -> None:
    public = replace(castabout, shows_private=False)
    similar = episode_page(public, id_of(castabout, "Rye sourdough in winter")).similar
    assert similar
    assert "paid" not in {line.podcast.title for line in similar}
    mill = similar_to_mill(public)
    assert mill and "paid" not in mill
    assert "paid" in similar_to_mill(castabout)


def similar_to_mill(castabout: Castabout) -> list[str]:
    id = search_page(castabout, '"Rye sourdough in winter"').hits[0].podcast.id
    assert podcast_page(castabout, id, offset=1).similar == ()
    return [line.title for line in podcast_page(castabout, id).similar]


def test_podcasts(castabout: Castabout) -> None:
    similar = similar_to_mill(castabout)
    assert "oven" in similar
    assert not {"mill", "coast"} & set(similar)


def test_on_pages_and_as_json(castabout: Castabout) -> None:
    app = create_app(castabout)
    page = episode_page(castabout, id_of(castabout, "Rye sourdough in winter"))
    assert "More like this" in get(app, f"/episodes/{page.line.id}").body.decode()
    told = json.loads(get(app, f"/api/v1/episodes/{page.line.id}/similar").body)
    assert [one["id"] for one in told["similar"]] == [line.id for line in page.similar]
    podcast = page.line.podcast.id
    assert "Podcasts like this" in get(app, f"/podcasts/{podcast}").body.decode()
    told = json.loads(get(app, f"/api/v1/podcasts/{podcast}/similar").body)
    assert [one["title"] for one in told["similar"]] == similar_to_mill(castabout)

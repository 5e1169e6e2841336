"""Right values of what is said in real episodes, once they are in the library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from castabout.engine.castabout import Castabout
from castabout.engine.passages import cues_at, passage_at, passages
from castabout.engine.update import add
from castabout.model.library import StoredEpisode
from castabout.model.transcript import Cue, StoredSpoken
from castabout.store import episodes, spoken
from tests.support import open_at


@pytest.fixture(scope="module")
def latent_space(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Castabout]:
    castabout = open_at(tmp_path_factory.mktemp("latent-space"))
    [feed] = (shared_data / "a2c" / "feeds").glob("latent-space*.xml")
    list(add(castabout, [str(feed)], found=lambda _: None))
    yield castabout
    castabout.close()


def told(castabout: Castabout, title: str) -> tuple[StoredEpisode, StoredSpoken, tuple[Cue, ...]]:
    episode = next(
        one
        for one in episodes.next_ones(castabout.store, 0, limit=9)
        if (one.episode.title or "").startswith(title)
    )
    found = spoken.of_episodes(castabout.store, [episode.row])[episode.row]
    assert found.spoken.transcript
    return episode, found, found.spoken.transcript.cues


def test_language_agents(latent_space: Castabout) -> None:
    episode, found, cues = told(latent_space, "Language Agents")
    assert found.origin == "notes"
    assert {cue.speaker for cue in cues} == {"Alessio", "Swyx", "Shunyu", "Harrison"}
    assert len(cues) == 182
    [moment] = [cue for cue in cues if "policy grading or A2C or whatever" in cue.text]
    assert (moment.speaker, moment.start) == ("Shunyu", 15 * 60 + 35)
    chapters = found.spoken.chapters
    assert len(chapters) == 14
    assert [(one.start, one.title) for one in chapters[:2]] == [
        (0, "Opening Song by Suno"),
        (180, "Introductions"),
    ]
    # A talk of an hour and a half is not among the notes any more; the list of times is.
    assert episode.episode.notes and len(episode.episode.notes) < 5_000
    assert "Opening Song by Suno" in episode.episode.notes
    assert "A2C" not in episode.episode.notes


def test_rlhf_201(latent_space: Castabout) -> None:
    _, found, cues = told(latent_space, "RLHF 201")
    assert len(cues) == 93
    assert len(found.spoken.chapters) == 16
    [moment] = [cue for cue in cues if "A2C" in cue.text]
    assert (moment.speaker, moment.start) == ("Nathan", 18 * 60 + 4)


def test_passages_are_found_again_in_excerpts(latent_space: Castabout) -> None:
    for title in ("Language Agents", "RLHF 201"):
        episode, found, _ = told(latent_space, title)
        every = list(passages(found.spoken))
        wanted = {episode.row: {number for one in every for number in cues_at(one.place)}}
        some = spoken.excerpts(latent_space.store, wanted)[episode.row]
        assert [passage_at(one.place, some) for one in every] == every
        (few,) = spoken.excerpts(latent_space.store, {episode.row: {3, 100_000}}).values()
        assert few.cues == {3: some.cues[3]}
    assert spoken.excerpts(latent_space.store, {100_000: {0}}) == {}

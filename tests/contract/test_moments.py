"""The contract of `castabout.index.Index.moments`, run on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from castabout.index import EVERYWHERE, EpisodeMoments, Index, MomentHits, Within
from castabout.index.document import PassageText, SpokenDocument, spoken_document
from castabout.model.feed import Episode, Podcast
from castabout.model.library import StoredEpisode, StoredPodcast
from castabout.model.passage import Kind, Passage, Place
from castabout.model.transcript import Cue
from castabout.query.ast import Without
from castabout.query.loose import loose
from castabout.query.parser import parse
from tests.contract.test_contract import ENGINES

CONTRACT: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "moments.yaml").read_text())


def cue(said: str | dict[str, str]) -> Cue:
    if isinstance(said, str):
        return Cue(said)
    ((speaker, text),) = said.items()
    return Cue(text, speaker=speaker)


def document(said: dict[str, Any]) -> SpokenDocument:
    row = said["row"]
    day = said.get("day")
    published = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    episode = StoredEpisode(
        row=row, id=str(row), podcast_row=said["podcast"], episode=Episode(key=str(row), published=published)
    )
    podcast = StoredPodcast(
        row=said["podcast"],
        id="1",
        source="",
        podcast=Podcast(title="A show"),
        added=datetime(2026, 1, 1, tzinfo=UTC),
        episodes=0,
    )
    passages = [
        Passage(Place(Kind.SPEECH, number), tuple(map(cue, cues)))
        for number, cues in enumerate(said["passages"])
    ]
    return spoken_document(episode, podcast, passages, said.get("language"))


def documents() -> list[SpokenDocument]:
    return list(map(document, CONTRACT["episodes"]))


def within(case: dict[str, Any]) -> Within:
    return Within(
        episodes=frozenset(case["episodes"]) if "episodes" in case else None,
        podcasts=frozenset(case["podcasts"]) if "podcasts" in case else None,
        speaker=case.get("speaker"),
        since=date.fromisoformat(case["since"]) if "since" in case else None,
        until=date.fromisoformat(case["until"]) if "until" in case else None,
        language=case.get("language"),
    )


@pytest.fixture(params=ENGINES, scope="module")
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = ENGINES[request.param](tmp_path_factory.mktemp("index"))
    index.write(documents())
    yield index
    index.close()


@pytest.fixture(params=ENGINES)
def own_index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    index = ENGINES[request.param](tmp_path)
    yield index
    index.close()


@pytest.mark.parametrize("case", CONTRACT["queries"], ids=repr)
def test_queries(index: Index, case: dict[str, Any]) -> None:
    found = index.moments(parse(case["ask"]), within(case))
    places = {group.row: [place.first for place in group.places] for group in found.groups}
    assert places == case["finds"]
    if case.get("in_order"):
        assert list(places) == list(case["finds"])
    totals = {row: len(of) for row, of in case["finds"].items()} | case.get("totals", {})
    assert {group.row: group.total for group in found.groups} == totals
    assert (found.episodes, found.moments) == (len(totals), sum(totals.values()))


@pytest.mark.parametrize("case", CONTRACT["loose"], ids=repr)
def test_some_of_the_words(index: Index, case: dict[str, Any]) -> None:
    query = loose(parse(case["ask"]))
    assert query is not None
    assert [group.row for group in index.moments(query, limit=1).groups] == case["finds"]


def test_pages_follow_each_other(index: Index) -> None:
    query = parse("rails OR battery OR 話")
    everything = index.moments(query)
    assert len(everything.groups) == 5
    page = index.moments(query, offset=1, limit=2)
    assert page.groups == everything.groups[1:3]
    assert (page.episodes, page.moments) == (everything.episodes, everything.moments)
    assert index.moments(query, offset=9).groups == ()
    assert [len(group.places) for group in index.moments(query, each=1).groups] == [1] * 5


def test_without_some_podcasts(index: Index) -> None:
    found = index.moments(Without(parse("rails"), frozenset({1})))
    assert {group.row for group in found.groups} == {6, 4}


def test_places_are_kept(own_index: Index) -> None:
    places = (
        Place(Kind.SPEECH, 199_999, 12),
        Place(Kind.SPEECH, 0, 1, 1_999_999, 800),
        Place(Kind.SPEECH, 1, 1, 0, 700),
        Place(Kind.CHAPTER, 3),
        Place(Kind.SOUNDBITE, 2),
    )
    voice = Place(Kind.SPEECH, 7, 3, by=2)
    texts = tuple(PassageText(place, "bread", (), ("ada",)) for place in (*places, voice))
    own_index.write([replace(document({"row": 1, "podcast": 1, "passages": []}), passages=texts)])
    (group,) = own_index.moments(parse("bread"), each=9).groups
    assert set(group.places) == set(places)
    (group,) = own_index.moments(parse("bread"), Within(speaker="ada"), each=9).groups
    assert set(group.places) == {*places, voice}


def test_an_empty_index_answers(own_index: Index) -> None:
    assert own_index.moments(parse("bread")) == MomentHits(0, 0, ())


def test_writing_again_replaces_all_of_an_episode(own_index: Index) -> None:
    own_index.write(documents())
    own_index.write([document({"row": 2, "podcast": 1, "passages": [["Bread."]]})])
    assert own_index.moments(parse("bread")).groups == (EpisodeMoments(2, (Place(Kind.SPEECH, 0),), 1),)
    assert {group.row for group in own_index.moments(parse("rails")).groups} == {6, 4}
    own_index.write([document({"row": 2, "podcast": 1, "passages": []})])
    assert own_index.moments(parse("bread")).groups == ()
    own_index.clear()
    assert own_index.moments(parse("rails")).groups == ()


def test_so_many_that_they_are_counted_by_the_engine(own_index: Index) -> None:
    many = [
        document({"row": row, "podcast": 1, "passages": [["bread and butter"]] * 30}) for row in range(1, 101)
    ]
    own_index.write(many)
    query = parse("bread butter")
    found = own_index.moments(query, limit=100)
    assert (found.moments, found.episodes) == (3_000, 100)
    first = own_index.moments(query, limit=5)
    assert (first.moments, first.episodes, first.groups) == (3_000, 100, found.groups[:5])
    dates = own_index.moments(query, newest_first=True, offset=2, limit=2)
    assert (dates.moments, dates.episodes, dates.groups) == (3_000, 100, found.groups[2:4])
    best = tuple(Place(Kind.SPEECH, number) for number in range(3))
    assert [(g.places, g.total) for g in found.groups] == [(best, 30)] * 100
    assert [g.row for g in found.groups] == list(range(1, 101))
    assert own_index.moments(parse("bread"), EVERYWHERE, offset=98, limit=5).groups == found.groups[98:]


def test_some_of_the_words_where_others_are_everywhere(own_index: Index) -> None:
    passages = [["jam on toast"], ["honey in tea"], ["bread and butter"], ["butter and bread"]] * 6
    own_index.write(document({"row": row, "podcast": 1, "passages": passages}) for row in range(1, 101))
    query = loose(parse("bread butter jam honey"))
    assert query
    found = own_index.moments(query, limit=2)
    assert found.moments >= 1_200
    assert [group.row for group in found.groups] == [1, 2]
    assert all(group.total >= 12 for group in found.groups)


def test_so_many_that_their_episodes_are_not_counted(own_index: Index) -> None:
    own_index.write(
        document({"row": row, "podcast": 1, "passages": [["bread"]] * 300}) for row in range(1, 68)
    )
    for newest_first in (False, True):
        found = own_index.moments(parse("bread"), newest_first=newest_first, limit=1)
        assert (found.moments, found.episodes, len(found.groups)) == (20_100, None, 1)


def test_newest_first(index: Index) -> None:
    found = index.moments(parse("rails"), newest_first=True)
    # Undated ones come last.
    assert [group.row for group in found.groups] == [6, 2, 4]
    # Within an episode the best comes first all the same.
    assert [place.first for place in found.groups[1].places] == [1, 0]
    assert [group.row for group in index.moments(parse("rails"), newest_first=True, offset=1).groups] == [
        2,
        4,
    ]
    assert index.moments(parse("rails"), newest_first=True, offset=3).groups == ()

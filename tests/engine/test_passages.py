"""What is said as passages, and each of them again by its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.engine.passages import cues_at, passage_at, passages
from castabout.model.passage import Excerpts, Kind, Passage, Place
from castabout.model.podcasting20 import Soundbite
from castabout.model.transcript import Chapter, Cue, Spoken, Transcript

_SECONDS = st.integers(0, 600).map(float)
_CUES = st.builds(
    Cue,
    st.text("ab. ?,", min_size=1, max_size=3_000).filter(str.strip),
    st.none() | _SECONDS,
    st.none() | _SECONDS,
    st.sampled_from((None, "Ada", "Bo")),
)
_SPOKEN = st.builds(
    Spoken,
    st.builds(Transcript, st.lists(_CUES, max_size=20).map(tuple)),
    st.lists(st.builds(Chapter, _SECONDS, st.sampled_from(("", "Bread", "Butter"))), max_size=4).map(tuple),
    st.lists(st.builds(Soundbite, start=_SECONDS, duration=_SECONDS, title=st.just("Toast"))).map(tuple),
)


def spoken(*cues: Cue, chapters: tuple[Chapter, ...] = ()) -> Spoken:
    return Spoken(Transcript(cues), chapters)


def every(count: int, seconds: float, text: str = "word") -> tuple[Cue, ...]:
    return tuple(Cue(text, number * seconds, (number + 1) * seconds) for number in range(count))


def spans(spoken: Spoken) -> list[tuple[int, int]]:
    """First cue and count of each passage of speech."""
    return [(one.place.first, one.place.count) for one in passages(spoken) if one.place.kind is Kind.SPEECH]


def by_place(place: Place, spoken: Spoken) -> Passage | None:
    cues = spoken.transcript.cues if spoken.transcript else ()
    wanted = {number: cues[number] for number in cues_at(place) if number < len(cues)}
    return passage_at(place, Excerpts(wanted, spoken.chapters, spoken.soundbites))


@given(_SPOKEN)
def test_each_is_found_again_by_its_place(spoken: Spoken) -> None:
    for passage in passages(spoken):
        assert by_place(passage.place, spoken) == passage


@given(_SPOKEN)
def test_no_word_is_lost_and_none_is_said_twice(spoken: Spoken) -> None:
    assert spoken.transcript
    said = [cue.text for one in passages(spoken) if one.place.kind is Kind.SPEECH for cue in one.cues]
    assert "".join("".join(said).split()) == "".join(
        "".join(cue.text for cue in spoken.transcript.cues).split()
    )


def test_at_most_seventy_five_seconds() -> None:
    assert spans(spoken(*every(40, 5.0))) == [(0, 15), (15, 15), (30, 10)]


def test_ends_with_a_sentence_after_three_quarters_of_a_minute() -> None:
    assert spans(spoken(*every(20, 5.0, "Word."))) == [(0, 9), (9, 9), (18, 2)]


def test_ends_where_the_speaker_changes_after_half_a_minute() -> None:
    for seconds, expected in ((30.0, [(0, 1), (1, 1)]), (20.0, [(0, 2)])):
        ada, bo = Cue("word", 0.0, seconds, "Ada"), Cue("word", seconds, 40.0, "Bo")
        assert spans(spoken(ada, bo)) == expected


def test_ends_where_nobody_speaks_for_long() -> None:
    # A word is said in half a second at most; the next comes 30 seconds after that, or a little later.
    for start, expected in ((30.5, [(0, 2)]), (30.6, [(0, 1), (1, 1)])):
        assert spans(spoken(Cue("word", 0.0), Cue("word", start))) == expected
    # What is known to be said until then is no silence.
    assert spans(spoken(Cue("word", 0.0, 8.0), Cue("word", 32.0), Cue("untimed"))) == [(0, 3)]


def test_what_has_a_time_is_not_with_what_has_none_before_it() -> None:
    assert spans(spoken(Cue("one"), Cue("two"), Cue("three", 60.0), Cue("four"))) == [(0, 2), (2, 2)]


def test_never_across_a_chapter_whose_title_is_a_moment_too() -> None:
    told = spoken(*every(4, 5.0), chapters=(Chapter(0.0, "Bread"), Chapter(10.0, "Butter", 20.0)))
    assert spans(told) == [(0, 2), (2, 2)]
    titles = [one for one in passages(told) if one.place.kind is Kind.CHAPTER]
    assert titles == [
        Passage(Place(Kind.CHAPTER, 0), (Cue("Bread", 0.0, None),)),
        Passage(Place(Kind.CHAPTER, 1), (Cue("Butter", 10.0, 20.0),)),
    ]


def test_without_times_by_how_long_it_takes_to_say() -> None:
    # At 15 characters a second 300 take 20 s; after three of them no fourth fits into 75 s.
    assert spans(spoken(*(Cue("x" * 300) for _ in range(7)))) == [(0, 3), (3, 3), (6, 1)]


def test_a_long_cue_is_in_several_with_its_time_in_each() -> None:
    told = spoken(Cue("Bread and butter. " * 200, 3.0))
    found = list(passages(told))
    # 3,600 characters take 240 s.
    assert len(found) == 4
    assert {(cue.start, one.place.first, len(one.cues)) for one in found for cue in one.cues} == {(3.0, 0, 1)}
    assert all(one.cues[0].text.endswith("butter.") for one in found)


def test_what_has_no_end_ends_where_the_next_begins() -> None:
    (found,) = passages(spoken(Cue("Bread.", 1.0), Cue("Butter.", 4.0)))
    assert [(cue.start, cue.end) for cue in found.cues] == [(1.0, 4.0), (4.0, None)]


@pytest.mark.parametrize(
    "place",
    [Place(Kind.SPEECH, 2), Place(Kind.SPEECH, 0, 3), Place(Kind.CHAPTER, 1), Place(Kind.SOUNDBITE, 0)],
)
def test_a_place_from_before_a_change_is_none(place: Place) -> None:
    assert by_place(place, spoken(*every(2, 5.0), chapters=(Chapter(0.0, "Bread"),))) is None

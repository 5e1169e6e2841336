"""A moment: whose words are shown, with whose name, and at which time."""

from __future__ import annotations

from castabout.engine.said import moment
from castabout.model.answers import Moment, Span
from castabout.model.passage import Kind, Passage, Place
from castabout.model.transcript import Cue
from castabout.text.matching import Needle

ADA, BO = "Ada", "Bo"
#: A question, and who answers it.
TALK = (
    Cue("Is there rye in it?", 10.0, 12.0, ADA),
    Cue("Or oats?", 12.0, 13.0, ADA),
    Cue("Yeah, no.", 13.0, 15.0, BO),
    Cue("We decided on no rye.", 15.0, 18.0, BO),
    Cue("I see.", 18.0, 19.0, ADA),
)


def said(*words: str, cues: tuple[Cue, ...] = TALK, by: int | None = None, first: int = 0) -> Moment:
    passage = Passage(Place(Kind.SPEECH, first, len(cues), by=by), cues)
    return moment(passage, [Needle(word) for word in words])


def turns(found: Moment) -> list[tuple[str | None, float | None, str]]:
    return [(turn.speaker, turn.start, turn.text.text) for turn in found.turns]


def test_begins_with_the_turn_in_which_the_words_are_and_names_who_speaks_after_it() -> None:
    found = said("decided", first=40)
    assert turns(found) == [(BO, 13.0, "Yeah, no. We decided on no rye."), (ADA, 18.0, "I see.")]
    assert (found.speaker, found.text.text) == (BO, "Yeah, no. We decided on no rye.")
    assert found.text.spans == (Span(13, 20),)
    # The words are in the fourth cue, at its fourth character; all that is shown ends with the last.
    assert (found.start, found.end, found.cue, found.at) == (15.0, 19.0, 43, 3)


def test_words_are_marked_in_each_turn() -> None:
    found = said("rye", "oats")
    assert [(turn.speaker, turn.text.spans) for turn in found.turns] == [
        (ADA, (Span(9, 12), Span(23, 27))),
        (BO, (Span(27, 30),)),
        (ADA, ()),
    ]
    assert (found.start, found.end) == (10.0, 19.0)


def test_a_phrase_over_a_change_of_speaker_is_marked_on_both_sides() -> None:
    cues = (Cue("We take rye", 0.0, 2.0, ADA), Cue("bread, of course.", 2.0, 4.0, BO))
    found = said("rye bread", cues=cues)
    assert [turn.text.spans for turn in found.turns] == [(Span(8, 11),), (Span(0, 5),)]


def test_the_words_of_one_speaker_alone() -> None:
    # Rye is Ada's first; asked for what Bo says it is his.
    assert said("rye").speaker == ADA
    found = said("rye", by=2)
    assert turns(found)[0] == (BO, 13.0, "Yeah, no. We decided on no rye.")
    assert (found.start, found.cue) == (15.0, 3)
    assert [turn.text.spans for turn in found.turns] == [(Span(27, 30),), ()]


def test_one_speaker_who_is_interrupted() -> None:
    cues = (Cue("So rye", 0.0, 1.0, ADA), Cue("Mhm.", 1.0, 2.0, BO), Cue("bread it is.", 2.0, 3.0, ADA))
    found = said("rye bread", cues=cues, by=0)
    assert [(turn.speaker, turn.text.spans) for turn in found.turns] == [
        (ADA, (Span(3, 6),)),
        (BO, ()),
        (ADA, (Span(0, 5),)),
    ]


def test_a_long_turn_leaves_no_room_for_others() -> None:
    # 400 characters and more, of which 300 are shown; the words are among them.
    cues = (
        Cue("Oats. " * 40, 0.0, 20.0, ADA),
        Cue("Rye. " * 60, 20.0, 40.0, ADA),
        Cue("Hm.", 40.0, 41.0, BO),
    )
    found = said("rye", cues=cues)
    (turn,) = found.turns
    assert turn.text.cut_before
    assert turn.text.cut_after
    assert (turn.speaker, turn.end, found.start) == (ADA, 40.0, 20.0)


def test_nothing_marked_is_the_beginning() -> None:
    found = said("barley", by=2)
    assert (found.speaker, found.start, found.cue) == (BO, 13.0, 2)


def test_a_time_that_is_worked_out_is_told_so() -> None:
    cues = (Cue("Rye.", 10.0), Cue("Oats.", 12.5, is_estimated=True))
    assert (said("rye", cues=cues).start, said("rye", cues=cues).is_estimated) == (10.0, False)
    assert (said("oats", cues=cues).start, said("oats", cues=cues).is_estimated) == (12.5, True)


def test_a_title_has_no_cue() -> None:
    found = moment(Passage(Place(Kind.CHAPTER, 3), (Cue("Rye", 60.0, 90.0),)), [Needle("rye")])
    assert (found.kind, found.start, found.end, found.cue) == (Kind.CHAPTER, 60.0, 90.0, None)

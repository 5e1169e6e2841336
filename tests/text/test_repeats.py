from __future__ import annotations

from castabout.text.repeats import Kind, Repeats, alike, counted, is_long, sentences

SPONSOR = "brought to you by a bakery"


def count(before: Repeats, *new: set[str], kind: Kind = Kind.SENTENCE) -> tuple[Repeats, frozenset[str]]:
    return counted(before, kind, new, episodes=before.episodes + len(new))


def test_text_is_cut_at_lines_and_sentences() -> None:
    assert sentences("One. Two! Three?\nFour 3.5 five") == ["One.", "Two!", "Three?", "Four 3.5 five"]
    assert sentences("今天。明天") == ["今天。", "明天"]


def test_numbers_and_capitals_make_no_difference() -> None:
    assert alike(["Episode 12 of 340", "EPISODE 7 OF 98"]) == ["episode 0 of 0"] * 2
    assert alike([]) == []


def test_short_lines_may_be_what_an_episode_is_about() -> None:
    assert not is_long("Ubuntu")
    assert is_long(SPONSOR)


def test_a_sentence_of_four_episodes_is_repeated_and_one_of_three_is_not() -> None:
    assert count(Repeats(), *[{SPONSOR}] * 3)[1] == frozenset()
    assert count(Repeats(), *[{SPONSOR}] * 4)[1] == {SPONSOR}


def test_in_a_long_show_ten_sentences_are_many_and_ten_keywords_are_few() -> None:
    episodes = [{f"about {number}"} for number in range(390)]
    with_sponsor = [*episodes, *[{SPONSOR}] * 10]
    assert count(Repeats(), *with_sponsor)[1] == {SPONSOR}
    assert count(Repeats(), *with_sponsor, kind=Kind.KEYWORD)[1] == frozenset()
    assert count(Repeats(), *[{"linux"}] * 81, *episodes[81:], kind=Kind.KEYWORD)[1] == {"linux"}


def test_kinds_are_counted_apart() -> None:
    known, _ = count(Repeats(), *[{"bread"}] * 3, kind=Kind.TERM)
    _, repeated = counted(known, Kind.KEYWORD, [{"bread"}], episodes=4)
    assert repeated == frozenset()


def test_episodes_that_come_one_by_one_are_counted_as_those_that_come_at_once() -> None:
    known = Repeats()
    for number in range(5):
        known, repeated = count(known, {SPONSOR, f"about {number}"})
    assert repeated == {SPONSOR}
    at_once, _ = count(Repeats(), *[{SPONSOR, f"about {number}"} for number in range(5)])
    assert known == at_once


def test_what_an_old_episode_repeats_is_told_without_counting_it_again() -> None:
    known, _ = count(Repeats(), *[{SPONSOR}] * 5)
    again, repeated = counted(known, Kind.SENTENCE, [], [{SPONSOR}], episodes=5)
    assert repeated == {SPONSOR}
    assert again == known


def test_a_show_of_ten_thousand_episodes_is_known_by_as_little_as_one_of_hundreds() -> None:
    known = Repeats()
    for number in range(1_000):
        known, repeated = count(known, {SPONSOR, *(f"sentence {number} {place}" for place in range(20))})
        assert len(known.counts) <= 2_048
        assert (repeated == {SPONSOR}) == (number >= 3)
    assert known.episodes == 1_000

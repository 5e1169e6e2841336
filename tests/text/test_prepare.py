"""Preparation for the index: what each script becomes, worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castabout.text.prepare import prepare

BY_HAND = [
    ("plain ascii stays", "plain ascii stays"),
    ("l'A2C", "l'A2C"),
    ("東京都", "东京 京都 都"),
    ("警備員のA2C(あっくん)", "警备 备员 员の の A2C( あっ っく くん ん )"),
    ("跑gen后", "跑 gen 后"),
    ("학습하다", "학습 습하 하다 다"),
    ("中・国", "中 ・ 国"),
    # The tone mark of ที่ would split the word inside the engine.
    ("ที่", "ที ี"),
    ("ＦＵＬＬ　ｗｉｄｔｈ", "FULL width"),
    ("C++ and C#", "Cplusplus and Csharp"),
    ("C++20, F#", "Cplusplus 20, Fsharp"),
    (".NET on asp.net", "dotnet on asp.net"),
    ("hash #tag stays", "hash #tag stays"),
    ("السُّنَّة", "السنه"),
    ("أحمد إلى آخر", "احمد الي اخر"),
    ("שָׁלוֹם", "שלום"),
    ("Ελληνοφρένεια", "Ελληνοφρενεια"),
    ("λόγος", "λογοσ"),
    ("İstanbul", "Istanbul"),
]


@pytest.mark.parametrize(("text", "prepared"), BY_HAND)
def test_by_hand(text: str, prepared: str) -> None:
    assert " ".join(prepare(text).split()) == prepared


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("東京", "东京"),
        ("東京都", "东京 京都"),
        ("都", "都"),
        ("A2C東京", "A2C 东京"),
        ("東京 tower", "东京 京 tower"),
    ],
)
def test_what_is_asked_for_may_go_on_in_the_text(text: str, asked: str) -> None:
    assert " ".join(prepare(text, asking=True).split()) == asked


@given(st.text(max_size=200))
def test_never_raises_and_ascii_words_survive(text: str) -> None:
    prepare(text, asking=True)
    words = [word for word in text.split() if word.isascii() and word.isalnum()]
    assert all(word in prepare(text) for word in words)


@given(st.text(alphabet="東京都大阪", min_size=2, max_size=12))
def test_every_part_of_a_run_is_found_in_it(run: str) -> None:
    pieces = prepare(run).split()
    for start in range(len(run) - 1):
        asked = prepare(run[start : start + 3], asking=True).split()
        assert any(pieces[at : at + len(asked)] == asked for at in range(len(pieces)))

"""Letters that are written either way."""

from __future__ import annotations

import pytest

from castabout.text.letters import same_letters


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("ラーメン", "らーめん"),
        ("ヴァイオリンとヶ", "ゔぁいおりんとゖ"),
        ("投資、中國", "投资、中国"),
        # The usual one of two.
        ("後徵", "后征"),
        ("Größe Ωμέγα", "Größe Ωμέγα"),
        ("ascii", "ascii"),
        ("", ""),
    ],
)
def test_same_letters(text: str, same: str) -> None:
    assert same_letters(text) == same

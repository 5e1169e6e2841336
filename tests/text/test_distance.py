"""How many letters are wrong."""

from __future__ import annotations

import pytest

from castabout.text.distance import distance


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [
        ("rye", "rye", 0),
        ("ry", "rye", 1),
        ("ryye", "rye", 1),
        ("ryw", "rye", 1),
        ("yre", "rye", 1),
        ("torvlads", "torvalds", 1),
        ("torvlds", "torvalds", 1),
        ("ca", "abc", 3),
        ("bread", "rye", 4),
        ("", "rye", 3),
    ],
)
def test_letters(one: str, other: str, letters: int) -> None:
    for most in range(5):
        assert distance(one, other, most=most) == min(letters, most + 1)
        assert distance(other, one, most=most) == min(letters, most + 1)

"""Consecutive cues as one text."""

from __future__ import annotations

import pytest

from castabout.text.joined import joined


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((), ""),
        (("Bread",), "Bread"),
        (("Bread", "and", "butter."), "Bread and butter."),
        (("Café", "“crème”"), "Café “crème”"),
        (("東京", "都"), "東京都"),
        (("東京", "is", "far"), "東京 is far"),
        # The full stop is no letter, and Korean has blanks.
        (("東京。", "都"), "東京。 都"),
        (("서울", "도시"), "서울 도시"),
    ],
)
def test_joined(texts: tuple[str, ...], expected: str) -> None:
    assert joined(texts) == expected
    assert joined(iter(texts)) == expected

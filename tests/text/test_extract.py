"""Extracts of a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from castabout.model.answers import Span
from castabout.text.extract import SUMMARY_CHARACTERS, more, summary


def test_a_short_text_is_its_own_summary() -> None:
    extract = summary("A short note about bread.", (Span(19, 24),))
    assert extract.text == "A short note about bread."
    assert extract.pieces() == (("A short note about ", False), ("bread", True), (".", False))
    assert more("A short note about bread.", ()) is None


def test_the_match_is_in_view() -> None:
    text = "Something else entirely. " * 40 + "Here is the word bread at last. " + "And on. " * 60
    at = text.index("bread")
    extract = summary(text, (Span(at, at + 5),))
    assert extract.text.startswith("Here is the word bread")
    assert extract.cut_before
    assert extract.cut_after
    assert ("bread", True) in extract.pieces()


@given(st.text(max_size=900), st.data())
def test_pieces_make_up_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, max(len(text) - 1, 0)))
    spans = (Span(start, min(start + 4, len(text))),) if text else ()
    extract = summary(text, spans)
    assert "".join(piece for piece, _ in extract.pieces()) == extract.text
    assert extract.text in text
    assert len(extract.text) <= SUMMARY_CHARACTERS
    if spans:
        assert any(matched for _, matched in extract.pieces())

"""Extracts: the stretch of a text that shows best why it was found."""

from __future__ import annotations

from castabout.model.answers import Highlighted, Span

SUMMARY_CHARACTERS = 260
MORE_CHARACTERS = 2_000
#: How much of the extract stands before the first match.
_BEFORE = 70
_SENTENCE_ENDS = (". ", "! ", "? ", "。", "！", "？", "؟ ", "… ")


def summary(text: str, spans: tuple[Span, ...], length: int = SUMMARY_CHARACTERS) -> Highlighted:
    """About ``length`` characters of ``text`` around its first match, or from its beginning."""
    start = _start(text, spans[0].start, length) if spans else 0
    return _cut(text, spans, start, length)


def more(text: str, spans: tuple[Span, ...], length: int = MORE_CHARACTERS) -> Highlighted | None:
    """The beginning of ``text``, longer than a summary; ``None`` if the summary had it all."""
    return _cut(text, spans, 0, length) if len(text) > SUMMARY_CHARACTERS else None


def _start(text: str, match: int, length: int) -> int:
    if len(text) <= length or match < length - _BEFORE:
        return 0
    earliest = max(match - _BEFORE, 0)
    before = text[earliest:match]
    after_sentence = max(before.rfind(end) + len(end) if end in before else 0 for end in _SENTENCE_ENDS)
    if after_sentence:
        return earliest + after_sentence
    blank = before.find(" ")
    return earliest + blank + 1 if 0 <= blank < len(before) - 1 else earliest


def _cut(text: str, spans: tuple[Span, ...], start: int, length: int) -> Highlighted:
    end = min(start + length, len(text))
    if end < len(text):
        blank = text.rfind(" ", start + length // 2, end)
        end = blank if blank > 0 else end
    kept = tuple(
        Span(span.start - start, min(span.end, end) - start)
        for span in spans
        if span.start >= start and span.start < end
    )
    return Highlighted(text[start:end], kept, cut_before=start > 0, cut_after=end < len(text))

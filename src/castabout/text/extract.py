"""Extracts: the stretch of a text that shows best why it was found."""

from __future__ import annotations

from itertools import takewhile

from castabout.model.answers import Highlighted, Span

SUMMARY_CHARACTERS = 260
MORE_CHARACTERS = 2_000
#: How much of the extract stands before the first match.
_BEFORE = 70
_SENTENCE_ENDS = (". ", "! ", "? ", "。", "！", "？", "؟ ", "… ")


def summary(
    text: str, spans: tuple[Span, ...], length: int = SUMMARY_CHARACTERS, *, best: Span | None = None
) -> Highlighted:
    """About ``length`` characters of ``text`` around ``best``, else its first match, else from its beginning."""
    best = best or (spans[0] if spans else None)
    return extract(text, spans, extract_start(text, best.start, length) if best else 0, length)


def more(text: str, spans: tuple[Span, ...], length: int = MORE_CHARACTERS) -> Highlighted | None:
    """The beginning of ``text``, longer than a summary; ``None`` if the summary had it all."""
    return extract(text, spans, 0, length) if len(text) > SUMMARY_CHARACTERS else None


def extract_start(text: str, match: int, length: int) -> int:
    """Where an extract of ``length`` characters begins that shows what stands at ``match``."""
    if len(text) <= length or match < length - _BEFORE:
        return 0
    earliest = max(match - _BEFORE, 0)
    before = text[earliest:match]
    after_sentence = max(before.rfind(end) + len(end) if end in before else 0 for end in _SENTENCE_ENDS)
    if after_sentence:
        return earliest + after_sentence
    blank = before.find(" ")
    return earliest + blank + 1 if 0 <= blank < len(before) - 1 else earliest


def extract(text: str, spans: tuple[Span, ...], start: int, length: int) -> Highlighted:
    """About ``length`` characters of ``text`` from ``start`` on."""
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


def densest(text: str, spans: tuple[Span, ...], length: int) -> Span | None:
    """The match with which ``length`` characters begin that hold most of what was asked for."""
    words = [text[span.start : span.end].lower() for span in spans]

    def held(at: int) -> int:
        within = takewhile(lambda there: spans[there].end <= spans[at].start + length, range(at, len(spans)))
        # Long words say more than short ones.
        return sum(map(len, {words[there] for there in within}))

    return spans[max(range(len(spans)), key=held)] if spans else None

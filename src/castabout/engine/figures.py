"""From counts to what a page says: frequency and popularity. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from castabout.model.answers import LanguageCount, YearCount

#: Matching episodes in the last 365 days → word, the first bound that is reached.
_FREQUENCIES = ((300, "daily"), (45, "weekly"), (10, "monthly"))


def frequency(episodes_in_a_year: int) -> str:
    """How often something about the topic comes out."""
    for bound, word in _FREQUENCIES:
        if episodes_in_a_year >= bound:
            return word
    return "infrequent"


def popularity(matching: Mapping[int, int], all_episodes: Mapping[int, int]) -> tuple[YearCount, ...]:
    """Matching episodes year by year, without a gap, each with its share of the library's of that year."""
    if not matching:
        return ()
    return tuple(
        YearCount(year, matching.get(year, 0), _share(matching.get(year, 0), all_episodes.get(year, 0)))
        for year in range(min(matching), max(matching) + 1)
    )


def _share(part: int, whole: int) -> float:
    return round(min(part / whole, 1.0), 6) if whole else 0.0


def languages(counts: Mapping[str, int]) -> tuple[LanguageCount, ...]:
    """Most matching episodes first."""
    commonest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(LanguageCount(language, count) for language, count in commonest)

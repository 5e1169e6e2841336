"""The popularity chart as geometry: across in percent, so that it fits any width; down in pixels. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from castabout.model.answers import YearCount
from castabout.text.numbers import count_words, percent_words, short_count

PLOT = 130
#: Room for the number above the highest bar and for the years below the axis.
ABOVE = 20
BELOW = 24
_WIDEST_BAR = 9.0
_YEARS_WIDE = 20
_YEARS_NARROW = 7


@dataclass(frozen=True, slots=True)
class Bar:
    """One year."""

    year: int
    episodes: int
    #: Percent, 0 to 100, of all dated episodes that the library has of that year.
    share: float
    #: Percent of the width.
    x: float
    width: float
    middle: float
    #: Pixels from the top.
    y: int
    height: int
    number: str
    title: str
    #: ``always``, ``wide`` (only where there is room) or ``never``.
    show_year: str
    show_number: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Episodes per year."""

    bars: tuple[Bar, ...]
    #: Pixels.
    height: int
    #: Where the axis is, pixels from the top.
    axis: int
    summary: str


def popularity_chart(counts: tuple[YearCount, ...]) -> Chart | None:
    """The chart of ``counts``; ``None`` when there is nothing to draw."""
    most = max((count.episodes for count in counts), default=0)
    if not most:
        return None
    peak = next(count for count in counts if count.episodes == most)
    return Chart(
        bars=tuple(_bar(counts, place, peak) for place in range(len(counts))),
        height=ABOVE + PLOT + BELOW,
        axis=ABOVE + PLOT,
        summary=_summary(counts, peak),
    )


def _bar(counts: tuple[YearCount, ...], place: int, peak: YearCount) -> Bar:
    count = counts[place]
    slot = 100 / len(counts)
    width = min(slot * 0.76, _WIDEST_BAR)
    middle = slot * (place + 0.5)
    height = max(round(PLOT * count.episodes / peak.episodes), 2) if count.episodes else 0
    share = 100 * count.share
    part = f", {percent_words(share)} % of that year" if count.episodes else ""
    return Bar(
        year=count.year,
        episodes=count.episodes,
        share=share,
        x=round(middle - width / 2, 3),
        width=round(width, 3),
        middle=round(middle, 3),
        y=ABOVE + PLOT - height,
        height=height,
        number=short_count(count.episodes),
        title=f"{count.year}: {count_words(count.episodes, 'episode')}{part}",
        show_year=_show_year(len(counts), len(counts) - 1 - place),
        show_number=_show_number(len(counts), count, peak),
    )


def _show_year(years: int, from_last: int) -> str:
    wide = -(-years // _YEARS_WIDE)
    narrow = -(-years // (_YEARS_NARROW * wide)) * wide
    if from_last % narrow == 0:
        return "always"
    return "wide" if from_last % wide == 0 else "never"


def _show_number(years: int, count: YearCount, peak: YearCount) -> str:
    if not count.episodes:
        return "never"
    if count is peak or years <= _YEARS_NARROW:
        return "always"
    return "wide" if years <= _YEARS_WIDE else "never"


def _summary(counts: tuple[YearCount, ...], peak: YearCount) -> str:
    first, last = counts[0].year, counts[-1].year
    if first == last:
        return f"{count_words(peak.episodes, 'episode')}, all of {first}."
    most = count_words(peak.episodes, "episode")
    return f"Episodes per year from {first} to {last}; most in {peak.year}: {most}."

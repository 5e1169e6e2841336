"""Several topics in one chart, as geometry: across in percent, down in pixels. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from castabout.model.compare import ComparedTopic
from castabout.text.numbers import count_words, percent_words

PLOT, ABOVE, BELOW = 220, 12, 24
#: Years that are written below a wide chart, and a narrow one.
_WIDE, _NARROW = 20, 7


@dataclass(frozen=True, slots=True)
class Point:
    """A topic in a year."""

    #: Percent of the width.
    x: float
    #: Pixels from the top.
    y: int
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """A topic."""

    topic: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """What is written below."""

    year: int
    x: float
    #: ``always``, ``wide`` or ``never``.
    show: str


@dataclass(frozen=True, slots=True)
class Row:
    """A year of the table: of each topic its episodes and their percent of all of that year."""

    year: int
    cells: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Shares of all episodes of a year, 0 at the axis."""

    lines: tuple[Line, ...]
    years: tuple[Year, ...]
    rows: tuple[Row, ...]
    height: int
    axis: int
    #: Percent at the top.
    top: float
    summary: str


def line_chart(topics: Sequence[ComparedTopic]) -> LineChart | None:
    """The chart of ``topics``, which are over the same years; ``None`` when there is nothing to draw."""
    top = max((count.share for one in topics for count in one.popularity), default=0.0)
    if not top:
        return None
    years = [count.year for count in topics[0].popularity]
    return LineChart(
        lines=tuple(_line(one, top) for one in topics),
        years=tuple(_year(years, place) for place in range(len(years))),
        rows=tuple(Row(year, tuple(_cell(one, place) for one in topics)) for place, year in enumerate(years)),
        height=ABOVE + PLOT + BELOW,
        axis=ABOVE + PLOT,
        top=100 * top,
        summary=f"Share of all episodes of each year from {years[0]} to {years[-1]}: "
        + "; ".join(_summary(one) for one in topics),
    )


def _line(one: ComparedTopic, top: float) -> Line:
    number = len(one.popularity)
    return Line(
        one.topic,
        tuple(
            Point(
                x=_x(number, place),
                y=ABOVE + PLOT - round(PLOT * count.share / top),
                title=f"{one.topic}, {count.year}: {percent_words(100 * count.share)} %, "
                + count_words(count.episodes, "episode"),
            )
            for place, count in enumerate(one.popularity)
        ),
    )


def _x(number: int, place: int) -> float:
    return round(100 * (place + 0.5) / number, 3)


def _year(years: Sequence[int], place: int) -> Year:
    from_last = len(years) - 1 - place
    wide = -(-len(years) // _WIDE)
    narrow = -(-len(years) // (_NARROW * wide)) * wide
    show = "always" if from_last % narrow == 0 else "wide" if from_last % wide == 0 else "never"
    return Year(years[place], _x(len(years), place), show)


def _cell(one: ComparedTopic, place: int) -> tuple[int, float]:
    return one.popularity[place].episodes, 100 * one.popularity[place].share


def _summary(one: ComparedTopic) -> str:
    most = max(one.popularity, key=lambda count: count.share)
    if not most.share:
        return f"{one.topic} never"
    return f"{one.topic} most in {most.year}, {percent_words(100 * most.share)} %"

"""What the first page tells of a library."""

from __future__ import annotations

from datetime import timedelta

from castabout.engine.castabout import Castabout
from castabout.engine.library import home_page
from castabout.model.feed import Episode
from tests.engine.test_suggest import put
from tests.support import NOW


def dated(show: str, day: int) -> Episode:
    return Episode(key=f"{show}{day}", title=f"{show} {day}", published=NOW - timedelta(day))


def test_no_show_fills_the_first_page(castabout: Castabout) -> None:
    put(castabout, "Daily", *(dated("Daily", day) for day in range(10)))
    put(castabout, "Weekly", dated("Weekly", 20), dated("Weekly", 27))
    assert [line.title for line in home_page(castabout).newest] == [
        *("Daily 0", "Daily 1", "Weekly 20", "Weekly 27"),
        *("Daily 2", "Daily 3", "Daily 4", "Daily 5"),
    ]

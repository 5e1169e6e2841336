"""How often a feed wants to be asked.

https://www.rssboard.org/rss-specification#ltttlgtSubelementOfLtchannelgt
https://web.resource.org/rss/1.0/modules/syndication/
"""

from __future__ import annotations

from castabout.parse.fields import parse_int
from castabout.parse.find import texts_of
from castabout.parse.table import Field
from castabout.parse.xml import Node, text_of

_PERIODS_S = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: Times in a period beyond this are a mistake.
_MOST_OFTEN = 1_000
#: A year.
_LONGEST_S = 31_536_000


def keep_s(node: Node, field: Field) -> int | None:
    """Seconds between two questions: ``ttl`` in minutes, or a period and how often in it."""
    for text in texts_of(node, field):
        seconds = _PERIODS_S.get(text.lower())
        if seconds is None:
            seconds = (parse_int(text) or 0) * 60
        else:
            seconds //= _times(node)
        if seconds:
            return min(seconds, _LONGEST_S)
    return None


def _times(node: Node) -> int:
    for element in node.elements("sy:updatefrequency"):
        if (times := parse_int(text_of(element))) and times <= _MOST_OFTEN:
            return times
    return 1


def hours(node: Node, field: Field) -> tuple[int, ...]:
    """Hours of the day, each once and in order. Some write 24 for midnight."""
    found = {
        hour % 24 for text in texts_of(node, field) if (hour := parse_int(text)) is not None and hour <= 24
    }
    return tuple(sorted(found))


def days(node: Node, field: Field) -> tuple[int, ...]:
    """Days of the week, each once and in order; 0 is Monday."""
    names = {text.lower() for text in texts_of(node, field)}
    return tuple(number for number, name in enumerate(_DAYS) if name in names)

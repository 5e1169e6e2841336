"""From what a query says to what an index can look up: days for ages, rows for names of podcasts. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from castabout.query.ast import Age, And, Field, Not, Of, Or, Published, Query, Without


def settled(query: Query, *, today: date, podcasts: Callable[[Field], frozenset[int]]) -> Query:
    """``query`` as it is to be compiled; ``podcasts`` finds the rows of those that a name means."""
    match query:
        case Published(bound, Age() as age):
            return Published(bound, day_before(today, age))
        case Field("podcast"):
            return Of(query, podcasts(query))
        case And(parts) | Or(parts):
            return type(query)(tuple(settled(part, today=today, podcasts=podcasts) for part in parts))
        case Not(part):
            return Not(settled(part, today=today, podcasts=podcasts))
        case Without(part, rows):
            return Without(settled(part, today=today, podcasts=podcasts), rows)
        case _:
            return query


def day_before(today: date, age: Age) -> date:
    """The day that is ``age`` before ``today``; where its month is shorter, the last of the month."""
    if age.unit in ("day", "week"):
        days = age.number * (7 if age.unit == "week" else 1)
        return today - timedelta(days=min(days, today.toordinal() - 1))
    months = today.year * 12 + today.month - 1 - age.number * (12 if age.unit == "year" else 1)
    year, month = divmod(months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))

"""The page that compares topics."""

from __future__ import annotations

import json

from litestar import Litestar

from castabout.model.answers import YearCount
from castabout.model.compare import ComparedTopic
from castabout.web.get import get
from castabout.web.lines import ABOVE, PLOT, line_chart
from castabout.web.urls import compare_path
from tests.web.reading import Page, dangers, read

RYE = ComparedTopic("rye", 3, (YearCount(2023, 1, 0.1), YearCount(2024, 2, 0.5)))
OATS = ComparedTopic("oats", 1, (YearCount(2023, 0, 0.0), YearCount(2024, 1, 0.25)))


def test_the_chart() -> None:
    chart = line_chart((RYE, OATS))
    assert chart
    # Half of the year is the top; a tenth is a fifth of the way up.
    assert [[(point.x, point.y) for point in line.points] for line in chart.lines] == [
        [(25.0, ABOVE + PLOT - PLOT // 5), (75.0, ABOVE)],
        [(25.0, ABOVE + PLOT), (75.0, ABOVE + PLOT // 2)],
    ]
    assert [(row.year, row.cells) for row in chart.rows] == [
        (2023, ((1, 10.0), (0, 0.0))),
        (2024, ((2, 50.0), (1, 25.0))),
    ]
    assert chart.summary == (
        "Share of all episodes of each year from 2023 to 2024: rye most in 2024, 50 %; oats most in 2024, 25 %"
    )


def test_nothing_to_draw() -> None:
    assert line_chart(()) is None
    assert line_chart((ComparedTopic("oats", 0, ()),)) is None


def page(app: Litestar, path: str) -> Page:
    response = get(app, path)
    assert response.status == 200
    assert dangers(response.body.decode()) == []
    return read(response.body)


def test_the_page(app: Litestar) -> None:
    found = page(app, compare_path("rye", "<script>hacked()</script>"))
    assert found.values("//form[@class='compare']//input/@value") == ["rye", "<script>hacked()</script>"]
    assert len(found.all("//form[@class='compare']//input")) == 3
    assert found.all("//svg[@role='img']//line")
    assert [cell.text_content() for cell in found.all("//tfoot/tr/*")] == ["All", "28 episodes", "1 episode"]


def test_a_page_without_topics_and_one_that_finds_none(app: Litestar) -> None:
    assert len(page(app, "/compare").all("//form[@class='compare']//input")) == 2
    assert "No dated episode" in page(app, compare_path("nothingatall")).text("//main")
    assert get(app, compare_path("x" * 201)).status == 400


def test_the_topic_page_leads_there(app: Litestar) -> None:
    assert page(app, "/topics/rye").values("//a[starts-with(@href, '/compare')]/@href") == [
        compare_path("rye")
    ]


def test_json(app: Litestar) -> None:
    values = json.loads(get(app, "/api/v1" + compare_path("rye", "loaf")).body)
    assert [(one["topic"], one["episodes"]) for one in values["topics"]] == [("rye", 28), ("loaf", 25)]
    assert values["topics"][1]["popularity"] == [{"year": 2021, "episodes": 25, "share": 1.0}]
    assert json.loads(get(app, "/api/v1/rising").body) == {"rising_topics": []}

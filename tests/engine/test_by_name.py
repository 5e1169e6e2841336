"""Which file of a folder is of which episode."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from castabout.engine.by_name import match
from castabout.model.feed import Enclosure, Episode
from castabout.model.library import StoredEpisode


def show(*episodes: dict[str, Any]) -> list[StoredEpisode]:
    return [
        StoredEpisode(row=row, id=f"id-{row}", podcast_row=1, episode=Episode(**{"key": f"k{row}"} | fields))
        for row, fields in enumerate(episodes, start=1)
    ]


def matched(names: list[str], episodes: list[StoredEpisode], title: str = "The Show") -> dict[str, int]:
    return {name: one.row for name, one in match(names, episodes, show=title).items()}


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("show-101.md", {"number": 101.0}),
        ("101.srt", {"number": 101.0}),
        ("101 - Wool.vtt", {"title": "Episode 101"}),
        ("ep101_final.txt", {"title": "Wool (The Show #101)"}),
        ("The Show #101.md", {"title": "101: Wool"}),
        ("show-s2e10.md", {"season": 2, "number": 10.0}),
        ("2x10.srt", {"title": "S02E10 Wool"}),
        ("All about wool!.srt", {"title": "All About Wool"}),
        ("All about wool.srt", {"title": "12. All about wool"}),
        ("uber-den-fluss.vtt", {"title": "Über den Fluss"}),
        ("wool-and-yarn.srt", {"link": "https://show.example/episodes/wool-and-yarn/"}),
        ("abc_def.json", {"enclosures": (Enclosure(url="https://cdn.example/x/abc_def.mp3?from=feed"),)}),
        ("tag:show,2026:7.vtt", {"key": "tag:show,2026:7"}),
        ("2026-05-04.srt", {"published": datetime(2026, 5, 4, 23, tzinfo=UTC)}),
        ("show_20260504_part.srt", {"published": datetime(2026, 5, 4, 23, tzinfo=UTC)}),
        ("id-2.srt", {}),
    ],
)
def test_names(name: str, fields: dict[str, Any]) -> None:
    other = {"title": "Something else", "number": 7.0, "season": 9}
    assert matched([name], show(other, fields)) == {name: 2}


def test_folders_count_for_nothing() -> None:
    assert matched(["2/show-1.md"], show({"number": 1.0}, {"number": 2.0})) == {"2/show-1.md": 1}


def test_a_number_that_two_episodes_have_tells_nothing() -> None:
    assert matched(["show-3.md"], show({"number": 3.0}, {"number": 3.0})) == {}


def test_two_files_with_one_number_tell_nothing() -> None:
    assert matched(["show-3.md", "the-show-3.srt"], show({"number": 3.0})) == {}


def test_a_title_goes_before_a_number() -> None:
    names = ["Area 51.srt", "show-51.srt"]
    assert matched(names, show({"title": "Area 51", "number": 12.0}, {"number": 51.0})) == {
        "Area 51.srt": 1,
        "show-51.srt": 2,
    }


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("ship-it-3.md", "Ship It! Cloud, SRE, Platform Engineering"),
        ("practicalai_3.vtt", "Practical AI: Machine Learning"),
        ("TAL 3.srt", "This American Life"),
        ("transcript-3.txt", "Practical AI"),
        ("Episode 3 with Ann.txt", "Practical AI"),
        ("A talk with Ann (Practical AI #3).md", "Practical AI"),
        ("news_2026-05-04.md", "News"),
        ("cast-3.md", "As their media files are named"),
    ],
)
def test_the_name_of_the_show_before_a_number(name: str, title: str) -> None:
    published = datetime(2026, 5, 4, tzinfo=UTC)
    files = (Enclosure(url="https://cdn.example/x/cast-0003.mp3"),)
    episode = {"number": 3.0, "published": published, "enclosures": files}
    assert matched([name], show(episode), title) == {name: 1}


@pytest.mark.parametrize(
    "name",
    [
        "request-for-commits-3.md",
        "Request for Commits #3.md",
        "rfc-ep3.md",
        "rfc-s1e3.md",
        "rfc_2026-05-04.srt",
    ],
)
@pytest.mark.parametrize("title", ["Practical AI", "", "Commits"])
def test_a_number_behind_the_name_of_another_show_tells_nothing(name: str, title: str) -> None:
    published = datetime(2026, 5, 4, tzinfo=UTC)
    assert matched([name], show({"season": 1, "number": 3.0, "published": published}), title) == {}


def test_unknown_names() -> None:
    assert matched(["README.md", "show-99.md", ".md"], show({"number": 3.0}, {"title": "Wool"})) == {}


def test_real_names(shared_data: Path) -> None:
    """All 771 of nine shows, whose own episodes are named as their feeds name them."""
    found = 0
    for folder in sorted((shared_data / "transcripts").iterdir()):
        if not folder.is_dir():
            continue
        names = [file.name for file in sorted(folder.glob("*.md"))]
        episodes: list[dict[str, Any]] = []
        for name in names:
            season = re.search(r"s(\d+)e(\d+)\.md$", name)
            number = re.search(r"(\d+)\.md$", name)
            if season:
                episodes.append({"season": int(season[1]), "number": float(season[2])})
            elif number:
                episodes.append({"title": f"Talk of 2024 (The Show #{number[1]})"})
            else:
                episodes.append({"title": name.removesuffix(".md").replace("-", " ")})
        title = re.sub(r"-(\d+|s\d+e\d+)$", "", Path(names[0]).stem).replace("-", " ")
        rows = matched(names, show(*episodes), title)
        assert rows == {name: row for row, name in enumerate(names, start=1)}
        found += len(rows)
    assert found == 771

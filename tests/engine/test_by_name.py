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


def matched(names: list[str], episodes: list[StoredEpisode]) -> dict[str, int]:
    return {name: one.row for name, one in match(names, episodes).items()}


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
    assert matched(["show-3.md", "other-3.srt"], show({"number": 3.0})) == {}


def test_a_title_goes_before_a_number() -> None:
    names = ["Area 51.srt", "show-51.srt"]
    assert matched(names, show({"title": "Area 51", "number": 12.0}, {"number": 51.0})) == {
        "Area 51.srt": 1,
        "show-51.srt": 2,
    }


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
        rows = matched(names, show(*episodes))
        assert rows == {name: row for row, name in enumerate(names, start=1)}
        found += len(rows)
    assert found == 771

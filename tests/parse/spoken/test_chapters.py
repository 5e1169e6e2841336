"""Lists of times in notes, as people write them. All names are invented."""

from __future__ import annotations

import pytest

from castabout.parse.notes import sanitise
from castabout.parse.spoken.chapters import find_chapters
from castabout.parse.spoken.notes import split_notes

LIST = [(0, "Intro"), (95, "Rye: the flour"), (754, "Q&A"), (3723, "Outro")]


def found(html: str, duration: float | None = None) -> list[tuple[float, str]]:
    return [
        (chapter.start, chapter.title) for chapter in split_notes(sanitise(html), duration=duration).chapters
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Bread.</p><ul><li>00:00 Intro</li><li>01:35 Rye: the flour</li>"
        "<li>12:34 Q&amp;A</li><li>1:02:03 Outro</li></ul>",
        "<p>(00:00) Intro<br>(01:35) Rye: the flour<br>(12:34) Q&amp;A<br>(1:02:03) Outro</p>",
        "<p>[00:00:00] Intro</p><p>[00:01:35] Rye: the flour</p><p>[00:12:34] Q&amp;A</p><p>[01:02:03] Outro</p>",
        "Bread.\n\n0:00 - Intro\n1:35 - Rye: the flour\n12:34 - Q&A\n1:02:03 - Outro\n\nBye.",
        "Intro 0:00\nRye: the flour 1:35\nQ&A 12:34\nOutro 1:02:03",
        "Intro (0:00)\nRye: the flour (1:35)\nQ&A (12:34)\nOutro (1:02:03)",
        "Intro – 0:00\nRye: the flour – 1:35\nQ&A – 12:34\nOutro – 1:02:03",
        "<table><tr><td>0:00</td><td>Intro</td></tr><tr><td>1:35</td><td>Rye: the flour</td></tr>"
        "<tr><td>12:34</td><td>Q&amp;A</td></tr><tr><td>1:02:03</td><td>Outro</td></tr></table>",
        '<p><a href="https://a.example/?t=0">00:00</a> Intro<br><a href="https://a.example/?t=95">01:35</a> '
        'Rye: the flour<br><a href="https://a.example/?t=754">12:34</a> Q&amp;A<br>'
        '<a href="https://a.example/?t=3723">1:02:03</a> Outro</p>',
        "1. 00:00 Intro\n2. 01:35 Rye: the flour\n3. 12:34 Q&A\n4. 1:02:03 Outro",
        "▶️ 00:00 Intro\n▶️ 01:35 Rye: the flour\n▶️ 12:34 Q&A\n▶️ 1:02:03 Outro",
        "00:00 | Intro\n01:35 | Rye: the flour\n12:34 | Q&A\n1:02:03 | Outro",
        "00:00\nIntro\n01:35\nRye: the flour\n12:34\nQ&A\n1:02:03\nOutro",
        "00:00 Intro\nWe say hello.\n\n01:35 Rye: the flour\nWhere it grows.\n\n12:34 Q&A\n\n1:02:03 Outro",
        # Pages that lost their lines.
        "Links* breadTimes* [00:00:00] Intro* [00:01:35] Rye: the flour* [00:12:34] Q&A* [01:02:03] Outro",
        "Times: 00:00 Intro 01:35 Rye: the flour 12:34 Q&A 1:02:03 Outro",
        "0:00 Intro | 1:35 Rye: the flour | 12:34 Q&A | 1:02:03 Outro",
        "Bread. [0:00] Intro, [1:35] Rye: the flour, [12:34] Q&A, [1:02:03] Outro",
    ],
)
def test_lists(html: str) -> None:
    assert found(html) == LIST


def test_ranges_have_ends() -> None:
    chapters = find_chapters("00:00 - 01:35 Intro\n01:35-12:34 Rye\n12:34 – 13:00 Outro")
    assert [(chapter.start, chapter.end, chapter.title) for chapter in chapters] == [
        (0, 95, "Intro"),
        (95, 754, "Rye"),
        (754, 780, "Outro"),
    ]


def test_the_list_stays_in_the_notes() -> None:
    html = sanitise("Bread.\n0:00 Intro\n1:35 Rye\n12:34 Outro")
    assert split_notes(html).notes == html


@pytest.mark.parametrize(
    "text",
    [
        "0:00 Intro\n12:34 Outro",
        "Meet us at 3:15 AM\n4:20 AM is too late\n5:17 AM is too early",
        # Times of a day, though nothing says so.
        "Saturday\n9:00 Doors\n10:30 Bread\n11:15 Butter\n12:00 Lunch",
        "Romans 5:08\nJohn 13:16\nLuke 14:23\nActs 17:11\nJames 20:12\nMark 21:10",
        "Songs\nRye 3:45\nOats 4:10\nWheat 4:55",
        "1. Rye (3:45)\n2. Oats (2:10)\n3. Wheat (4:55)\n4. Barley (3:01)\n5. Spelt (3:33)\n6. Corn (5:17)",
        "Berlin 3:2 Riga\nOslo 4:1 Rome\nBern 7:5 Lyon",
        "Around 12:10 we met, at 12:25 we ate and by 14:40 all was gone.",
        "Check out around [19:45] where she says why.",
        "Duration: 3:25",
        "2024-01-01T10:15:00\n2024-01-02T10:16:00\n2024-01-03T10:17:00",
        "> “Bread.” - [~45:00]\n> “Oats.” - [~32:00]\n> “Rye.” - [~35:00]",
        "Doors 18:30 Uhr\nBread 19:45 Uhr\nButter 21:05 Uhr",
        "8:05 EST Riga\n9:07 EST Oslo\n10:09 EST Bern",
    ],
)
def test_no_lists(text: str) -> None:
    assert found(text) == []


def test_times_beyond_the_episode() -> None:
    text = "0:00 Intro\n1:35 Rye\n12:34 Butter\n14:00 Outro"
    assert len(found(text, 900)) == 4
    assert len(found(text, 800)) == 3
    assert found(text, 700) == []
    assert found(text, 60) == []


def test_times_go_back_where_another_list_begins() -> None:
    text = "0:00 Intro\n1:35 Rye\n12:34 Outro\n\nSongs\n3:45 Rye\n2:10 Oats\n4:55 Wheat"
    assert found(text) == [(0, "Intro"), (95, "Rye"), (754, "Outro")]

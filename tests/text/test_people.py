from __future__ import annotations

import pytest

from castabout.model.labels import NamedPerson
from castabout.text.people import named_people


@pytest.mark.parametrize(
    ("title", "text", "language", "guests"),
    [
        ("Secure Sockets with Sean Cody", "", "en", ["Sean Cody"]),
        ("War (Ft. Victor Magariño)", "", "en", ["Victor Magariño"]),
        ("", "This week I talked to Sean Cody, a Unix administrator.", "en", ["Sean Cody"]),
        ("", "Special Guests: Alex Roe and Ana de la Cruz.", "en", ["Alex Roe", "Ana de la Cruz"]),
        ("", "An interview with Dr. Richard Roe about bread.", "en", ["Richard Roe"]),
        ("Folge 3", "Gäste: Anna Müller und Max von der Heide", "de", ["Anna Müller", "Max von der Heide"]),
        ("", "Invités : Zoé Dupont et Luc Martin", "fr", ["Zoé Dupont", "Luc Martin"]),
        ("Open Source con Ulises Gascón", "", "es", ["Ulises Gascón"]),
        ("", "Гость: Анна Каренина", "ru", ["Анна Каренина"]),
        ("", "嘉宾：贺师俊、李四", "zh", ["贺师俊", "李四"]),
        ("", "ゲスト：山田太郎", "ja", ["山田太郎"]),
    ],
)
def test_guests(title: str, text: str, language: str, guests: list[str]) -> None:
    assert named_people(title, text, language) == tuple(NamedPerson(name, "guest") for name in guests)


def test_hosts() -> None:
    assert named_people("", "Hosted by Jane Roe and Li Wei.", "en") == (
        NamedPerson("Jane Roe", "host"),
        NamedPerson("Li Wei", "host"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Our guest: Linux Academy.",
        "Talk to Red Hat, speak with Google Cloud.",
        "A guest of the house.",
        "GUEST: ALL CAPITALS",
        "He chatted with Bob.",
    ],
)
def test_not_people(text: str) -> None:
    assert named_people("", text, "en") == ()

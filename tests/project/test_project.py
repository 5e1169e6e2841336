"""Promises of the project about itself."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import get_type_hints

import pytest

import castabout
from castabout import errors
from castabout.errors import CastaboutError, one_line
from castabout.model import answers, feed, library
from tools import papers

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "castabout"
MODEL = (feed, library, answers)


def error_classes(base: type[CastaboutError]) -> Iterator[type[CastaboutError]]:
    for found in base.__subclasses__():
        yield found
        yield from error_classes(found)


def values(module: ModuleType) -> list[type]:
    return [
        found
        for _, found in inspect.getmembers(module, dataclasses.is_dataclass)
        if isinstance(found, type) and found.__module__ == module.__name__
    ]


def test_the_tree_of_errors_is_drawn_as_it_is() -> None:
    drawn = re.findall(r"── (\w+)", errors.__doc__ or "")
    assert drawn == [found.__name__ for found in error_classes(CastaboutError)]


@pytest.mark.parametrize("error", list(error_classes(CastaboutError)))
def test_errors_are_one_line_lower_case_without_a_full_stop(error: type[CastaboutError]) -> None:
    said = error("https://a.example\nand more")
    assert "\n" not in said.for_people
    assert not said.for_people.endswith(".")
    assert said.cause[0].islower()
    assert error.__doc__


def test_one_line() -> None:
    assert one_line("a\n b\x00\x1b[31m") == "a b [31m"
    assert one_line("x" * 500) == "x" * 299 + "…"


@pytest.mark.parametrize("value", [value for module in MODEL for value in values(module)])
def test_values_are_frozen_and_hold_nothing_that_changes(value: type) -> None:
    parameters = value.__dataclass_params__  # type: ignore[attr-defined]
    assert parameters.frozen
    assert "__slots__" in vars(value)
    for hint in get_type_hints(value).values():
        assert not re.search(r"\b(list|dict|set)\[", str(hint))


def test_no_two_values_say_the_same() -> None:
    said = [value for module in (feed, library) for value in values(module)]
    for one, other in combinations(said, 2):
        own = set(vars(one).get("__annotations__", {})) & set(vars(other).get("__annotations__", {}))
        assert len(own) <= 3, f"{one.__name__} and {other.__name__} share {own}: compose them"


def test_every_module_loads() -> None:
    for module in pkgutil.walk_packages([str(SOURCE)], "castabout."):
        if "migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def test_outside_html_becomes_part_of_a_page_in_one_place() -> None:
    marking = re.compile(r"Markup\(|\|\s*safe\b")
    places = [p for p in SOURCE.rglob("*") if p.suffix in {".py", ".html"} and marking.search(p.read_text())]
    assert [place.relative_to(SOURCE).as_posix() for place in places] == ["web/notes.py"]


def test_the_newest_change_is_this_version() -> None:
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGES.md").read_text(), re.MULTILINE)
    assert newest is not None
    assert newest[1] == castabout.__version__


def test_generated_papers_are_not_stale() -> None:
    assert papers.stale() == []


def test_versions_are_locked_with_hashes_and_without_addresses() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text()
        assert "://" not in text
        pins = re.findall(r"^[a-z0-9][a-z0-9._-]*==[^\\\n]*\\\n    --hash=sha256:", text, re.MULTILINE)
        assert len(pins) == len(re.findall(r"^\S+==", text, re.MULTILINE)) > 10


def test_each_library_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    named = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    reasons = (ROOT / "docs" / "dependencies.md").read_text().lower()
    for requirement in named:
        name = re.split("[<>=]", requirement)[0].lower()
        assert re.search(rf"^\| {re.escape(name)}\b", reasons, re.MULTILINE), name


def test_links_of_the_papers_lead_somewhere() -> None:
    for paper in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", paper.read_text()):
            if "://" not in link:
                assert (paper.parent / link).exists(), f"{paper.name}: {link}"

"""`castabout add` killed anywhere: the next run ends where one undisturbed run does."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from castabout.engine.check import check
from castabout.engine.topic import topic_page
from castabout.render.json import topic_json
from castabout.store import inventory
from tests.support import open_at

KILLS = 12
TOPICS = ("sourdough", "bread", "日本", "night train")
SAMPLES = Path(__file__).parents[2] / "examples" / "feeds"


def start(home: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "castabout", "--home", str(home), "add", str(SAMPLES)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def state(home: Path) -> object:
    castabout = open_at(home)
    try:
        pages = [json.loads(topic_json(topic_page(castabout, topic))) for topic in TOPICS]
        for page in pages:
            del page["elapsed_ms"]
        return inventory.counts(castabout.store), check(castabout), pages
    finally:
        castabout.close()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> object:
    home = tmp_path_factory.mktemp("undisturbed")
    _, errors = start(home).communicate()
    assert errors == b""
    return state(home)


def test_killed_at_random_moments(undisturbed: object, tmp_path: Path) -> None:
    moments = random.Random(7)
    survived = 0
    for number in range(KILLS):
        home = tmp_path / str(number)
        killed = start(home)
        try:
            killed.wait(timeout=moments.uniform(0.2, 1.2))
            survived += 1
        except subprocess.TimeoutExpired:
            os.kill(killed.pid, signal.SIGKILL)
        killed.communicate()
        again = start(home)
        _, errors = again.communicate()
        assert (again.returncode, errors) == (0, b"")
        assert state(home) == undisturbed
    assert survived < KILLS, "no run was killed before its end: the moments come too late"

"""Several processes at one library, and streams that are not there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "examples" / "feeds"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The library is in a folder of its own."""
    return {**os.environ, "CASTABOUT_HOME": str(tmp_path / "home")}


def start(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "castabout", *arguments]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_several_add_at_once(environment: dict[str, str]) -> None:
    running = [start(environment, "add", str(SAMPLES)) for _ in range(3)]
    ended = [(*process.communicate(), process.returncode) for process in running]
    assert [status for _, _, status in ended] == [0, 0, 0], ended
    summaries = sorted(out.splitlines()[-1] for out, _, _ in ended)
    assert summaries == [
        "12 feeds read: 92 episodes added.",
        "12 feeds read: nothing new, the library holds all of it already.",
        "12 feeds read: nothing new, the library holds all of it already.",
    ]
    out, err = start(environment, "check").communicate()
    assert "Everything is sound." in out, err


def test_reading_while_another_adds(environment: dict[str, str]) -> None:
    adding = start(environment, "add", str(SAMPLES))
    readers = [start(environment, "topic", "sourdough", "--json") for _ in range(3)]
    answers = [(*reader.communicate(), reader.returncode) for reader in readers]
    out, err = adding.communicate()
    assert (adding.returncode, err) == (0, ""), out
    for answer, _, status in answers:
        assert status == 0
        assert json.loads(answer)["episodes"] in range(29)
    assert json.loads(start(environment, "topic", "sourdough", "--json").communicate()[0])["episodes"] == 28


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_that_lacks_letters(environment: dict[str, str], encoding: str) -> None:
    environment["PYTHONIOENCODING"] = encoding
    out, err = start(environment, "topic", "中国").communicate()
    assert "Podcasts about ??" in out
    assert err == ""


def test_a_full_disk_is_one_line(environment: dict[str, str]) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "castabout", "topic", "rye", "--json"]
        done = subprocess.run(
            command, env=environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert "no space left on device" in done.stderr
    assert "Traceback" not in done.stderr


def test_closed_streams(environment: dict[str, str]) -> None:
    command = f"{sys.executable} -m castabout check >&- 2>&-"
    assert subprocess.run(command, env=environment, shell=True, check=False).returncode == 0


def test_a_reader_that_has_seen_enough(environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", "castabout", "add", str(SAMPLES)], env=environment, check=True)
    command = f"{sys.executable} -m castabout topic sourdough | head -1"
    done = subprocess.run(command, env=environment, shell=True, capture_output=True, text=True, check=False)
    assert done.stderr == ""

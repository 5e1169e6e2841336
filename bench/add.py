"""`castabout add` of real feeds, parse to committed index, against feedparser merely parsing them.

    ./run bench add [--rounds 5] [FOLDER]

Both are whole processes; times are processor and wall seconds, memory the peak of the process.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from bench.generated import ROOT

_FEEDPARSER = """
import pathlib, sys, feedparser
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.xml")):
    feedparser.parse(path.read_bytes())
"""
#: A process of its own for each run, so that its peak memory can be told.
_WATCHED = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, status)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a process."""

    wall: float
    cpu: float
    peak_mb: float


def main() -> None:
    """Measure both in turn and print medians and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "data" / "feeds")
    options = parser.parse_args()
    if not options.folder.is_dir():
        sys.exit(f"bench: no feeds in {options.folder}; name a folder of feeds")
    runs: dict[str, list[Run]] = {"castabout add": [], "feedparser": []}
    for _ in range(options.rounds):
        with tempfile.TemporaryDirectory() as home:
            command = [sys.executable, "-m", "castabout", "--home", home, "add", str(options.folder)]
            runs["castabout add"].append(_run(command))
        runs["feedparser"].append(_run([sys.executable, "-c", _FEEDPARSER, str(options.folder)]))
    for name, values in runs.items():
        wall, cpu = (statistics.median(getattr(run, what) for run in values) for what in ("wall", "cpu"))
        peak = max(run.peak_mb for run in values)
        print(f"{name:14} median {wall:6.2f} s wall, {cpu:6.2f} s processor, peak {peak:5.0f} MB")
    pairs = zip(runs["castabout add"], runs["feedparser"], strict=True)
    print(f"castabout / feedparser    {statistics.median(a.wall / b.wall for a, b in pairs):.2f}   (bound 1)")


def _run(command: list[str]) -> Run:
    before = getrusage(RUSAGE_CHILDREN)
    began = time.perf_counter()
    watched = [sys.executable, "-S", "-c", _WATCHED, *command]
    answer = subprocess.run(watched, check=True, capture_output=True, text=True).stdout.split()
    wall = time.perf_counter() - began
    after = getrusage(RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if answer[1] not in {"0", "1"}:
        sys.exit(f"bench: {command} ended with {answer[1]}")
    return Run(wall, cpu, int(answer[0]) / 1024)


if __name__ == "__main__":
    main()

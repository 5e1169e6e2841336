"""`castabout --help` against the bare interpreter that loads the command-line library.

./run bench startup [--rounds 15]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

COMMANDS = {
    "castabout --help": [sys.executable, "-m", "castabout", "--help"],
    "bare": [sys.executable, "-c", "import cyclopts"],
}


def main() -> None:
    """Measure both in turn and print medians and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(options.rounds + 1):
        for name, command in COMMANDS.items():
            began = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            times[name].append((time.perf_counter() - began) * 1000)
    for name, values in times.items():
        # The first round warms the disk's cache.
        print(f"{name:18} median {statistics.median(values[1:]):6.1f} ms")
    pairs = zip(times["castabout --help"][1:], times["bare"][1:], strict=True)
    print(f"castabout / bare      {statistics.median(a / b for a, b in pairs):.2f}   (bound 2)")


if __name__ == "__main__":
    main()

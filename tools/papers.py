"""The papers that are made from the code, so that they stay true.

python -m tools.papers            write them anew
python -m tools.papers --check    say which are stale
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from castabout.cli.app import COMMANDS
from castabout.config import settings_page
from castabout.parse.reach import feeds_page

ROOT = Path(__file__).parents[1]


def cli_page() -> str:
    """Every command's own help."""
    parts = ["# Command line\n", "Made from the program's own `--help`.\n", _help()]
    for name, _ in COMMANDS:
        parts += [f"## castabout {name}\n", _help(name)]
    return "\n".join(parts)


def _help(*command: str) -> str:
    environment = {
        **os.environ,
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "TERM": "dumb",
        "PYTHONPATH": str(ROOT / "src"),
    }
    answer = subprocess.run(
        [sys.executable, "-m", "castabout", *command, "--help"],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    lines = "\n".join(line.rstrip() for line in answer.stdout.strip().splitlines())
    return f"```\n{lines}\n```\n"


PAPERS: Mapping[str, Callable[[], str]] = {
    "docs/cli.md": cli_page,
    "docs/settings.md": settings_page,
    "docs/feeds.md": feeds_page,
}


def stale() -> list[str]:
    """The papers that are not what the code says now."""
    return [
        name
        for name, page in PAPERS.items()
        if not (ROOT / name).exists() or (ROOT / name).read_text() != page()
    ]


def main() -> int:
    """Write the papers, or with ``--check`` only say which are stale."""
    if "--check" in sys.argv[1:]:
        old = stale()
        for name in old:
            print(f"{name}: stale; ./run papers writes it anew")
        return 1 if old else 0
    for name, page in PAPERS.items():
        (ROOT / name).write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())

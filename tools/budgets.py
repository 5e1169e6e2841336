"""Sizes and strays: files of at most 400 lines, functions of at most 60, nothing of any one machine.

python -m tools.budgets
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILE_LINES = 400
TEST_FILE_LINES = 600
FUNCTION_LINES = 60
_MEASURED = {".py", ".html", ".css", ".js", ".sql"}
#: Spelled so that this file holds none of them.
_STRAYS = re.compile(r"/[r]oot/|/[w]ork/|[p]ypi\.org|[p]ythonhosted\.org|[n]pmjs\.(?:org|com)")
_UNREAD = {".png", ".txt"}


def main() -> int:
    """Print a line for each fault; 1 if there is one."""
    faults = [fault for path in _files() for fault in _faults(path)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def _files() -> Iterator[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in listed.stdout.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file():
            yield path


def _faults(path: Path) -> Iterator[str]:
    name = path.relative_to(ROOT)
    if path.suffix not in _UNREAD:
        text = path.read_text(errors="replace")
        for number, line in enumerate(text.splitlines(), start=1):
            if _STRAYS.search(line):
                yield f"{name}:{number}: names a machine's folder or a package registry"
    if path.suffix not in _MEASURED:
        return
    lines = text.count("\n")
    limit = TEST_FILE_LINES if name.parts[0] == "tests" else FILE_LINES
    if lines > limit:
        yield f"{name}: {lines} lines, at most {limit}"
    if path.suffix == ".py":
        yield from _long_functions(name, text)


def _long_functions(name: Path, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{name}:{node.lineno}: {node.name} has {lines} lines, at most {FUNCTION_LINES}"


if __name__ == "__main__":
    sys.exit(main())

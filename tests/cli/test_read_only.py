"""Libraries where nothing can be written, and who may read one."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from castabout.cli.app import run
from tests.conftest import require

FEED = "<rss><channel><title>Rye</title><item><title>About rye</title></item></channel></rss>"
#: In a namespace of mounts of its own, the folder is mounted over itself, for reading only.
MOUNTED = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with one episode."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASTABOUT_HOME", str(tmp_path / "home"))
    Path("feed.xml").write_text(FEED)
    assert run(["add", "feed.xml"]) == 0
    return tmp_path / "home"


@pytest.fixture
def read_only(home: Path) -> Iterator[list[str]]:
    """The words that start the program where nothing can be written into the library."""
    command = [sys.executable, "-m", "castabout"]
    if os.geteuid():
        for place in (home, *home.rglob("*")):
            place.chmod(place.stat().st_mode & ~0o222)
        yield command
        for place in (home, *home.rglob("*")):
            place.chmod(place.stat().st_mode | 0o200)
        return
    unshare = [shutil.which("unshare") or "unshare", "--mount", "sh", "-c", MOUNTED, str(home)]
    can = shutil.which("unshare") and not subprocess.run([*unshare, "true"], capture_output=True).returncode
    require(bool(can), "nothing can be mounted here")
    yield [*unshare, *command]


def test_what_is_there_is_found_and_nothing_is_written(home: Path, read_only: list[str]) -> None:
    before = sorted(home.rglob("*"))

    def said(*arguments: str) -> tuple[int, str, str]:
        done = subprocess.run([*read_only, *arguments], capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr

    status, out, err = said("search", "rye")
    assert (status, err) == (0, "")
    assert "About rye" in out
    assert said("search", "rye", "--in", "moments")[0] == 0
    status, _, err = said("add", "feed.xml")
    assert (status, err.count("\n")) == (1, 1)
    assert "can be read, but not written to: nothing can be written into its folder" in err
    assert sorted(home.rglob("*")) == before


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o277])
def test_a_library_is_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, umask: int
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("feed.xml").write_text(FEED)
    monkeypatch.setenv("CASTABOUT_HOME", "in/home")
    Path("in").mkdir()
    before = os.umask(umask)
    try:
        assert run(["add", "feed.xml"]) == 0
    finally:
        os.umask(before)
    modes = {name: stat.S_IMODE(Path("in/home", name).stat().st_mode) for name in os.listdir("in/home")}
    lock = modes.pop("library.db.lock")
    assert modes == {"index": 0o700, "library.db": 0o600}
    assert lock & 0o177 == 0


def test_a_folder_that_was_there_stays_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setenv("CASTABOUT_HOME", str(tmp_path))
    assert run(["check"]) == 0
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "library.db").stat().st_mode) == 0o600

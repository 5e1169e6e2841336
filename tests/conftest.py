"""What tests may need from outside the project. Its absence is said aloud, and in CI it is a failure."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
IN_CI = os.environ.get("CI") == "true"

# These machines are noisy: a slow example is no failure.
settings.register_profile("castabout", deadline=None, print_blob=True)
settings.load_profile("castabout")


def require(present: bool, reason: str) -> None:
    """Skip the test, aloud; fail it in CI, where nothing may be missing."""
    if present:
        return
    if IN_CI:
        pytest.fail(f"missing in CI: {reason}")
    pytest.skip(reason)


def pytest_report_header() -> list[str]:
    """Say at the top what will be skipped."""
    missing = []
    if not SHARED_DATA.is_dir():
        missing.append("missing: the real feeds beside the project; tests on them are skipped")
    if CHROMIUM is None:
        missing.append("missing: Chromium; tests in a real browser are skipped")
    return missing


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real feeds, published by others, beside the project."""
    require(SHARED_DATA.is_dir(), "no real feeds beside the project (../shared/data)")
    return SHARED_DATA

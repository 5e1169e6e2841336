"""What several tests need."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from castabout.assemble import assemble
from castabout.config import load_settings
from castabout.engine.castabout import Castabout

#: The number of the user “nobody” on Debian, who may read what everybody may.
_NOBODY = 65_534

DEFAULTS: Mapping[str, str] = {}
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def open_at(home: Path, environment: Mapping[str, str] = DEFAULTS) -> Castabout:
    """The installation in ``home``, with these settings and a clock that stands still."""
    return replace(assemble(load_settings(home, environment)), clock=lambda: NOW)


@contextmanager
def unprivileged_folder() -> Iterator[Path]:
    """A folder, and for its time this process without the superuser's rights, if it has them."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        is_superuser = os.geteuid() == 0
        if is_superuser:
            os.seteuid(_NOBODY)
        try:
            yield folder
        finally:
            if is_superuser:
                os.seteuid(0)
